"""What one has not said yet: drafts, and tweets that wait for their hour. Nobody asks for somebody else's."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from attachments.models import Attachment
from common.errors import NotFound
from tweets.draft import TweetDraft
from tweets.models import SavedDraft, ScheduledTweet

_LARGEST_ID = 2**63 - 1


def drafts_of(author: User) -> QuerySet[SavedDraft]:
    """The one touched last comes first."""
    return SavedDraft.objects.filter(author=author).order_by("-updated_at", "-id")


def draft_for(author: User, draft_id: int) -> SavedDraft:
    """Raises NotFound for one that is not there or somebody else's."""
    draft = drafts_of(author).filter(pk=draft_id).first() if 0 < draft_id <= _LARGEST_ID else None
    if draft is None:
        raise NotFound("This draft is not there any more: it was posted or thrown away.")
    return draft


def unfinished_draft(author: User, place: str) -> SavedDraft | None:
    """The newest of this place, when it was touched within DRAFT_OFFERED_DAYS. One query."""
    since = timezone.now() - timedelta(days=settings.DRAFT_OFFERED_DAYS)
    return drafts_of(author).filter(place=place, updated_at__gte=since).first()


def scheduled_of(author: User) -> QuerySet[ScheduledTweet]:
    """The one whose hour comes first is first; what failed or was late lies in the past and so before all."""
    return ScheduledTweet.objects.filter(author=author).select_related("tweet").order_by("post_at", "id")


def scheduled_for(author: User, scheduled_id: int) -> ScheduledTweet:
    """Raises NotFound for one that is not there or somebody else's."""
    row = scheduled_of(author).filter(pk=scheduled_id).first() if 0 < scheduled_id <= _LARGEST_ID else None
    if row is None:
        raise NotFound("This tweet is not scheduled any more: it was posted or cancelled.")
    return row


def pictures_of(author: User, drafts: Iterable[TweetDraft]) -> dict[int, Attachment]:
    """The pictures that these drafts name and that are still there, by id. One query, none without any."""
    ids = {image.attachment_id for draft in drafts for image in draft.images}
    return Attachment.objects.unclaimed().filter(owner=author).in_bulk(ids) if ids else {}
