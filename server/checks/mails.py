"""Whether mails leave the house: one is sent."""

import smtplib
import ssl
from email.utils import parseaddr

from django.conf import settings

from common.mailing import send
from server.checks.finding import Finding, Visit, bad, good, idle

_SMTP = "smtp.EmailBackend"


def look_at_mail(visit: Visit) -> Finding:
    """Hand one to the mail server for whoever asks, and say what it made of it."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return _kept_as_files()
    if not visit.mail_to:
        return idle("No mail was sent.", "Say whom to: manage.py doctor --mail you@example.org")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        send("server/doctor_mail.txt", visit.mail_to)
    except (smtplib.SMTPException, OSError) as error:
        return bad(f"{server} did not take a mail: {_said(error)}.", _mend(error))
    return good(
        f"{server if settings.EMAIL_BACKEND.endswith(_SMTP) else 'The mail server'} took a mail for you."
        " Look whether it arrives, and not among the spam."
    )


def _kept_as_files() -> Finding:
    if settings.SITE_IS_LOCAL:
        return idle("EMAIL_HOST is not set: mails are files, and the page /mailbox/ shows them.")
    return bad(
        "EMAIL_HOST is not set: nobody gets a mail, so nobody can join or find a new password.",
        "Set EMAIL_HOST, EMAIL_HOST_USER and EMAIL_HOST_PASSWORD (docs/configuration.md).",
    )


def _said(error: Exception) -> str:
    """The words of the mail server, or of the system."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        return f"{error.smtp_code} {text}"[:200].rstrip(".")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "it takes no mail for this address"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error)[:200].rstrip(".") or type(error).__name__


def _mend(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "Correct EMAIL_HOST_USER and EMAIL_HOST_PASSWORD."
    if isinstance(error, smtplib.SMTPSenderRefused):
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return f"Set DEFAULT_FROM_EMAIL to a sender that it takes; it is {address}."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "It knows no STARTTLS or no log-in: set EMAIL_USE_TLS=no, or another EMAIL_PORT."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "Try another address; if it takes none, let it relay mails of this server."
    if isinstance(error, ssl.SSLError):
        return (
            "Its certificate is not for this name, or the port wants no STARTTLS: see EMAIL_HOST, EMAIL_PORT."
        )
    return "Correct EMAIL_HOST and EMAIL_PORT, and let the firewall pass it; many hosts block port 25."
