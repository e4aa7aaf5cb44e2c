"""What a name may look like, and which names nobody may take."""

import re

from django.conf import settings

from common.errors import Invalid

_LOCAL = re.compile(r"[A-Za-z0-9_]+", re.ASCII)

# Names that read like a page, an office or a machine: whoever had one could pass for the server itself.
RESERVED = frozenset(
    """
    about abuse account accounts admin administrator administrators admins all api auth contact create
    delete edit everyone explore feed feedback healthz help here home host hostmaster info initials
    instance join legal local localhost login logout mail mailbox mailer_daemon me media messages mod
    moderation moderator moderators no_reply nobody noreply notifications null oauth official pictures
    policies postmaster privacy readyz register root rss rules search security server settings sign_in
    sign_up signin signup site staff static statistics support sysadmin system tags terms timeline
    tweets undefined verified verify webfinger webmaster well_known www
    """.split()
)


def check_form(username: str) -> None:
    """Raise Invalid unless this can be a local name: letters, digits, underscores, not too many."""
    if not username:
        raise Invalid("Choose a name.", "username")
    if len(username) > settings.USERNAME_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.USERNAME_MAX_LENGTH} characters.", "username")
    if not _LOCAL.fullmatch(username):
        raise Invalid("Use only the letters a to z, digits and underscores.", "username")


def check_not_reserved(username: str) -> None:
    """Raise Invalid if the name is kept for the server itself. Its operator may still give it to someone."""
    if username.lower() in RESERVED:
        raise Invalid("This name is kept for the server itself. Choose another.", "username")
