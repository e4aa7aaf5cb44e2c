"""Reading what is said in a few languages, however much is said in others."""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from common.paging import Window
from tweets.models import Tweet, TweetQuerySet


def languages_of(viewer: User | AnonymousUser) -> tuple[str, ...]:
    """The languages to which the viewer limits public timelines; none for no limit."""
    return () if viewer.pk is None else viewer.languages_read


def ids_in_languages(rows: TweetQuerySet, languages: Sequence[str], window: Window) -> list[int]:
    """Ids of the rows in these languages, and of those whose language nobody said, newest first.

    One query: a stretch of the index for each language, as long as the page, and the newest of all of them.
    Walking all rows and leaving out the other languages would cost what is said in those.
    """
    stretches = [_stretch(rows.filter(language=language), window) for language in ("", *languages)]
    # Wrapped, because SQLite knows no LIMIT within UNION.
    each = [Tweet.objects.filter(pk__in=stretch).values_list("pk") for stretch in stretches]
    return window.ids(Tweet.objects.filter(pk__in=each[0].union(*each[1:], all=True)))


def _stretch(rows: TweetQuerySet, window: Window) -> QuerySet[Tweet, int]:
    if window.max_id is not None:
        rows = rows.filter(id__lt=window.max_id)
    if window.min_id is not None:
        rows = rows.filter(id__gt=window.min_id)
    order = "id" if window.min_id is not None else "-id"
    return rows.order_by(order).values_list("pk", flat=True)[: window.limit]
