"""Writing automatic rules, and switching them on and off. Each deed is written down in its transaction."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.texts import tidy_line, tidy_text
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from common.words import fold_once
from events.bus import publish
from events.catalogue import AutomaticRuleStarted, AutomaticRuleStopped
from moderation.models import AutomaticRule, Conditions, Rehearsal
from moderation.models.conditions import ANYBODY, AUTHOR, hours_in_words
from moderation.policies import may_write_automatic_rules

State = AutomaticRule.State
_NAME_LENGTH = 80
_NUMBERS = {  # the least and the most of each
    "links": (1, 50),
    "strangers": (1, 50),
    "repeats": (2, 1000),
    "pace": (1, 1000),
}
_MOST_HOURS = {"younger_than_hours": 24 * 365, "new_site_hours": 24 * 90}


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What the form says. `reason` is what an author reads whom the rule limits."""

    name: str
    conditions: Conditions
    outcome: str
    reason: str = ""


@transaction.atomic
def write_automatic_rule(staff: User, draft: RuleDraft) -> AutomaticRule:
    """A new rule, which catches nothing yet. Raises NotAllowed, Invalid for what makes no rule, and beyond
    AUTOMATIC_RULES_MAX that are not off.
    """
    _check(staff)
    if AutomaticRule.objects.exclude(state=State.OFF).count() >= settings.AUTOMATIC_RULES_MAX:
        raise Invalid(f"There are {settings.AUTOMATIC_RULES_MAX} rules already. Switch one off first.")
    rule = AutomaticRule.objects.create(**_columns(draft), written_by=staff)
    record(staff, Deed.ADD_AUTOMATIC_RULE, subject_of(rule), {}, _facts(rule))
    return rule


@transaction.atomic
def change_automatic_rule(staff: User, rule: AutomaticRule, draft: RuleDraft) -> AutomaticRule:
    """Say it otherwise. With other conditions it is a draft again, and has to be rehearsed before it is live;
    what runs of a rehearsal of the former ones is stopped. The same changes nothing. Raises as
    `write_automatic_rule` does.
    """
    _check(staff)
    current = _held(rule)
    before, was_live, asked = _facts(current), current.is_live, current.asked
    for name, value in _columns(draft).items():
        setattr(current, name, value)
    if current.asked != asked:
        current.state, current.live_since = State.DRAFT, None
        running = Rehearsal.objects.filter(rule=current, state=Rehearsal.State.RUNNING)
        running.update(state=Rehearsal.State.STOPPED)
    if _facts(current) != before:
        current.save()
        record(staff, Deed.CHANGE_AUTOMATIC_RULE, subject_of(current), before, _facts(current))
        if was_live and not current.is_live:
            publish(AutomaticRuleStopped(current.pk))
    return current


@transaction.atomic
def start_automatic_rule(staff: User, rule: AutomaticRule, undoes: AuditEntry | None = None) -> None:
    """From now on it catches what is said; twice is harmless. Raises NotAllowed, and Invalid unless it was
    rehearsed to the end with just these conditions.
    """
    _check(staff)
    current = _held(rule)
    if not current.is_live:
        done = Rehearsal.objects.filter(rule=current, state=Rehearsal.State.DONE)
        if current.asked not in done.values_list("asked", flat=True):
            raise Invalid("Rehearse it first: with these conditions nobody knows what it would catch.")
        _switch(staff, Deed.START_AUTOMATIC_RULE, current, State.LIVE, undoes)
        publish(AutomaticRuleStarted(current.pk))
    rule.refresh_from_db()


@transaction.atomic
def stop_automatic_rule(staff: User, rule: AutomaticRule, undoes: AuditEntry | None = None) -> None:
    """It catches nothing more; what it caught stays as it is. Twice is harmless. Raises NotAllowed."""
    _check(staff)
    current = _held(rule)
    if current.state != State.OFF:
        was_live = current.is_live
        _switch(staff, Deed.STOP_AUTOMATIC_RULE, current, State.OFF, undoes)
        if was_live:
            publish(AutomaticRuleStopped(current.pk))
    rule.refresh_from_db()


