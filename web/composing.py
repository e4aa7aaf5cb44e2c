"""What every view with a composer does: fill it, take in fresh pictures, obey the buttons, try the deed."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from accounts.models import User
from attachments.actions import upload
from attachments.models import Attachment
from attachments.queries import unclaimed
from common.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from tweets.cards import card_of
from tweets.draft import SavedAs, TweetDraft, from_plain
from tweets.models import SavedDraft
from tweets.policies import may_quote, may_reply
from tweets.queries import original_for
from web.forms.part import Part
from web.forms.tweet import Composer, attachment_ids, new_pictures
from web.pace import check


def pictures_sent(author: User, post: QueryDict, holder: str = "") -> list[Attachment]:
    """The pictures in a form that came back and may be used: new ones, and those `holder` keeps for it, by
    default the draft that the form writes.
    """
    return unclaimed(author, attachment_ids(post), holder or SavedAs(post.get("key", ""), "").holder)


def composer_of(author: User, draft: SavedDraft, action: str = "/create/") -> Composer:
    """The form in which a saved draft is continued."""
    holder = SavedAs(draft.key, "").holder
    composer = composer_holding(author, from_plain(draft.what), action, holder)
    composer.resume(draft)
    return composer


def composer_holding(
    author: User, drafts: Sequence[TweetDraft], action: str = "/create/", holder: str = ""
) -> Composer:
    """A form with kept drafts in it; what they can have no longer stands among its errors."""
    ids = [image.attachment_id for draft in drafts for image in draft.images]
    there = unclaimed(author, ids, holder)
    composer = Composer.holding(drafts, there, action)
    if len(there) < len(set(ids)):
        composer.errors.append("Some of its pictures are no longer there. Add them again.")
    for draft in drafts[:1]:
        try:
            put_in_place(author, composer, draft.reply_to_id, draft.quote_of_id)
        except (NotAllowed, NotFound) as error:
            composer.errors.append(error.message)
    return composer


def put_in_place(author: User, composer: Composer, parent_id: int | None, quoted_id: int | None) -> None:
    """Show what is answered and quoted. Raises NotFound and NotAllowed as the action would."""
    if parent_id is not None:
        parent = original_for(author, parent_id)
        if not may_reply(author, parent):
            raise NotAllowed("Its author chose who may reply to this tweet, and you are not among them.")
        composer.answer(card_of(parent, author))
    if quoted_id is not None:
        quoted = original_for(author, quoted_id)
        if not may_quote(author, quoted):
            raise NotAllowed("Its author does not want this tweet to be quoted.")
        composer.quote(card_of(quoted, author))


def is_ready(request: HttpRequest, composer: Composer) -> bool:
    """Take in fresh pictures and obey the buttons; false when the form is to be shown again."""
    for part in composer.parts:
        _take_pictures(request, composer, part)
    if composer.rearrange(request.POST):
        composer.number()
        return False
    composer.tidy()
    return not composer.errors


def is_done(composer: Composer, deed: Callable[[], object]) -> bool:
    """Try it; what the action refuses is told in the form. Conflict is left to the view."""
    try:
        deed()
    except Conflict:
        raise
    except (Invalid, NotAllowed) as error:
        composer.errors.append(error.message)
        return False
    except TooMany as error:
        _tell_to_wait(composer, error)
        return False
    return True


def form_page(
    request: HttpRequest, template: str, composer: Composer, context: dict[str, Any]
) -> HttpResponse:
    """The page with the form in it, and with all that was written."""
    status = (429 if composer.wait_seconds else 422) if composer.errors else 200
    response = render(request, template, {**context, "composer": composer}, status=status)
    if composer.wait_seconds:
        response["Retry-After"] = str(composer.wait_seconds)
    return response


def _tell_to_wait(composer: Composer, error: TooMany) -> None:
    composer.errors.append(error.message)
    composer.wait_seconds = error.retry_after_seconds


def _take_pictures(request: HttpRequest, composer: Composer, part: Part) -> None:
    files = request.FILES.getlist(f"pictures{part.suffix}")
    for file, description in new_pictures(files, request.POST, part.suffix):
        if len(part.attachments) == composer.max_pictures:
            composer.errors.append(f"A tweet holds at most {composer.max_pictures} pictures.")
            break
        try:
            check(request, "pictures")
            part.attachments.append(upload(cast(User, request.user), file, description))
        except Invalid as error:
            composer.errors.append(error.message)
        except TooMany as error:
            _tell_to_wait(composer, error)
            break
