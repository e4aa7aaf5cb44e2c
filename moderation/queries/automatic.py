"""What staff ask about automatic rules: how each stands, what it caught, and what waits because of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from attachments.models import Attachment
from common.errors import NotFound
from common.ids import id_at
from moderation.models import AutomaticRule, Rehearsal, RuleHit
from tweets.models import Tweet, TweetEdit, TweetImage

_State = AutomaticRule.State


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, its latest rehearsal, and how many tweets it caught in the last days; `wrong` of those 30 days,
    as staff said.
    """

    rule: AutomaticRule
    rehearsal: Rehearsal | None
    in_7_days: int = 0
    in_30_days: int = 0
    wrong: int = 0

    @property
    def is_rehearsed(self) -> bool:
        """Whether the latest rehearsal ended and was of the conditions as they are."""
        latest = self.rehearsal
        return latest is not None and latest.is_done and latest.asked == self.rule.asked

    @property
    def is_rehearsing(self) -> bool:
        return self.rehearsal is not None and self.rehearsal.is_running

    @property
    def standing(self) -> str:
        """In a word or two."""
        if self.rule.state != _State.DRAFT:
            return self.rule.get_state_display()
        if self.is_rehearsing:
            return "Being rehearsed"
        return "Rehearsed" if self.is_rehearsed else "Draft"


@dataclass(frozen=True, slots=True)
class Example:
    """A tweet that a rehearsal caught, as it is now, and why."""

    tweet: Tweet
    why: Sequence[str]


@dataclass(frozen=True, slots=True)
class Held:
    """A tweet that waits, which rules held it, its pictures, and what it said before, the latest first."""

    tweet: Tweet
    hits: Sequence[RuleHit]
    pictures: Sequence[Attachment]
    former: Sequence[TweetEdit]


def automatic_rules() -> list[RuleRow]:
    """Live ones first, then by age, the newest first. Three queries."""
    rank = {_State.LIVE: 0, _State.DRAFT: 1, _State.OFF: 2}
    rules = sorted(AutomaticRule.objects.order_by("-id"), key=lambda rule: rank[_State(rule.state)])
    return _rows(rules)


def automatic_rule(rule_id: int) -> RuleRow:
    """Raises NotFound."""
    rule = AutomaticRule.objects.select_related("written_by").filter(pk=rule_id).first()
    if rule is None:
        raise NotFound("This rule does not exist.")
    return _rows([rule])[0]


def _rows(rules: Sequence[AutomaticRule]) -> list[RuleRow]:
    ids = [rule.pk for rule in rules]
    newest = Rehearsal.objects.filter(rule=OuterRef("rule")).order_by("-id").values("pk")[:1]
    latest = Rehearsal.objects.filter(rule__in=ids, pk=Subquery(newest)).select_related("asked_by")
    rehearsals = {one.rule_id: one for one in latest}
    now = timezone.now()
    week, month = (id_at(now - timedelta(days=days)) for days in (7, 30))
    lately = RuleHit.objects.filter(rule__in=ids, id__gte=month).order_by().values("rule_id")
    counted = lately.annotate(
        all=Count("id"),
        week=Count("id", filter=Q(id__gte=week)),
        wrong=Count("id", filter=Q(was_right=False)),
    )
    counts = {row["rule_id"]: (row["week"], row["all"], row["wrong"]) for row in counted}
    return [RuleRow(rule, rehearsals.get(rule.pk), *counts.get(rule.pk, (0, 0, 0))) for rule in rules]


def examples_of(rehearsal: Rehearsal) -> list[Example]:
    """Those that are still there and open to all, the latest first. One query."""
    why = {int(one["id"]): one["why"] for one in rehearsal.examples}
    rows = Tweet.objects.open_to_all().filter(pk__in=why).select_related("author").order_by("-id")
    return [Example(tweet, why[tweet.pk]) for tweet in rows]


def hits_of(rule: AutomaticRule) -> QuerySet[RuleHit]:
    """What it caught, the latest first; for pages by id."""
    return RuleHit.objects.filter(rule=rule).select_related("author", "measure", "decided_by").order_by("-id")


def hit_by_id(hit_id: int) -> RuleHit:
    """Raises NotFound."""
    hit = RuleHit.objects.select_related("rule", "author").filter(pk=hit_id).first()
    if hit is None:
        raise NotFound("This does not exist.")
    return hit


def hits_in(report_id: int) -> list[RuleHit]:
    """What a report by a rule tells of, the latest first. One query."""
    return list(RuleHit.objects.filter(report=report_id).select_related("rule").order_by("-id"))


def held_tweets() -> QuerySet[Tweet]:
    """Those that wait for somebody to look at them, the latest first; for pages by id."""
    waiting = Tweet.objects.filter(held_at__isnull=False, hidden_at__isnull=True)
    return waiting.filter(author__state=User.State.ACTIVE).select_related("author").order_by("-id")


def held_tweet(tweet_id: int) -> Tweet:
    """Raises NotFound for one that waits no more."""
    tweet = held_tweets().filter(pk=tweet_id).first()
    if tweet is None:
        raise NotFound("This tweet waits no more: it was decided, or its author deleted it.")
    return tweet


def with_hits(tweets: Sequence[Tweet]) -> list[Held]:
    """These with what there is to know for deciding. Three queries."""
    ids = [tweet.pk for tweet in tweets]
    hits: dict[int, list[RuleHit]] = {}
    for hit in RuleHit.objects.filter(tweet_id__in=ids).select_related("rule").order_by("id"):
        hits.setdefault(hit.tweet_id, []).append(hit)
    pictures: dict[int, list[Attachment]] = {}
    rows = TweetImage.objects.filter(tweet__in=ids).select_related("attachment").order_by("position")
    for row in rows:
        pictures.setdefault(row.tweet_id, []).append(row.attachment)
    former: dict[int, list[TweetEdit]] = {}
    for edit in TweetEdit.objects.filter(tweet__in=ids).order_by("-revision"):
        former.setdefault(edit.tweet_id, []).append(edit)
    return [
        Held(tweet, hits.get(tweet.pk, []), pictures.get(tweet.pk, []), former.get(tweet.pk, []))
        for tweet in tweets
    ]
