"""Saying something at a later hour: now it is checked and written down, then the clock posts it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions import lock_people
from accounts.models import User
from accounts.policies import refusal
from accounts.time_zones import zone_of
from attachments.actions import discard_held, hold, release
from common.errors import Invalid, NotAllowed, NotFound
from common.ids import moment_of
from tweets.actions.drafts import finish_draft, free_pictures, plain_of
from tweets.actions.posting_keys import APP_PREFIX, is_forgotten
from tweets.actions.thread import hold_what_it_needs, post_thread
from tweets.draft import TweetDraft, from_plain
from tweets.models import SavedDraft, ScheduledTweet, Tweet
from tweets.policies import may_post

State = ScheduledTweet.State


def schedule_tweets(author: User, drafts: Sequence[TweetDraft], at: datetime) -> ScheduledTweet:
    """Let the clock post this tweet or thread then; the draft that it was goes.

    Everything that posting refuses is refused now, and asked again at its hour. The same form sent twice
    schedules once, and so does what an app sends again within APP_KEY_HOURS. Raises Invalid for a time that
    is not SCHEDULED_AHEAD_MINUTES to SCHEDULED_AHEAD_DAYS ahead and beyond SCHEDULED_MAX or
    SCHEDULED_PER_DAY, and whatever `post_thread` raises.
    """
    if not may_post(author):
        raise NotAllowed(refusal(author, "tweet"))
    key = drafts[0].saved_as.key if drafts[0].saved_as else ""
    if earlier := _scheduled_with(author, key):
        return earlier
    _check_time(at)
    try:
        _rehearse(author, drafts)
        return _write(author, drafts, at, key)
    except Invalid:
        # The same form arrived twice at the same moment: the other one was faster.
        if earlier := _scheduled_with(author, key):
            return earlier
        raise


@transaction.atomic
def _write(author: User, drafts: Sequence[TweetDraft], at: datetime, key: str) -> ScheduledTweet:
    saved_as = drafts[0].saved_as
    row = ScheduledTweet(author=author, key=key, what=plain_of(drafts), post_at=at, try_at=at)
    lock_people(author.pk)  # counted one after the other
    free_pictures(author, saved_as)
    _hold_pictures(row, drafts)
    _check_room(author, at)
    if _scheduled_with(author, key):
        raise Invalid("This tweet is scheduled already.")
    row.save(force_insert=True)
    finish_draft(author, saved_as)
    return row


def _scheduled_with(author: User, key: str) -> ScheduledTweet | None:
    """What was scheduled with this key. What an app sent is told for as long as other keys of apps count, and
    no longer once it could not be posted: then it may be sent anew.
    """
    row = ScheduledTweet.objects.filter(author=author, key=key).first() if key else None
    if row is None or not key.startswith(APP_PREFIX):
        return row
    if row.state != State.FAILED and not is_forgotten(key, moment_of(row.pk)):
        return row
    ScheduledTweet.objects.filter(pk=row.pk).update(key="")
    return None


def change_scheduled(
    author: User,
    scheduled_id: int,
    *,
    drafts: Sequence[TweetDraft] | None = None,
    at: datetime | None = None,
) -> ScheduledTweet:
    """Say something else then, or the same at another time; what failed waits again.

    Raises NotFound when it is not there (any more), and what `schedule_tweets` raises.
    """
    with transaction.atomic():  # held for this look alone: the rehearsal takes other locks first
        row = _waiting_or_failed(author, scheduled_id)
    at = row.post_at if at is None else at
    if at != row.post_at or row.state == State.FAILED:
        _check_time(at)
    wanted = from_plain(row.what) if drafts is None else drafts
    _rehearse(author, wanted, row)
    return _rewrite(author, scheduled_id, wanted, at)


@transaction.atomic
def _rewrite(author: User, scheduled_id: int, wanted: Sequence[TweetDraft], at: datetime) -> ScheduledTweet:
    row = _waiting_or_failed(author, scheduled_id)
    _hold_pictures(row, wanted)
    if at != row.post_at or row.state == State.FAILED:
        _check_room(author, at, beside=row)
    row.what, row.post_at, row.try_at = plain_of(wanted), at, at
    row.state, row.reason, row.tries = State.WAITING, "", 0
    row.save()
    return row


@transaction.atomic
def cancel_scheduled(author: User, scheduled_id: int) -> None:
    """Throw it away with its pictures; what was posted late is only taken off the list.

    Raises NotFound when it is not there (any more).
    """
    row = _mine(author, scheduled_id)
    discard_held(author, row.holder)
    row.delete()


@transaction.atomic
def make_draft_of_scheduled(author: User, scheduled_id: int, key: str) -> SavedDraft:
    """Take it off the clock and keep it as a draft of that key. Raises NotFound when it is not there."""
    row = _waiting_or_failed(author, scheduled_id)
    drafts = from_plain(row.what)
    draft = SavedDraft.objects.create(
        author=author,
        key=key,
        place=_place_of(drafts[0]),
        what=row.what,
        writer=key,
        updated_at=timezone.now(),
    )
    release(author, row.holder)
    hold(author, _picture_ids(drafts), f"draft:{key}")
    row.delete()
    return draft


@transaction.atomic
def post_scheduled_now(author: User, scheduled_id: int) -> Tweet:
    """Do not wait for its hour. Raises NotFound when it is not there, and whatever `post_thread` raises."""
    row = _waiting_or_failed(author, scheduled_id)
    tweet = post_row(author, row)
    row.delete()
    return tweet


def post_row(author: User, row: ScheduledTweet) -> Tweet:
    """Post what the row says and return the first tweet; the caller holds the row and lets it go."""
    drafts = from_plain(row.what)
    hold_what_it_needs(author, drafts)
    release(author, row.holder)
    return _post(author, drafts, f"scheduled-{row.pk}")


def _post(author: User, drafts: Sequence[TweetDraft], key: str) -> Tweet:
    """The key keeps a second worker from posting it again, whatever happened to the row."""
    first, *rest = drafts
    return post_thread(author, [replace(first, key=key), *rest])[0]


class _Enough(Exception):
    """The rehearsal is over."""


def _rehearse(author: User, drafts: Sequence[TweetDraft], row: ScheduledTweet | None = None) -> None:
    """Post it and take that back at once: whatever posting would refuse is refused here."""
    try:
        with transaction.atomic():
            if row is not None:
                hold_what_it_needs(author, drafts)
                release(author, row.holder)
            _post(author, drafts, "")
            raise _Enough
    except _Enough:
        pass


def _waiting_or_failed(author: User, scheduled_id: int) -> ScheduledTweet:
    row = _mine(author, scheduled_id)
    if row.state == State.LATE:
        raise NotFound("This tweet was posted.")
    return row


def _mine(author: User, scheduled_id: int) -> ScheduledTweet:
    rows = ScheduledTweet.objects.filter(author=author)
    row = rows.select_for_update().filter(pk=scheduled_id).first() if 0 < scheduled_id < 2**63 else None
    if row is None:
        raise NotFound("This tweet is not scheduled any more: it was posted or cancelled.")
    lock_people(author.pk)  # after the row, as the clock does
    return row


def _check_time(at: datetime) -> None:
    now = timezone.now()
    # A form is filled in by people: the minute that it shows counts as a whole.
    if at < now + timedelta(minutes=settings.SCHEDULED_AHEAD_MINUTES - 1):
        raise Invalid(
            f"Choose a time at least {settings.SCHEDULED_AHEAD_MINUTES} minutes from now.", field="post_at"
        )
    if at > now + timedelta(days=settings.SCHEDULED_AHEAD_DAYS):
        raise Invalid("Choose a time within a year from now.", field="post_at")


def _check_room(author: User, at: datetime, beside: ScheduledTweet | None = None) -> None:
    waiting = ScheduledTweet.objects.waiting().filter(author=author)
    if beside is not None:
        waiting = waiting.exclude(pk=beside.pk)
    if waiting.count() >= settings.SCHEDULED_MAX:
        raise Invalid(
            f"You have {settings.SCHEDULED_MAX} scheduled tweets; more cannot wait at once. "
            "Cancel some, or come back when some were posted.",
            field="post_at",
        )
    day = at.astimezone(zone_of(author)).replace(hour=0, minute=0, second=0)
    on_that_day = waiting.filter(post_at__gte=day, post_at__lt=day + timedelta(days=1))
    if on_that_day.count() >= settings.SCHEDULED_PER_DAY:
        raise Invalid(
            f"You have {settings.SCHEDULED_PER_DAY} tweets scheduled for that day, as many as a day may "
            "have. Choose another day.",
            field="post_at",
        )


def _hold_pictures(row: ScheduledTweet, drafts: Sequence[TweetDraft]) -> None:
    hold(row.author, _picture_ids(drafts), row.holder)


def _picture_ids(drafts: Sequence[TweetDraft]) -> list[int]:
    return [image.attachment_id for draft in drafts for image in draft.images]


def _place_of(draft: TweetDraft) -> str:
    if draft.reply_to_id is not None:
        return f"reply:{draft.reply_to_id}"
    return "tweet" if draft.quote_of_id is None else f"quote:{draft.quote_of_id}"
