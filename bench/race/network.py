"""The network of the race: `python -m bench.race.network` makes it and prints as JSON what will be asked.

200 people follow 50 others each, and the one who posts is followed by all; 20,000 statuses; the readers have
notifications, made by real deeds of others.
"""

import json
import random
import sys
from collections.abc import Iterator

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from clients.actions import register_app, save_token  # noqa: E402
from clients.keys import new_key  # noqa: E402
from clients.models import App  # noqa: E402
from clients.redirects import OUT_OF_BAND  # noqa: E402
from tweets.actions import like_tweet  # noqa: E402
from tweets.models import Tweet  # noqa: E402
from twitter_clone.crowd import make  # noqa: E402
from twitter_clone.crowd.bulk import filling  # noqa: E402
from twitter_clone.crowd.people import make_people, write_follows  # noqa: E402

PEOPLE, FOLLOWS, STATUSES = 200, 50, 20_000
READERS, DEEP = 20, 18_000
_SCOPES = "read write follow"
_LIKES = 30  # of each reader's tweets, for their notifications


def main() -> None:
    dice = random.Random(1)  # noqa: S311  (no secret)
    with filling(User):
        ids = make_people(PEOPLE, dice)
    write_follows(_follows(ids, dice))
    make.tweets(0, STATUSES, STATUSES)
    call_command("rebuild_search", stdout=sys.stderr)
    author, *others = User.objects.order_by("id")
    readers = others[:READERS]
    for reader in readers:
        _notify(reader, others[READERS:])
    app, _ = register_app("Race", [OUT_OF_BAND], _SCOPES)
    newest = Tweet.objects.filter(retweet_of=None, visibility="public").order_by("-id")
    json.dump(
        {
            "author": _token(app, author),
            "readers": [_token(app, reader) for reader in readers],
            "accounts": [str(reader.pk) for reader in readers],
            "statuses": [str(an_id) for an_id in newest.values_list("id", flat=True)[: STATUSES // 4]],
            "deep": str(Tweet.objects.order_by("-id").values_list("id", flat=True)[DEEP]),
        },
        sys.stdout,
    )


def _follows(people: list[int], dice: random.Random) -> Iterator[tuple[int, int, int, str]]:
    """Everybody follows 50 others, the first of all among them, who is the author of the race."""
    now, follow_id = str(timezone.now()), 0
    for follower in people:
        others = [person for person in people[1:] if person != follower]
        chosen = dice.sample(others, FOLLOWS - 1)
        last = people[0] if follower != people[0] else next(one for one in others if one not in chosen)
        for followed in (*chosen, last):
            follow_id += 1
            yield follow_id, follower, followed, now


def _notify(reader: User, others: list[User]) -> None:
    """Others like what the reader said, as anybody would; the worker tells the reader."""
    said = Tweet.objects.filter(author=reader, retweet_of=None, visibility="public").order_by("-id")
    for number, tweet in enumerate(said[:_LIKES]):
        like_tweet(others[number], tweet)


def _token(app: App, person: User) -> str:
    key = new_key()
    save_token(app, person, key, _SCOPES)
    return key


if __name__ == "__main__":
    main()
