"""What the clock does with scheduled tweets: post each once and only once, or say why not."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from common.errors import HouseError
from events.bus import publish
from events.catalogue import ScheduleMissed
from tweets.actions.schedule import post_row
from tweets.models import ScheduledTweet, Tweet
from tweets.policies import may_post

logger = logging.getLogger(__name__)

State = ScheduledTweet.State


def post_due() -> int:
    """Deal with everything whose hour has come; returns how many rows it was.

    Each has a transaction of its own, in which its row is held and goes: a worker that dies leaves it as it
    was, and a second worker passes over what the first has in hand.
    """
    count = 0
    while ScheduledTweet.objects.due(timezone.now()).exists() and _post_next():
        count += 1
    return count


@transaction.atomic
def _post_next() -> bool:
    due = ScheduledTweet.objects.due(timezone.now()).select_related("author")
    row = due.select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return False
    reason = _obstacle(row)
    if reason:
        _fail(row, reason)
        return True
    try:
        with transaction.atomic():
            tweet = post_row(row.author, row)
    except HouseError as refusal:
        _fail(row, refusal.message)
    except DatabaseError:
        raise  # the job comes again
    except Exception:
        logger.exception("Scheduled tweet %s could not be posted.", row.pk)
        _try_later(row)
    else:
        _finish(row, tweet)
    return True


def _obstacle(row: ScheduledTweet) -> str:
    """Why it may not go out whatever it says; empty when it may."""
    if not may_post(row.author):
        return "Your account could not tweet at that time."
    if timezone.now() > row.post_at + timedelta(hours=settings.SCHEDULED_LATE_HOURS):
        return (
            f"The server was off at that time, and for more than {settings.SCHEDULED_LATE_HOURS} hours after."
        )
    return ""


def _finish(row: ScheduledTweet, tweet: Tweet) -> None:
    """Punctual ones are gone; of a late one its author hears, and reads in the list how late it was."""
    if tweet.created_at < row.post_at + timedelta(minutes=settings.SCHEDULED_LATE_MINUTES):
        row.delete()
        return
    row.state, row.tweet = State.LATE, tweet
    row.save(update_fields=["state", "tweet"])
    publish(ScheduleMissed(row.pk))


def _fail(row: ScheduledTweet, reason: str) -> None:
    row.state, row.reason = State.FAILED, reason[:500]
    row.save(update_fields=["state", "reason"])
    publish(ScheduleMissed(row.pk))


def _try_later(row: ScheduledTweet) -> None:
    """Trouble of ours, not of the tweet: after 1, 4, 16 … minutes, a few times."""
    row.tries += 1
    if row.tries >= settings.SCHEDULED_TRIES:
        _fail(row, "Something went wrong on the server. Post it yourself, or choose another time.")
        return
    row.try_at = timezone.now() + timedelta(minutes=4 ** (row.tries - 1))
    row.save(update_fields=["tries", "try_at"])
