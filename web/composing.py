"""What every view with a composer does: take in fresh pictures, obey the buttons, try the deed."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest

from accounts.models import User
from attachments.actions import upload
from common.errors import Conflict, Invalid, NotAllowed, TooMany
from web.forms.tweet import Composer, new_pictures


def is_ready(request: HttpRequest, composer: Composer) -> bool:
    """Take in fresh pictures and obey the buttons; false when the form is to be shown again."""
    for file, description in new_pictures(request.FILES.getlist("pictures"), request.POST):
        if len(composer.attachments) == composer.max_pictures:
            composer.errors.append(f"A tweet holds at most {composer.max_pictures} pictures.")
            break
        try:
            composer.attachments.append(upload(cast(User, request.user), file, description))
        except (Invalid, TooMany) as error:
            composer.errors.append(error.message)
    rearranged = composer.rearrange(request.POST)
    return not rearranged and not composer.errors


def is_done(composer: Composer, deed: Callable[[], object]) -> bool:
    """Try it; what the action refuses is told in the form. Conflict is left to the view."""
    try:
        deed()
    except Conflict:
        raise
    except (Invalid, NotAllowed) as error:
        composer.errors.append(error.message)
        return False
    return True
