"""Automatic rules for tests, through the same actions as the pages."""

from typing import Any

from accounts.models import User
from jobs.engines.embedded import run_pending
from moderation.actions import RuleDraft, rehearse, start_automatic_rule, write_automatic_rule
from moderation.models import AutomaticRule, Conditions, Rehearsal


def draft_of(outcome: str = "hold", name: str = "Casinos", reason: str = "", **asked: Any) -> RuleDraft:
    reason = reason or ("You advertised." if outcome == "limit" else "")
    return RuleDraft(name, Conditions(**(asked or {"keywords": ("casino",)})), outcome, reason)


def make_rule(staff: User, outcome: str = "hold", **asked: Any) -> AutomaticRule:
    """A draft. Without conditions it looks for the word casino."""
    return write_automatic_rule(staff, draft_of(outcome, **asked))


def rehearsed(staff: User, rule: AutomaticRule) -> Rehearsal:
    """To its end."""
    rehearsal = rehearse(staff, rule)
    run_pending(["chores"])
    rehearsal.refresh_from_db()
    return rehearsal


def make_live_rule(staff: User, outcome: str = "hold", **asked: Any) -> AutomaticRule:
    """Rehearsed and live. Whether this process knows of it is for `events_happen` to tell it."""
    rule = make_rule(staff, outcome, **asked)
    rehearsed(staff, rule)
    start_automatic_rule(staff, rule)
    return rule
