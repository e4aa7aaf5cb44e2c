"""Switches for development and tests that must be off where others come, and Django's own advice."""

from django.conf import settings
from django.core import checks

from server.checks.finding import Finding, Visit, bad, good, idle, warning

_DANGEROUS = {
    "DEBUG": "error pages show how the server is made",
    "OUTSIDE_ALLOWS_LOOPBACK": "links that people post let the server ask itself and its neighbours",
}


def look_at_safety(visit: Visit) -> Finding:
    """What `check --deploy` says, and what it does not know."""
    if settings.SITE_IS_LOCAL:
        return idle("Only this machine comes here.")
    for name, why in _DANGEROUS.items():
        if getattr(settings, name):
            return bad(f"{name} is on: {why}.", f"Remove {name} and start anew.")
    if not settings.RATE_LIMITS:
        return bad("RATE_LIMITS is off: passwords can be guessed without end.", "Set RATE_LIMITS=on.")
    if settings.OAUTH_PASSWORD_GRANT:
        return warning(
            "OAUTH_PASSWORD_GRANT is on: apps may ask people for their password.",
            "Set OAUTH_PASSWORD_GRANT=no, unless it is for a bot of your own.",
        )
    said = checks.run_checks(include_deployment_checks=True)
    serious = [
        message for message in said if message.is_serious(checks.WARNING) and not message.is_silenced()
    ]
    if serious:
        first = serious[0]
        return warning(
            f"manage.py check --deploy: {' '.join(first.msg.split())}", first.hint or f"Look up {first.id}."
        )
    return good("The switches for development are off, and Django has no advice.")
