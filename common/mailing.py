"""Sending one mail of the site, drawn from a template of plain text."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from common.naming import site_name


def send(template: str, to: str, **context: object) -> None:
    """The first line of the template is the subject, the rest is the text."""
    context |= {"site_name": site_name(), "site_url": settings.SITE_URL}
    subject, _, text = render_to_string(template, context).strip().partition("\n")
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject.strip(), text.strip() + "\n", _sender(), [to], headers=headers).send()


def _sender() -> str:
    """DEFAULT_FROM_EMAIL, with the name that the owner gave the server where nobody chose another."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((site_name() if name == settings.SITE_NAME else name, address))
