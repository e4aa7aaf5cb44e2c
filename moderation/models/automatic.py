"""Rules that staff write and the server applies: how each was rehearsed, and what it caught."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.ids import moment_of
from common.models import TimeOrdered
from moderation.models.conditions import Conditions


class AutomaticRuleQuerySet(models.QuerySet["AutomaticRule"]):
    def live(self) -> "AutomaticRuleQuerySet":
        return self.filter(state=AutomaticRule.State.LIVE)


class AutomaticRule(TimeOrdered):
    """What is done about tweets of a kind. Rules for people are `server.Rule`."""

    class Outcome(models.TextChoices):
        HOLD = "hold", "Hold the tweet until somebody looked at it"
        LIMIT = "limit", "Limit the author"
        REPORT = "report", "Report it to the queue"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"  # as it is now it was never live
        LIVE = "live", "Live"
        OFF = "off", "Off"

    name = models.CharField(max_length=80)
    asked = models.JSONField(default=dict)  # its conditions
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(blank=True)  # whom it limits reads it
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    live_since = models.DateTimeField(null=True)
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)

    objects = AutomaticRuleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def conditions(self) -> Conditions:
        return Conditions.from_json(self.asked)

    @property
    def is_live(self) -> bool:
        return self.state == self.State.LIVE

    @property
    def path(self) -> str:
        return f"/moderation/automatic/{self.pk}/"


class Rehearsal(TimeOrdered):
    """What a rule would have caught lately, counted while nobody waits: `at_id` is how far it has come."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"  # another one began, or the rule changed

    rule = models.ForeignKey(AutomaticRule, models.CASCADE, related_name="rehearsals", db_index=False)
    asked = models.JSONField()  # the conditions of that day
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    from_id = models.BigIntegerField()  # ids of tweets: those between the two are looked at
    until_id = models.BigIntegerField()
    at_id = models.BigIntegerField()
    looked_at = models.PositiveIntegerField(default=0)
    caught = models.PositiveIntegerField(default=0)
    taken_down = models.PositiveIntegerField(default=0)  # of the caught, by staff
    authors = models.PositiveIntegerField(default=0)  # of the caught; known at the end, as the next
    measured_authors = models.PositiveIntegerField(default=0)  # against whom staff took a measure
    per_day = models.JSONField(default=dict)  # "2026-11-30" -> how many it caught
    examples = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["rule", "-id"], name="rehearsal_of_rule")]

    def __str__(self) -> str:
        return f"rehearsal of {self.rule_id}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def began_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def percent(self) -> int:
        """By time, which needs no counting beforehand."""
        return round(100 * (self.at_id - self.from_id) / max(self.until_id - self.from_id, 1))

    @property
    def days(self) -> list[tuple[date, int]]:
        """Every day of the stretch with what was caught then, the first one first."""
        first, last = moment_of(self.from_id).date(), moment_of(self.until_id).date()
        days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
        return [(day, self.per_day.get(day.isoformat(), 0)) for day in days]


class RehearsedAuthor(models.Model):
    """Somebody of whom a running rehearsal caught something; counted and forgotten at its end."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="+", db_index=False)
    author_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rehearsal", "author_id"], name="each_author_once_in_a_rehearsal")
        ]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.rehearsal_id}"


class RuleHit(TimeOrdered):
    """A rule caught a tweet: the words as they were, why, and what was done. Each tweet once by each rule;
    an edit that is caught again renews the row.
    """

    rule = models.ForeignKey(AutomaticRule, models.PROTECT, related_name="hits", db_index=False)
    tweet_id = models.BigIntegerField()  # it may be gone since
    revision = models.PositiveIntegerField()
    author = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    why = models.JSONField(default=list)  # sentences
    outcome = models.CharField(max_length=10, choices=AutomaticRule.Outcome)
    caught_at = models.DateTimeField()
    report = models.ForeignKey("moderation.Report", models.SET_NULL, null=True, related_name="hits")
    measure = models.ForeignKey("moderation.Measure", models.SET_NULL, null=True, related_name="hits")
    was_right = models.BooleanField(null=True)  # None until somebody of staff said so
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "tweet_id"], name="a_rule_hits_a_tweet_once"),
            models.CheckConstraint(
                condition=Q(was_right__isnull=True, decided_at__isnull=True)
                | Q(was_right__isnull=False, decided_at__isnull=False),
                name="a_decided_hit_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["rule", "-id"], name="hit_of_rule"),
            models.Index(fields=["tweet_id"], name="hit_of_tweet"),
            models.Index(fields=["author", "-id"], name="hit_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} hit {self.tweet_id}"

    @property
    def said_at(self) -> datetime:
        return moment_of(self.tweet_id)

    def facts(self) -> dict[str, Any]:
        """For the audit log."""
        return {"right": self.was_right, "outcome": self.outcome}


class LinkedSite(models.Model):
    """A site that somebody linked to, and the first tweet that did. It outlives its tweet: what was known
    stays known. Kept from the day on which a rule asks for new sites, see moderation/actions/sites.
    """

    host = models.CharField(max_length=253, primary_key=True)  # RFC 1035
    tweet_id = models.BigIntegerField()

    def __str__(self) -> str:
        return self.host


class SaidText(models.Model):
    """What words were said lately, by their checksum; kept only while a live rule asks for repeated words,
    and no longer than rules look back. It outlives its tweet, so that deleting hides no repeating.
    """

    tweet_id = models.BigIntegerField(primary_key=True)
    author_id = models.BigIntegerField()
    digest = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["digest", "tweet_id"], name="said_text_by_digest")]

    def __str__(self) -> str:
        return f"{self.digest} in {self.tweet_id}"
