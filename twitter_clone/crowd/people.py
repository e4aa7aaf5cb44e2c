"""People, and who follows whom: some are followed by very many, most by a few dozen."""

import random
from array import array
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate

from django.db import connection
from django.utils import timezone

from accounts.models import User
from common.ids import id_at
from relationships.models import Follow
from twitter_clone.crowd.bulk import filling, load

_FLATTENED = 30  # Zipf's law from this rank on: with it nobody but the star has more than FANOUT_LIMIT
_STAR_SHARE = 2  # every second person follows the best known one
_FIRST = "Ada Bruno Chloe Deniz Elena Felix Gita Hana Ivan Jana Karim Lucia Malik Noor Otto Petra".split()
_LAST = "Abbott Bakker Chen Dubois Eklund Farouk Garcia Hansen Ibrahim Kaplan Lopez Moreau Nguyen".split()


def weights(people: int) -> list[float]:
    """How well known the person of each rank is, and how much they say."""
    return [1 / (rank + _FLATTENED) for rank in range(1, people + 1)]


def make_people(number: int, dice: random.Random) -> list[int]:
    """Write the people, the best known first, and return their ids."""
    now = timezone.now()
    first_id = id_at(now - timedelta(days=400))
    ids = [first_id + (n << 16) for n in range(number)]
    rows = (
        (
            an_id,
            f"{_FIRST[n % 16].lower()}{n}",
            f"{_FIRST[n % 16]} {_LAST[n % 13]}",
            f"avatars/{n % 977:03}.jpg" if dice.random() < 0.6 else "",
            str(now),
            str(now - timedelta(seconds=n)),
        )
        for n, an_id in enumerate(ids)
    )
    names = ("id", "username", "display_name", "avatar", "email_confirmed_at", "last_tweeted_at")
    load(User, names, rows)
    return ids


def make_follows(people: list[int], number: int, dice: random.Random) -> None:
    """Write that many follows, rank and file by Zipf."""
    write_follows(_follows(people, number, dice))


def write_follows(rows: Iterator[tuple[int, int, int, str]]) -> None:
    """Write follows (id, follower, followed, moment), and count them on the people."""
    with filling(Follow):
        load(Follow, ("id", "follower", "followed", "created_at"), rows)
    with connection.cursor() as cursor:
        for counter, mine in (("followers_count", "followed_id"), ("following_count", "follower_id")):
            cursor.execute(
                f"UPDATE accounts_user SET {counter} = ("  # noqa: S608
                f"SELECT COUNT(*) FROM relationships_follow f WHERE f.{mine} = accounts_user.id)"
            )


def _follows(people: list[int], number: int, dice: random.Random) -> Iterator[tuple[int, int, int, str]]:
    now, follow_id = str(timezone.now()), 0
    sums = list(accumulate(weights(len(people))))
    ranks = range(len(people))
    sizes = _sizes(len(people), number, dice)
    for rank, follower in enumerate(people):
        wanted = sizes[rank]
        chosen = {0} if rank % _STAR_SHARE else set()
        for _ in range(4):  # whoever is drawn twice is followed once: draw again what is missing
            missing = wanted - len(chosen)
            if missing <= 0:
                break
            chosen.update(dice.choices(ranks, cum_weights=sums, k=missing))
            if rank % _STAR_SHARE == 0:
                chosen.discard(0)
        chosen.discard(rank)
        for followed in sorted(chosen):
            follow_id += 1
            yield follow_id, follower, people[followed], now


def _sizes(people: int, number: int, dice: random.Random) -> "array[int]":
    """How many each of them follows: many a few, a few very many."""
    mean = number / people
    return array("i", (max(1, min(int(dice.expovariate(1 / mean)), 2000)) for _ in range(people)))
