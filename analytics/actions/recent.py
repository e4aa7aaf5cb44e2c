"""How far back counting reads."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from common.ids import id_at
from tweets.models import Tweet


def first_read_id(hours: int) -> int:
    """The id after which tweets are counted: so many hours ago, or later when more than TRENDS_READ were said
    since. One query.
    """
    first_id = id_at(timezone.now() - timedelta(hours=hours))
    newest = Tweet.objects.filter(id__gte=first_id).order_by("-id").values_list("id", flat=True)
    beyond = newest[settings.TRENDS_READ :].first()
    return first_id if beyond is None else beyond
