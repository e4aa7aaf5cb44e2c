"""Walking over all tweets, people and tags, batch after batch, and going on where one stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from common.ids import id_at
from common.turns import leave_room
from search.actions.index import index_people, index_tags, index_tweets
from search.models import PersonDocument, Progress, TagDocument, TweetDocument
from tweets.models import Hashtag, Tweet

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

    @property
    def plural(self) -> str:
        return "people" if self.name == "person" else f"{self.name}s"

    @property
    def anew(self) -> str:
        """What a walk over everything is called; its progress is there from its beginning to its end."""
        return f"{self.name} anew"

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
    Walk("tag", Hashtag, TagDocument, index_tags),
)


def catch_up(batches: int = 40) -> int:
    """Index what is not yet: all that was there before search was, what a lost job left out, and what a walk
    over everything, stopped in the middle, left undone.

    Takes at most so many batches of each kind and goes on there the next time. Returns how many it indexed.
    """
    found = 0
    for walk in walks:
        for name, everything in ((walk.anew, True), (walk.name, False)):
            for _ in range(batches):
                began = monotonic()
                done = _step(walk, name, everything=everything)
                if done is None:
                    break
                found += done[0]
                leave_room(began)
    return found


@transaction.atomic
def begin_rebuild() -> bool:
    """Make ready to index everything anew. False, and nothing changes, while that is already on its way."""
    names = [walk.anew for walk in walks]
    if Progress.objects.filter(walk__in=names).exists():
        return False
    Progress.objects.bulk_create([Progress(walk=name) for name in names], ignore_conflicts=True)
    return True


def rebuilt(walk: Walk) -> int:
    """How many of these rows a rebuild has dealt with that was begun and is not at its end."""
    progress = Progress.objects.filter(walk=walk.anew).first()
    return walk.rows._default_manager.filter(pk__lte=progress.last_id).count() if progress else 0


def rebuild(walk: Walk) -> Iterator[tuple[int, int]]:
    """Index everything of that kind anew; yields how many rows up to which id were done.

    After `begin_rebuild`; stopped and called again, it goes on where it was. Nothing once it came to the end.
    """
    began = monotonic()
    while (done := _step(walk, walk.anew, everything=True)) is not None:
        leave_room(began)
        yield done
        began = monotonic()


@transaction.atomic
def _step(walk: Walk, name: str, *, everything: bool) -> tuple[int, int] | None:
    """One batch, and how far it went; None when there is no more. Two at once wait for each other."""
    if not everything:
        Progress.objects.get_or_create(walk=name)
    progress = Progress.objects.select_for_update().filter(walk=name).first()
    if progress is None:
        return None
    ids = walk.ids_after(progress.last_id)
    if not ids:
        if everything:
            progress.delete()
        return None
    wanted = ids if everything else walk.missing(ids)
    if wanted:
        walk.index(wanted)
    Progress.objects.filter(walk=name).update(last_id=ids[-1])
    return len(wanted), ids[-1]
