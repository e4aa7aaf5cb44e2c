"""Live rules at work: what they catch, what is done about it, and what staff say to that."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.actions import lock_people
from accounts.models import User
from audit.actions import Subject, record
from audit.deeds import Deed
from common.errors import Conflict, NotAllowed
from common.ids import id_at
from common.sweeping import sweep
from moderation.actions.measures import begin_measure, lift_measure, take_measure
from moderation.actions.reports import close_report, report_by_rule
from moderation.automatic.actor import RuleActor
from moderation.automatic.checking import first_caught
from moderation.automatic.now import FactsNow, note_said
from moderation.automatic.said import COLUMNS, Said, looked_at, said_of, with_former
from moderation.automatic.sites import note_sites
from moderation.models import AutomaticRule, Measure, RuleHit, SaidText
from moderation.policies import may_decide_hit
from tweets.actions import hold_tweet, lock_tweets, release_tweet
from tweets.models import Tweet

logger = logging.getLogger(__name__)

Outcome = AutomaticRule.Outcome
_Caught = tuple[AutomaticRule, Said, list[str]]
_FILLED_AT_ONCE = 500
_CHANGED = "This tweet was edited while you read it. Read it as it is now, then decide."


@transaction.atomic
def apply_rules(tweet_id: int) -> list[RuleHit]:
    """Let all live rules look at the tweet, and do what they say. Each hits it once, and once more for an
    edit that still says it; so this may run twice. Nothing happens to messages and words of staff.

    What it said before it was edited counts as well, as far as it was said since the rule is live: editing
    something away before this runs hides it from no rule, for others find it in the history.

    A rule that fails is logged and undoes nothing of what the others do. Raises a database error that may be
    gone on the next try.
    """
    rules = list(AutomaticRule.objects.live().order_by("id"))
    if not _caught(rules, tweet_id):
        return []
    tweet = _held(tweet_id)
    if tweet is None:
        return []
    caught = _caught(rules, tweet_id)  # once more: from here on nobody can change what it says
    hits = []
    for rule, said, why in caught:
        with _beside_others(rule, tweet_id), transaction.atomic():
            hits.append(_hit(rule, tweet, said, why))
    return [hit for hit in hits if hit is not None]


def _held(tweet_id: int) -> Tweet | None:
    """The tweet, its author and those whose counters it stands in are kept from changing. None once it is
    gone.
    """
    rows = Tweet.objects.select_related("author").filter(pk=tweet_id)
    found = rows.first()
    if found is None:
        return None
    lock_people(found.author_id)
    lock_tweets([tweet_id])
    return rows.first()


def _caught(rules: Sequence[AutomaticRule], tweet_id: int) -> list[_Caught]:
    """Which of the rules catch it, what of it, and why."""
    row = looked_at().filter(pk=tweet_id).values_list(*COLUMNS).first() if rules else None
    if row is None:
        return []
    versions, facts, caught = with_former([said_of(row)])[0], FactsNow(), []
    for rule in rules:
        with _beside_others(rule, tweet_id):
            if found := _found(rule, versions, facts):
                caught.append((rule, *found))
    return caught


def _found(rule: AutomaticRule, versions: Sequence[Said], facts: FactsNow) -> tuple[Said, list[str]] | None:
    conditions = rule.conditions
    since = rule.live_since or timezone.now()
    seen = [said for said in versions if said.former_at is None or said.former_at >= since]
    if conditions.repeats is not None:
        note_said(versions[:1])
    if conditions.new_site_hours is not None and facts.knows_sites:
        note_sites((said.tweet_id, said.links) for said in versions)
    return first_caught(conditions, seen, facts)


@contextmanager
def _beside_others(rule: AutomaticRule, tweet_id: int) -> Iterator[None]:
    """A rule that fails is logged, and no trouble of the others; one that may do better next time is."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Rule %s failed on tweet %s.", rule.pk, tweet_id)


