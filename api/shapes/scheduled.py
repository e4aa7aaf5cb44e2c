"""Tweets that wait for their hour: `ScheduledStatus`."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from api.shapes.accounts import QUOTE_POLICY, VISIBILITY
from api.shapes.media import media
from api.shapes.values import stamp
from attachments.models import Attachment
from tweets.draft import TweetDraft, from_plain
from tweets.models import ScheduledTweet
from tweets.queries import pictures_of


def scheduled_statuses(rows: Sequence[ScheduledTweet], author: User) -> list[dict[str, Any]]:
    """Each in this order; of a thread the first tweet. One query, none without pictures."""
    drafts = [from_plain(row.what)[0] for row in rows]
    pictures = pictures_of(author, drafts)
    return [_shape(row, draft, pictures) for row, draft in zip(rows, drafts, strict=True)]


def _shape(row: ScheduledTweet, draft: TweetDraft, pictures: dict[int, Attachment]) -> dict[str, Any]:
    shown = [pictures[image.attachment_id] for image in draft.images if image.attachment_id in pictures]
    poll = draft.poll
    return {
        "id": str(row.pk),
        "scheduled_at": stamp(row.post_at),
        "params": {
            "text": draft.text,
            "poll": poll
            and {
                "options": list(poll.choices),
                "expires_in": poll.seconds,
                "multiple": poll.is_multiple,
                "hide_totals": poll.hides_totals,
            },
            "media_ids": [str(image.attachment_id) for image in draft.images] or None,
            "sensitive": draft.is_sensitive,
            "spoiler_text": draft.warning or None,
            "visibility": VISIBILITY[draft.visibility],
            "in_reply_to_id": draft.reply_to_id,
            "language": draft.language or None,
            "quoted_status_id": str(draft.quote_of_id) if draft.quote_of_id else None,
            "quote_approval_policy": QUOTE_POLICY[draft.quoters],
            "application_id": 0,
            "scheduled_at": None,
            "idempotency": None,
            "with_rate_limit": False,
            "allowed_mentions": None,
        },
        "media_attachments": [media(picture) for picture in shown],
    }
