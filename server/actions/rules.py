"""Writing the rules. Each deed is written down in its own transaction (audit)."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.texts import tidy_line
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from server.models import Rule
from server.policies import may_edit_rules


@transaction.atomic
def add_rule(staff: User, text: str, hint: str = "", position: int = 0) -> Rule:
    """One more rule. Raises NotAllowed, and Invalid for an empty or long text, for one that is in force
    already, and beyond RULES_MAX.
    """
    _check(staff)
    if Rule.objects.in_force().count() >= settings.RULES_MAX:
        raise Invalid(f"{settings.RULES_MAX} rules are the most that anybody reads. Withdraw one first.")
    said = _said(text, hint)
    if Rule.objects.in_force().filter(text=said["text"]).exists():
        raise Invalid("This is a rule already.", "text")
    rule = Rule.objects.create(**said, position=position)
    record(staff, Deed.ADD_RULE, _subject(rule), {}, _facts(rule))
    return rule


@transaction.atomic
def change_rule(
    staff: User,
    rule: Rule,
    text: str,
    hint: str = "",
    position: int = 0,
    undoes: AuditEntry | None = None,
) -> Rule:
    """Say it otherwise, or in another place. Saying the same changes nothing. Raises as add_rule does."""
    _check(staff)
    rule.refresh_from_db(from_queryset=Rule.objects.select_for_update(no_key=True))  # two may change it
    before = _facts(rule)
    for name, value in {**_said(text, hint), "position": position}.items():
        setattr(rule, name, value)
    if _facts(rule) != before:
        rule.save(update_fields=["text", "hint", "position"])
        record(staff, Deed.CHANGE_RULE, _subject(rule), before, _facts(rule), undoes=undoes)
    return rule


@transaction.atomic
def withdraw_rule(staff: User, rule: Rule, undoes: AuditEntry | None = None) -> None:
    """It holds no longer; twice is harmless. Raises NotAllowed."""
    _check(staff)
    if Rule.objects.filter(pk=rule.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now()):
        before, after = {"in force": True}, {"in force": False}
        record(staff, Deed.WITHDRAW_RULE, _subject(rule), before, after, undoes=undoes)


@transaction.atomic
def bring_back_rule(staff: User, rule: Rule, undoes: AuditEntry | None = None) -> None:
    """It holds again; twice is harmless. Raises NotAllowed."""
    _check(staff)
    if Rule.objects.filter(pk=rule.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        before, after = {"in force": False}, {"in force": True}
        record(staff, Deed.BRING_BACK_RULE, _subject(rule), before, after, undoes=undoes)


def _said(text: str, hint: str) -> dict[str, str]:
    text, hint = tidy_line(text), tidy_line(hint)
    if not text:
        raise Invalid("Say what the rule is.", "text")
    for field, value, most in (
        ("text", text, settings.RULE_MAX_LENGTH),
        ("hint", hint, settings.RULE_HINT_MAX_LENGTH),
    ):
        if len(value) > most:
            raise Invalid(f"Use at most {most} characters; this has {len(value)}.", field)
    return {"text": text, "hint": hint}


def _facts(rule: Rule) -> dict[str, object]:
    return {"text": rule.text, "hint": rule.hint, "position": rule.position}


def _subject(rule: Rule) -> Subject:
    return Subject("rule", rule.pk, rule.text)


def _check(staff: User) -> None:
    if not may_edit_rules(staff):
        raise NotAllowed("Only administrators write the rules.")