def _hit(rule: AutomaticRule, tweet: Tweet, said: Said, why: list[str]) -> RuleHit | None:
    """None where this rule hit these words before."""
    facts = {
        "revision": said.revision,
        "text": said.text,
        "why": why,
        "outcome": rule.outcome,
        "caught_at": timezone.now(),
    }
    start = {**facts, "author": tweet.author}
    hit, is_new = RuleHit.objects.get_or_create(rule=rule, tweet_id=tweet.pk, defaults=start)
    if not is_new:
        anew = {**facts, "was_right": None, "decided_by": None, "decided_at": None}
        older = RuleHit.objects.filter(pk=hit.pk, revision__lt=said.revision)
        if not older.update(**anew):
            return None
        hit.refresh_from_db()
    _act(rule, tweet, hit)
    return hit


def _act(rule: AutomaticRule, tweet: Tweet, hit: RuleHit) -> None:
    actor, reason = RuleActor(rule), " ".join(hit.why)
    if hit.outcome == Outcome.HOLD:
        hold_tweet(actor, tweet, reason)
    elif hit.outcome == Outcome.REPORT:
        hit.report = report_by_rule(rule, tweet, reason)
        hit.save(update_fields=["report"])
    elif not _is_limited(tweet.author):
        hit.measure = begin_measure(actor, tweet.author, Measure.Kind.LIMIT, rule.reason, rule=rule)
        hit.save(update_fields=["measure"])


def _is_limited(person: User) -> bool:
    """Asked while they are held: two workers may catch two of their tweets at once."""
    return Measure.objects.in_force().filter(person=person, kind=Measure.Kind.LIMIT).exists()


@transaction.atomic
def let_appear(staff: User, tweet: Tweet, *, revision: int | None = None) -> None:
    """What was held is fine, and whatever rule held it was wrong. `revision` is the version that was read, if
    the door knows it. Raises NotAllowed, and Conflict when it says something else by now.
    """
    if not may_decide_hit(staff):
        raise NotAllowed("Only staff decide what rules caught.")
    _check_read(tweet, revision)
    hits = list(RuleHit.objects.filter(tweet_id=tweet.pk, outcome=Outcome.HOLD, was_right=None))
    release_tweet(staff, tweet, unseen=[hit.revision for hit in hits])
    for hit in hits:
        _decide(staff, hit, was_right=False)


@transaction.atomic
def take_down_held(staff: User, tweet: Tweet, reason: str, *, revision: int | None = None) -> Measure:
    """What was held stays out of sight, and its author is told why and can appeal. `revision` as in
    `let_appear`. Raises NotAllowed for words of the same or a higher role, Invalid without a reason, Conflict
    when it says something else by now.
    """
    if not may_decide_hit(staff):
        raise NotAllowed("Only staff decide what rules caught.")
    _check_read(tweet, revision)
    measure = take_measure(staff, tweet.author, Measure.Kind.TAKE_DOWN, reason, tweet_ids=[tweet.pk])
    for hit in RuleHit.objects.filter(tweet_id=tweet.pk, was_right=None):
        _decide(staff, hit, was_right=True)
    return measure


@transaction.atomic
def call_hit_wrong(staff: User, hit: RuleHit, *, revision: int | None = None) -> bool:
    """The rule should not have caught this: what it did about it is undone, as far as nobody has already.
    Returns whether it is: a tweet stays held while another rule's hit holds it that was not called wrong.
    Twice is harmless. `revision` is the version that was read, if the door knows it.

    Raises NotAllowed, and Conflict when the rule caught a later version since, or when what would appear is
    not what the rule caught.
    """
    if not may_decide_hit(staff):
        raise NotAllowed("Only staff decide what rules caught.")
    lock_people(hit.author_id)
    lock_tweets([hit.tweet_id])
    rows = RuleHit.objects.select_for_update(of=("self",), no_key=True)
    current = rows.select_related("rule", "measure__person", "report__target").get(pk=hit.pk)
    if revision is not None and revision != current.revision:
        raise Conflict(_CHANGED)
    if current.was_right is False:
        return True
    is_undone = True
    if current.outcome == Outcome.HOLD:
        is_undone = _release(staff, current)
    elif current.measure is not None:
        lift_measure(staff, current.measure)
    elif current.report is not None and not _others_in(current):
        close_report(staff, current.report)
    _decide(staff, current, was_right=False)
    return is_undone


