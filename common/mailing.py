"""Sending one mail of the site, drawn from a template of plain text."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def send(template: str, to: str, **context: object) -> None:
    """The first line of the template is the subject, the rest is the text."""
    context |= {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    subject, _, text = render_to_string(template, context).strip().partition("\n")
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject.strip(), text.strip() + "\n", to=[to], headers=headers).send()
