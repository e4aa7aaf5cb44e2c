"""Trying a rule on what was said lately: in batches, each with a short transaction, and in slices of time
between which other jobs pass.
"""

import time
from binascii import crc32
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.actions import record
from audit.deeds import Deed
from common.errors import NotAllowed
from common.ids import id_at, moment_of
from events.bus import publish
from events.catalogue import RehearsalWanted
from moderation.actions.automatic_rules import subject_of
from moderation.actions.sites import learn_sites
from moderation.automatic.checking import first_caught, why_by_itself
from moderation.automatic.now import strangers_in
from moderation.automatic.said import COLUMNS, Said, ids_within, looked_at, said_of, with_former
from moderation.automatic.sites import first_linked, sites_in
from moderation.automatic.then import FactsThen
from moderation.models import AutomaticRule, Conditions, Measure, Rehearsal, RehearsedAuthor
from moderation.policies import may_write_automatic_rules

BATCH = 500  # tweets that are looked at in one go
State = Rehearsal.State
_Caught = list[tuple[Said, list[str]]]


@transaction.atomic
def rehearse(staff: User, rule: AutomaticRule) -> Rehearsal:
    """Begin to look through the last REHEARSAL_DAYS; one that runs already with the same conditions goes on.
    Raises NotAllowed.
    """
    if not may_write_automatic_rules(staff):
        raise NotAllowed("Only administrators rehearse automatic rules.")
    current = AutomaticRule.objects.select_for_update().get(pk=rule.pk)
    running = Rehearsal.objects.filter(rule=current, state=State.RUNNING)
    for one in running:
        if one.asked == current.asked:
            publish(RehearsalWanted(one.pk))  # should its job have been put aside; two do no harm
            return one
    running.update(state=State.STOPPED)
    now = timezone.now()
    first = id_at(now - timedelta(days=settings.REHEARSAL_DAYS))
    rehearsal = Rehearsal.objects.create(
        rule=current, asked=current.asked, asked_by=staff, from_id=first, at_id=first, until_id=id_at(now)
    )
    asked = {"conditions": list(current.conditions.sentences())}
    record(staff, Deed.REHEARSE_AUTOMATIC_RULE, subject_of(current), {}, asked)
    publish(RehearsalWanted(rehearsal.pk))
    return rehearsal


def go_on_rehearsing(rehearsal_id: int) -> None:
    """Look through what is left, for REHEARSAL_SLICE_SECONDS at most; then the rest is promised as another
    job. Outside of any transaction. Cut off anywhere, it goes on from its last batch; running twice counts
    nothing twice.
    """
    rehearsal = Rehearsal.objects.filter(pk=rehearsal_id, state=State.RUNNING).first()
    if rehearsal is None:
        return
    if _is_over(rehearsal):
        return
    with transaction.atomic():
        publish(RehearsalWanted(rehearsal_id))


def _is_over(rehearsal: Rehearsal) -> bool:
    """A slice of it; whether nothing more is to be done."""
    conditions = Conditions.from_json(rehearsal.asked)
    if conditions.new_site_hours is not None and not learn_sites():
        return False  # before, each site would look new
    facts = FactsThen(conditions)
    _warm_up(facts, conditions, rehearsal.at_id)
    ends_at = time.monotonic() + settings.REHEARSAL_SLICE_SECONDS
    while True:  # a batch at least, so that it comes to an end
        batch = _read(rehearsal.at_id, rehearsal.until_id)
        caught = _caught(conditions, facts, batch)
        if not _note(rehearsal, batch, caught):
            return True
        if time.monotonic() > ends_at:
            return False


def _read(after: int, until: int) -> list[Said]:
    rows = looked_at().filter(id__gt=after, id__lt=until).order_by("id")
    return [said_of(row) for row in rows.values_list(*COLUMNS)[:BATCH]]


def _warm_up(facts: FactsThen, conditions: Conditions, at_id: int) -> None:
    """What was said shortly before counts for those that follow."""
    if not conditions.window_minutes:
        return
    after = ids_within(at_id, conditions.window_minutes)
    while batch := _read(after, at_id + 1):
        for said in batch:
            facts.remember(said)
        after = batch[-1].tweet_id


def _caught(conditions: Conditions, facts: FactsThen, batch: list[Said]) -> _Caught:
    """Each tweet once: as it is, or else by what it said before."""
    versions = with_former(batch)
    asked = [one for said in versions for one in said if why_by_itself(conditions, one) is not None]
    if conditions.strangers is not None:
        facts.strangers_known = strangers_in(asked)
    if conditions.new_site_hours is not None:
        facts.sites_known = first_linked([site for one in asked for site in sites_in(one.links)])
    caught = []
    for said in versions:
        facts.remember(said[0])
        if found := first_caught(conditions, said, facts):
            caught.append(found)
    return caught


def _note(rehearsal: Rehearsal, batch: list[Said], caught: _Caught) -> bool:
    """Add what was found, unless somebody else did; tells whether there is more to look at."""
    with transaction.atomic():
        current = Rehearsal.objects.select_for_update().get(pk=rehearsal.pk)
        if current.state != State.RUNNING or current.at_id != rehearsal.at_id:
            return False
        if caught:
            authors = {said.author_id for said, _ in caught}
            rows = [RehearsedAuthor(rehearsal=current, author_id=an_id) for an_id in sorted(authors)]
            RehearsedAuthor.objects.bulk_create(rows, ignore_conflicts=True)
        _add(current, batch, caught)
        if len(batch) < BATCH:
            _finish(current)
        current.save()
    rehearsal.at_id = current.at_id
    return current.is_running


def _add(current: Rehearsal, batch: list[Said], caught: _Caught) -> None:
    current.looked_at += len(batch)
    current.caught += len(caught)
    current.taken_down += sum(said.is_hidden for said, _ in caught)
    current.at_id = batch[-1].tweet_id if batch else current.until_id
    days = Counter(moment_of(said.tweet_id).date().isoformat() for said, _ in caught)
    current.per_day = dict(Counter(current.per_day) + days)
    shown = [*current.examples, *(_example(said, why) for said, why in caught if said.is_open)]
    current.examples = sorted(shown, key=_chance)[: settings.REHEARSAL_EXAMPLES]


def _example(said: Said, why: list[str]) -> dict[str, Any]:
    """Without its words: whoever reads the page later finds those that are there then."""
    return {"id": str(said.tweet_id), "why": why}


def _chance(example: dict[str, Any]) -> int:
    """An order without meaning, so that examples come from the whole stretch, whatever is cut off."""
    return crc32(example["id"].encode())


def _finish(current: Rehearsal) -> None:
    people = RehearsedAuthor.objects.filter(rehearsal=current)
    measured = Measure.objects.filter(person__in=people.values("author_id")).values("person").distinct()
    current.authors, current.measured_authors = people.count(), measured.count()
    people.delete()
    current.state, current.finished_at, current.at_id = State.DONE, timezone.now(), current.until_id
