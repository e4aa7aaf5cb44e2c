"""Keeping words that are not said yet, so that none is ever lost, and none is kept that was said."""

import json
import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import lock_people
from accounts.models import User
from accounts.policies import refusal
from attachments.actions import discard_held, hold, release
from common.errors import Conflict, Gone, Invalid, NotAllowed
from tweets.draft import SavedAs, TweetDraft, to_plain
from tweets.models import PostingKey, SavedDraft, ScheduledTweet
from tweets.policies import may_post

_TOKEN = re.compile(r"[\w-]{1,40}", re.ASCII)
# Where a draft was begun, so that the same place offers it again.
_PLACE = re.compile(r"tweet|message|(reply|quote|conversation):[0-9]{1,19}")
_LARGEST_TURN = 2**31 - 1
_DAMAGED = "This form is damaged. Copy your words and reload the page."


def save_draft(
    author: User, drafts: Sequence[TweetDraft], saved_as: SavedAs, *, place: str, to: str = ""
) -> SavedDraft | None:
    """Keep what stands in a form; an empty one is kept no longer, and then there is nothing to return.

    Beyond DRAFTS_MAX the oldest makes room. Raises Gone when the form was posted, Conflict when another
    window wrote the draft since this one looked, Invalid for more than DRAFT_MAX_LENGTH characters.
    """
    if not may_post(author):
        raise NotAllowed(refusal(author, "tweet"))
    _check(saved_as, place)
    what = plain_of(drafts)
    ids = [image.attachment_id for draft in drafts for image in draft.images]
    is_empty = not ids and not to.strip() and not any(_says_something(draft) for draft in drafts)
    if not is_empty:
        _make_room(author, saved_as.key)
    return _write(author, saved_as, ids, None if is_empty else what, place, _storable(to)[:1000])


@transaction.atomic
def _write(
    author: User, saved_as: SavedAs, ids: list[int], what: Any, place: str, to: str
) -> SavedDraft | None:
    lock_people(author.pk)
    hold(author, ids, saved_as.holder)
    row = SavedDraft.objects.filter(author=author, key=saved_as.key).first()
    if row is None and _was_sent(author, saved_as.key):
        raise Gone("This was posted, or scheduled.")
    if row is not None and not _may_write_over(row, saved_as):
        raise Conflict("Another window changed this draft.")
    if row is not None and row.writer == saved_as.writer and row.turn > saved_as.turn:
        return row  # an earlier saving of the same form that was overtaken on its way
    if what is None:
        if row is not None:
            row.delete()
        return None
    row = row or SavedDraft(author=author, key=saved_as.key)
    row.what, row.place, row.to, row.updated_at = what, place, to, timezone.now()
    row.writer, row.turn = saved_as.writer, saved_as.turn
    row.save()
    return row


@transaction.atomic
def throw_away_draft(author: User, draft: SavedDraft) -> None:
    """Remove it with the pictures that it held; twice is harmless."""
    if draft.author_id != author.pk:
        raise NotAllowed("This draft is not yours.")
    lock_people(author.pk)
    discard_held(author, SavedAs(draft.key, "").holder)
    SavedDraft.objects.filter(pk=draft.pk).delete()


def free_pictures(author: User, saved_as: SavedAs | None) -> None:
    """Before posting: what the draft held may be shown. What another window is writing is left alone. The
    caller holds the author.
    """
    if saved_as is None:
        return
    row = SavedDraft.objects.filter(author=author, key=saved_as.key).first()
    if row is None or _may_write_over(row, saved_as):
        release(author, saved_as.holder)


def finish_draft(author: User, saved_as: SavedAs | None) -> None:
    """At the end of posting, in its transaction: the draft that was posted is none any more. The caller holds
    the author: a saving on its way waits for our commit, and then finds that the form was posted.
    """
    if saved_as is None:
        return
    row = SavedDraft.objects.filter(author=author, key=saved_as.key).first()
    if row is not None and _may_write_over(row, saved_as):
        row.delete()


def plain_of(drafts: Sequence[TweetDraft]) -> Any:
    """The drafts as rows keep them. Raises Invalid for more than DRAFT_MAX_LENGTH characters."""
    what = _storable(to_plain(drafts))
    if len(json.dumps(what, ensure_ascii=False)) > settings.DRAFT_MAX_LENGTH:
        raise Invalid("That is too long to be kept here. Shorten it, or save it elsewhere.", field="text")
    return what


def _storable(value: Any) -> Any:
    """The same without what a database cannot keep: NUL, and halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "").encode(errors="replace").decode()
    if isinstance(value, list | tuple):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(one) for name, one in value.items()}
    return value


def _check(saved_as: SavedAs, place: str) -> None:
    tokens = _TOKEN.fullmatch(saved_as.key) and _TOKEN.fullmatch(saved_as.writer)
    if not tokens or not 0 <= saved_as.turn <= _LARGEST_TURN or not _PLACE.fullmatch(place):
        raise Invalid(_DAMAGED)


def _was_sent(author: User, key: str) -> bool:
    posted = PostingKey.objects.filter(author=author, key__startswith=f"{key}-")
    return posted.exists() or ScheduledTweet.objects.filter(author=author, key=key).exists()


def _may_write_over(row: SavedDraft, saved_as: SavedAs) -> bool:
    """The form that wrote it last may, and one that was drawn from just this state."""
    return row.writer == saved_as.writer or row.stamp == saved_as.seen


def _says_something(draft: TweetDraft) -> bool:
    """Whether anybody put words into it; who may read it alone is nothing to keep."""
    return bool(draft.text.strip() or draft.warning.strip() or draft.poll)


@transaction.atomic
def _make_room(author: User, key: str) -> None:
    """One more than DRAFTS_MAX is one too many: the one that was left alone for longest goes."""
    others = SavedDraft.objects.filter(~Q(key=key), author=author).order_by("-updated_at", "-id")
    for draft in others[settings.DRAFTS_MAX - 1 :]:
        throw_away_draft(author, draft)
