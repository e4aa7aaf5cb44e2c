"""What `manage.py check --deploy` says beyond Django's own words."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register

NOBODY_CAN_JOIN = "Nobody can join until EMAIL_HOST is set: mails stay here as files."


def lacks_mail() -> bool:
    """Whether people outside this machine are invited and no mail can reach them."""
    return not settings.SITE_IS_LOCAL and not settings.EMAIL_HOST


@register(Tags.security, deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public address without a mail server."""
    return [checks.Warning(NOBODY_CAN_JOIN, id="twitter_clone.W001")] if lacks_mail() else []
