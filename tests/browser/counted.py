"""Three months of readers and responses for one author: what the clock would have counted."""

from datetime import UTC, timedelta

from django.utils import timezone

from accounts.models import User
from analytics.models import AuthorDay, Kind, Reach, Retention, ServerDay
from tweets.models import Tweet

_DAYS = 180


def count_days_of(author: User) -> None:
    """Rows as the clock leaves them, with quiet days, busy ones, and those too quiet to tell of."""
    today = timezone.now().astimezone(UTC).date()
    tweets = list(Tweet.objects.by(author).filter(retweet_of__isnull=True).order_by("-id")[:6])
    reach, days = [], []
    for ago in range(1, _DAYS):
        day, busy = today - timedelta(days=ago), (ago * 37) % 23
        peak = 300 if ago == 8 else 0
        numbers = {Kind.AUTHOR: 40 + 9 * busy + peak, Kind.PROFILE: 3 + busy, Kind.LINKS: busy // 2}
        reach += [
            Reach(day=day, kind=kind, thing=author.pk, author_id=author.pk, people=people)
            for kind, people in numbers.items()
            if people >= 5
        ]
        reach += [
            Reach(day=day, kind=Kind.TWEET, thing=tweet.pk, author_id=author.pk, people=12 + busy * 2 + place)
            for place, tweet in enumerate(tweets)
            if ago < 20
        ]
        hours = [0] * 24
        for number in range(busy):
            hours[(7 + number * number + ago % 3) % 24] += 1
        days.append(
            AuthorDay(
                author_id=author.pk,
                day=day,
                likes=busy,
                retweets=busy // 4,
                quotes=busy // 9,
                replies=busy // 3,
                hours=hours,
                followers=max(author.followers_count - ago // 30 + busy // 20, 0),
            )
        )
    Reach.objects.bulk_create(reach)
    AuthorDay.objects.bulk_create(days)


def count_days_of_server() -> None:
    """The same for what staff see: a server that grows, of which half stay."""
    today = timezone.now().astimezone(UTC).date()
    rows = []
    for ago in range(90, 0, -1):
        busy = (ago * 29) % 17
        rows.append(
            ServerDay(
                day=today - timedelta(days=ago),
                people=max(24 - ago // 4, 3),
                joined=busy // 4,
                active_1=3 + busy // 2,
                active_7=max(18 - ago // 6, 5),
                active_30=max(22 - ago // 5, 6),
                tweets=4 + 2 * busy,
                tweets_in_all=max(100 - ago, 10),
                database_bytes=(2_100 - ago * 8) * 1_000,
                picture_bytes=(1_700 - ago * 6) * 1_000,
                is_over=True,
            )
        )
    ServerDay.objects.bulk_create(rows)
    this_week = today - timedelta(days=today.weekday())
    weeks = [this_week - timedelta(weeks=number) for number in range(8)]
    Retention.objects.bulk_create(
        Retention(joined=joined, week=week, people=8 // (1 + (week - joined).days // 7))
        for joined in weeks
        for week in weeks
        if week >= joined
    )
