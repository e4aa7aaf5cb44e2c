"""Writing automatic rules, and switching them on and off."""

from dataclasses import replace

import pytest

from audit.models import AuditEntry
from common.errors import Conflict, Invalid, NotAllowed
from events.catalogue import AutomaticRuleStarted, AutomaticRuleStopped
from moderation.actions import (
    RuleDraft,
    change_automatic_rule,
    rehearse,
    start_automatic_rule,
    stop_automatic_rule,
    undo_deed,
    write_automatic_rule,
)
from moderation.automatic import live
from moderation.models import AutomaticRule, Conditions, Rehearsal
from moderation.queries import automatic_rule, automatic_rules, rules_are_live
from tests.moderation.making import draft_of, make_live_rule, make_rule, rehearsed

pytestmark = pytest.mark.django_db
State = AutomaticRule.State


def last() -> AuditEntry:
    return AuditEntry.objects.order_by("-id")[0]


def test_a_new_rule_is_a_draft_and_written_down(admin):
    rule = make_rule(admin)
    assert (rule.state, rule.conditions) == (State.DRAFT, Conditions(keywords=("casino",)))
    assert (last().deed, last().actor, last().subject) == ("add_automatic_rule", "@ada", "Casinos")
    assert last().after["conditions"] == ["Any of these words: casino"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"outcome": "burn"}, "outcome"),
        ({"outcome": "limit", "reason": " "}, "reason"),
        ({"outcome": "limit", "reason": "x" * 2001}, "reason"),
        ({"conditions": Conditions()}, ""),
        ({"conditions": Conditions(keywords=(" ", "\u200b"))}, ""),
        ({"conditions": Conditions(links=0)}, "links"),
        ({"conditions": Conditions(younger_than_hours=0)}, "younger_than_hours"),
        ({"conditions": Conditions(strangers=51)}, "strangers"),
        ({"conditions": Conditions(repeats=1, repeats_minutes=5)}, "repeats"),
        ({"conditions": Conditions(repeats=2)}, "repeats_minutes"),
        ({"conditions": Conditions(repeats=2, repeats_minutes=1441)}, "repeats_minutes"),
        ({"conditions": Conditions(repeats=2, repeats_minutes=5, repeats_by="dogs")}, "repeats_by"),
        ({"conditions": Conditions(pace=3)}, "pace_minutes"),
        ({"conditions": Conditions(pace=0, pace_minutes=3)}, "pace"),
        ({"conditions": Conditions(keywords=tuple(f"w{number}" for number in range(201)))}, "keywords"),
        ({"conditions": Conditions(keywords=("x" * 101,))}, "keywords"),
    ],
)
def test_what_makes_no_rule_is_refused(admin, changes, field):
    with pytest.raises(Invalid) as refused:
        write_automatic_rule(admin, replace(draft_of(), **changes))
    assert (refused.value.field or "") == field
    assert not AutomaticRule.objects.exists()


def test_keywords_are_tidied_and_each_kept_once(admin):
    rule = make_rule(admin, keywords=("  Casino ", "casino", "", "Big   win"))
    assert len(rule.conditions.keywords) == 2
    assert "Big win" in rule.conditions.keywords


def test_minutes_of_what_is_not_asked_are_forgotten(admin):
    assert make_rule(admin, links=1, pace_minutes=5, repeats_minutes=5).asked == {"links": 1}


def test_only_so_many(admin, settings):
    settings.AUTOMATIC_RULES_MAX = 1
    rule = make_rule(admin)
    with pytest.raises(Invalid):
        make_rule(admin)
    stop_automatic_rule(admin, rule)
    make_rule(admin)


@pytest.mark.parametrize("who", ["moderator", "alice"])
def test_others_neither_write_nor_switch(who, request, admin):
    person, rule = request.getfixturevalue(who), make_live_rule(admin)
    for deed in (
        lambda: make_rule(person),
        lambda: change_automatic_rule(person, rule, draft_of()),
        lambda: rehearse(person, rule),
        lambda: start_automatic_rule(person, rule),
        lambda: stop_automatic_rule(person, rule),
    ):
        with pytest.raises(NotAllowed):
            deed()
    rule.refresh_from_db()
    assert rule.is_live