def _held(rule: AutomaticRule) -> AutomaticRule:
    return AutomaticRule.objects.select_for_update().get(pk=rule.pk)


def _switch(staff: User, deed: Deed, rule: AutomaticRule, state: str, undoes: AuditEntry | None) -> None:
    before = rule.state
    rule.state, rule.live_since = state, timezone.now() if state == State.LIVE else None
    rule.save(update_fields=["state", "live_since"])
    record(staff, deed, subject_of(rule), {"state": before}, {"state": state}, undoes=undoes)


def _columns(draft: RuleDraft) -> dict[str, object]:
    name, reason = tidy_line(draft.name), tidy_text(draft.reason)
    if not name or len(name) > _NAME_LENGTH:
        raise Invalid(f"Give it a name of at most {_NAME_LENGTH} characters.", "name")
    if draft.outcome not in AutomaticRule.Outcome.values:
        raise Invalid("Choose what happens.", "outcome")
    if draft.outcome == AutomaticRule.Outcome.LIMIT and not reason:
        raise Invalid("Say why. Whoever is limited reads it.", "reason")
    if len(reason) > settings.REASON_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.REASON_MAX_LENGTH} characters.", "reason")
    asked = _checked(draft.conditions).as_json()
    return {"name": name, "reason": reason, "outcome": draft.outcome, "asked": asked}


def _checked(asked: Conditions) -> Conditions:
    for name, (least, most) in _NUMBERS.items():
        value = getattr(asked, name)
        if value is not None and not least <= value <= most:
            raise Invalid(f"Use a number from {least} to {most}.", name)
    for name, most in _MOST_HOURS.items():
        value = getattr(asked, name)
        if value is not None and not 1 <= value <= most:
            raise Invalid(f"Use at least 1 hour and at most {hours_in_words(most)}.", name)
    asked = replace(
        asked,
        repeats_minutes=_within(asked.repeats, asked.repeats_minutes, "repeats_minutes"),
        pace_minutes=_within(asked.pace, asked.pace_minutes, "pace_minutes"),
    )
    if asked.repeats_by not in (AUTHOR, ANYBODY):
        raise Invalid("Choose by whom.", "repeats_by")
    asked = replace(asked, keywords=_words(asked.keywords))
    if asked.are_empty:
        raise Invalid("Without a condition it would catch everything. Fill in at least one.")
    return asked


def _within(number: int | None, minutes: int | None, field: str) -> int | None:
    """None where nothing is asked within them."""
    if number is None:
        return None
    most = settings.AUTOMATIC_WINDOW_MINUTES
    if minutes is None or not 1 <= minutes <= most:
        raise Invalid(f"Say within how many minutes, from 1 to {most}.", field)
    return minutes


def _words(typed: tuple[str, ...]) -> tuple[str, ...]:
    words = {fold_once(word): word for line in typed if (word := tidy_line(line))}
    words.pop("", None)
    if len(words) > settings.AUTOMATIC_WORDS_MAX:
        raise Invalid(f"Use at most {settings.AUTOMATIC_WORDS_MAX} words.", "keywords")
    if any(len(word) > settings.AUTOMATIC_WORD_MAX_LENGTH for word in words.values()):
        raise Invalid(f"Use at most {settings.AUTOMATIC_WORD_MAX_LENGTH} characters in a line.", "keywords")
    return tuple(words.values())


def _facts(rule: AutomaticRule) -> dict[str, object]:
    return {
        "name": rule.name,
        "conditions": list(rule.conditions.sentences()),
        "outcome": rule.outcome,
        "reason": rule.reason,
        "state": rule.state,
    }


def subject_of(rule: AutomaticRule) -> Subject:
    """As the audit log names it."""
    return Subject("automatic rule", rule.pk, rule.name)


def _check(staff: User) -> None:
    if not may_write_automatic_rules(staff):
        raise NotAllowed("Only administrators write automatic rules.")