@transaction.atomic
def call_hit_right(staff: User, hit: RuleHit, *, revision: int | None = None) -> None:
    """The rule was right; what it did stays. Twice is harmless. `revision` is the version that was read, if
    the door knows it. Raises NotAllowed, and Conflict when the rule caught a later version since.
    """
    if not may_decide_hit(staff):
        raise NotAllowed("Only staff decide what rules caught.")
    current = RuleHit.objects.select_for_update(no_key=True).get(pk=hit.pk)
    if revision is not None and revision != current.revision:
        raise Conflict(_CHANGED)
    if current.was_right is None:
        _decide(staff, current, was_right=True)


def _check_read(tweet: Tweet, revision: int | None) -> None:
    """Holds the row, so that what was read is what is decided about."""
    lock_people(tweet.author_id)
    current = lock_tweets([tweet.pk]).get(tweet.pk)
    if revision is not None and current is not None and current != revision:
        raise Conflict(_CHANGED)


def _release(staff: User, hit: RuleHit) -> bool:
    """False while another rule holds it, too."""
    tweet = Tweet.objects.select_related("author").filter(pk=hit.tweet_id).first()
    if tweet is None or tweet.held_at is None:
        return True
    others = RuleHit.objects.filter(tweet_id=hit.tweet_id, outcome=Outcome.HOLD).exclude(pk=hit.pk)
    if others.exclude(was_right=False).exists():
        return False
    if tweet.revision != hit.revision:
        raise Conflict("It was edited after the rule caught it. Read it under Held, and decide there.")
    release_tweet(staff, tweet)
    return True


def _others_in(hit: RuleHit) -> bool:
    """Whether something else stands in its report that was not called wrong."""
    return RuleHit.objects.filter(report=hit.report).exclude(pk=hit.pk).exclude(was_right=False).exists()


def _decide(staff: User, hit: RuleHit, *, was_right: bool) -> None:
    before = hit.was_right
    hit.was_right, hit.decided_by, hit.decided_at = was_right, staff, timezone.now()
    hit.save(update_fields=["was_right", "decided_by", "decided_at"])
    subject = Subject("rule hit", hit.pk, f"“{hit.rule.name}”", person_id=hit.author_id)
    record(staff, Deed.DECIDE_HIT, subject, {"right": before}, {"right": was_right})


def fill_said_texts(rule_id: int) -> int:
    """For a rule that was just switched on: keep what was said within its time, so that it need not wait for
    it. Returns how many. In batches, outside of any transaction; twice is harmless.
    """
    rule = AutomaticRule.objects.live().filter(pk=rule_id).first()
    if rule is None or rule.conditions.repeats is None:
        return 0
    after = id_at(timezone.now() - timedelta(minutes=rule.conditions.repeats_minutes or 0))
    filled = 0
    while True:
        rows = looked_at().filter(id__gt=after).order_by("id")
        batch = [said_of(row) for row in rows.values_list(*COLUMNS)[:_FILLED_AT_ONCE]]
        if not batch:
            return filled
        note_said(batch)
        filled, after = filled + len(batch), batch[-1].tweet_id


def forget_hits(*, dry_run: bool = False) -> int:
    """What rules caught RULE_HITS_KEPT_DAYS ago, with its words, but for tweets that wait still; returns how
    many.
    """
    old = id_at(timezone.now() - timedelta(days=settings.RULE_HITS_KEPT_DAYS))
    waiting = Tweet.objects.filter(pk=OuterRef("tweet_id"), held_at__isnull=False)
    return sweep(RuleHit.objects.filter(~Exists(waiting), id__lt=old), dry_run=dry_run)


def forget_said_texts(*, dry_run: bool = False) -> int:
    """Checksums that no rule looks back at any more; returns how many."""
    old = id_at(timezone.now() - timedelta(minutes=settings.AUTOMATIC_WINDOW_MINUTES))
    return sweep(SaidText.objects.filter(pk__lt=old), dry_run=dry_run)