def test_no_rule_is_live_without_a_rehearsal_of_just_its_conditions(admin, announced):
    rule = make_rule(admin)
    with pytest.raises(Invalid, match="Rehearse it first"):
        start_automatic_rule(admin, rule)
    rehearse(admin, rule)  # begun is not done
    with pytest.raises(Invalid):
        start_automatic_rule(admin, rule)
    rehearsed(admin, rule)
    change_automatic_rule(admin, rule, draft_of(keywords=("casino", "bonus")))
    with pytest.raises(Invalid):
        start_automatic_rule(admin, rule)
    change_automatic_rule(admin, rule, draft_of())  # as it was rehearsed
    with announced() as events:
        start_automatic_rule(admin, rule)
        start_automatic_rule(admin, rule)
    assert rule.is_live
    assert rule.live_since is not None
    assert events == [AutomaticRuleStarted(rule.pk)]


def test_other_conditions_make_a_live_rule_a_draft_again(admin, announced):
    rule = make_live_rule(admin)
    with announced() as events:
        change_automatic_rule(admin, rule, draft_of(links=1))
    rule.refresh_from_db()
    assert (rule.state, rule.live_since) == (State.DRAFT, None)
    assert events == [AutomaticRuleStopped(rule.pk)]
    assert (last().before["state"], last().after["state"]) == ("live", "draft")


def test_another_name_or_outcome_needs_no_rehearsal(admin):
    rule = make_live_rule(admin)
    changed = change_automatic_rule(admin, rule, RuleDraft("Gambling", rule.conditions, "report"))
    assert (changed.name, changed.outcome, changed.is_live) == ("Gambling", "report", True)


def test_saying_the_same_changes_nothing(admin):
    rule = make_live_rule(admin)
    before = AuditEntry.objects.count()
    assert change_automatic_rule(admin, rule, draft_of()).is_live
    assert AuditEntry.objects.count() == before


def test_a_change_stops_the_rehearsal_of_the_former_conditions(admin):
    rule = make_rule(admin)
    rehearsal = rehearse(admin, rule)
    change_automatic_rule(admin, rule, draft_of(links=3))
    rehearsal.refresh_from_db()
    assert rehearsal.state == Rehearsal.State.STOPPED


def test_switching_off_is_undone_and_so_is_switching_on(admin):
    rule = make_live_rule(admin)
    stop_automatic_rule(admin, rule)
    stop_automatic_rule(admin, rule)
    assert rule.state == State.OFF
    undo_deed(admin, last())
    rule.refresh_from_db()
    assert rule.is_live
    undo_deed(admin, last())
    rule.refresh_from_db()
    assert rule.state == State.OFF
    with pytest.raises(Conflict):
        undo_deed(admin, AuditEntry.objects.get(deed="add_automatic_rule"))


def test_a_process_knows_at_once_what_it_did_itself_and_soon_what_others_did(
    admin, events_happen, monkeypatch
):
    clock = [1000.0]
    monkeypatch.setattr(live.time, "monotonic", lambda: clock[0])
    live.ask_anew()
    assert not rules_are_live()
    with events_happen():
        rule = make_live_rule(admin)
    assert rules_are_live()
    AutomaticRule.objects.filter(pk=rule.pk).update(state=State.OFF)  # as another process does
    assert rules_are_live()
    clock[0] += live.KEPT_SECONDS + 1
    assert not rules_are_live()


def test_asking_whether_any_is_live_costs_no_query(admin, django_assert_num_queries):
    live.ask_anew()
    rules_are_live()
    with django_assert_num_queries(0):
        assert not rules_are_live()


def test_how_each_stands(admin):
    rule = make_rule(admin)
    assert automatic_rule(rule.pk).standing == "Draft"
    rehearse(admin, rule)
    assert automatic_rule(rule.pk).standing == "Being rehearsed"
    rehearsed(admin, rule)
    assert automatic_rule(rule.pk).standing == "Rehearsed"
    start_automatic_rule(admin, rule)
    assert automatic_rule(rule.pk).standing == "Live"
    stop_automatic_rule(admin, rule)
    assert automatic_rule(rule.pk).standing == "Off"


def test_the_list_costs_the_same_for_many(admin, django_assert_num_queries):
    make_live_rule(admin)
    for number in range(10):
        rehearsed(admin, make_rule(admin, links=number + 1))
    with django_assert_num_queries(3):
        rows = automatic_rules()
    assert [row.standing for row in rows] == ["Live", *["Rehearsed"] * 10]
