"""Fills the database that the environment names, for the tests of what a killed process leaves behind.

Run as a program: `scheduled 100` writes down tweets of alice whose hour has come, `said 4000` lets her have
said so many things an hour ago, which no index knows yet.
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from common.ids import id_at  # noqa: E402
from tweets.draft import TweetDraft, to_plain  # noqa: E402
from tweets.models import ScheduledTweet, Tweet  # noqa: E402


def main(what: str, number: int) -> None:
    alice, now = User.objects.get(username="alice"), timezone.now()
    if what == "scheduled":
        texts = [f"plum number {place}" for place in range(number)]
        ScheduledTweet.objects.bulk_create(
            ScheduledTweet(author=alice, what=to_plain([TweetDraft(text)]), post_at=now, try_at=now)
            for text in texts
        )
    else:
        texts = [f"damson number {place}" for place in range(number)]
        first = id_at(now - timedelta(hours=1))
        Tweet.objects.bulk_create(
            [Tweet(id=first + place, author=alice, text=text) for place, text in enumerate(texts)],
            batch_size=500,
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
