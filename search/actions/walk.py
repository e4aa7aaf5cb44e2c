"""Walking over all tweets and people, batch after batch in short transactions, from where one stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from common.ids import id_at
from search.actions.index import index_people, index_tweets
from search.models import PersonDocument, Progress, TweetDocument
from tweets.models import Tweet

BATCH = 500
# What is younger is left to the reactions; an id is made a moment before its row is committed.
_SETTLED_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Walk:
    """Over one kind of rows. `documents` have the same ids."""

    name: str
    rows: type[models.Model]
    documents: type[models.Model]
    index: Callable[[list[int]], int]

    def ids_after(self, last_id: int) -> list[int]:
        settled = id_at(timezone.now() - _SETTLED_AFTER)
        rows: Any = self.rows._default_manager.filter(pk__gt=last_id, pk__lt=settled)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])

    def missing(self, ids: list[int]) -> list[int]:
        known = self.documents._default_manager.filter(pk=OuterRef("pk"))
        rows: Any = self.rows._default_manager.filter(~Exists(known), pk__in=ids)
        return list(rows.values_list("pk", flat=True))


walks = (
    Walk("tweet", Tweet, TweetDocument, index_tweets),
    Walk("person", User, PersonDocument, index_people),
)


def catch_up(batches: int = 40) -> int:
    """Index what is not yet: all that was there before search was, and what a lost job left out.

    Takes at most so many batches of each kind and goes on there the next time. Returns how many were missing.
    """
    found = 0
    for walk in walks:
        for _ in range(batches):
            done = _step(walk, walk.name, everything=False)
            if done is None:
                break
            found += done
    return found


def rebuild(walk: Walk) -> Iterator[tuple[int, int]]:
    """Index everything of that kind anew; yields how many rows of which last id were done.

    Stopped and called again, it goes on where it was.
    """
    name = f"{walk.name} anew"
    while (done := _step(walk, name, everything=True)) is not None:
        yield done, Progress.objects.get(walk=name).last_id
    Progress.objects.filter(walk=name).delete()


@transaction.atomic
def _step(walk: Walk, name: str, *, everything: bool) -> int | None:
    """One batch, and how far it went; None when there is no more. Two at once wait for each other."""
    Progress.objects.get_or_create(walk=name)
    progress = Progress.objects.select_for_update().get(walk=name)
    ids = walk.ids_after(progress.last_id)
    if not ids:
        return None
    wanted = ids if everything else walk.missing(ids)
    if wanted:
        walk.index(wanted)
    Progress.objects.filter(walk=name).update(last_id=ids[-1])
    return len(wanted)
