"""What can be asked of trends."""

from dataclasses import dataclass

from django.conf import settings

from analytics.models import Trend


@dataclass(frozen=True, slots=True)
class TrendingTag:
    """A value, so that what was asked once can be kept for many pages."""

    name: str
    people: int


def trending_tags() -> list[TrendingTag]:
    """What everybody is shown, the liveliest first; TRENDS_KEPT at most. One query."""
    rows = Trend.objects.listed().liveliest_first().values_list("hashtag__name", "people")
    return [TrendingTag(*row) for row in rows[: settings.TRENDS_KEPT]]
