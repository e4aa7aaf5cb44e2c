"""Rules: written, changed, withdrawn and brought back by administrators."""

import pytest
from django.test import override_settings

from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from server.actions import add_rule, bring_back_rule, change_rule, withdraw_rule
from server.queries import all_rules, rules
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_rules_stand_in_their_order_until_they_are_withdrawn(staff):
    second = add_rule(staff, "No  spam.", "Adverts without end.", position=2)
    first = add_rule(staff, "Be kind.", position=1)
    assert [rule.text for rule in rules()] == ["Be kind.", "No spam."]
    withdraw_rule(staff, first)
    withdraw_rule(staff, first)
    assert rules() == [second]
    assert all_rules() == [second, first]
    bring_back_rule(staff, first)
    bring_back_rule(staff, first)
    assert rules() == [first, second]
    told = [entry.deed for entry in AuditEntry.objects.order_by("id")]
    assert told == ["add_rule", "add_rule", "withdraw_rule", "bring_back_rule"]


def test_the_same_is_not_written_twice(staff):
    rule = add_rule(staff, "Be kind.")
    with pytest.raises(Invalid):
        add_rule(staff, "Be  kind.", "To all.")
    withdraw_rule(staff, rule)
    assert add_rule(staff, "Be kind.").pk != rule.pk


def test_a_change_tells_what_it_said_before(staff):
    rule = add_rule(staff, "Be kind.")
    change_rule(staff, rule, "Be kind.")
    change_rule(staff, rule, "Be kind to all.", position=3)
    entry = AuditEntry.objects.get(deed="change_rule")
    assert (entry.before["text"], entry.after["text"]) == ("Be kind.", "Be kind to all.")


def test_nothing_and_too_much_are_refused(staff):
    for text, hint in (("", ""), ("   ", ""), ("x" * 301, ""), ("x", "x" * 1001)):
        with pytest.raises(Invalid):
            add_rule(staff, text, hint)
    with override_settings(RULES_MAX=1):
        add_rule(staff, "Be kind.")
        with pytest.raises(Invalid):
            add_rule(staff, "No spam.")


def test_only_administrators_write_them(staff, alice):
    rule = add_rule(staff, "Be kind.")
    for person in (alice, make_user(role="moderator")):
        for deed in (
            lambda who: add_rule(who, "Obey."),
            lambda who: change_rule(who, rule, "Obey."),
            lambda who: withdraw_rule(who, rule),
            lambda who: bring_back_rule(who, rule),
        ):
            with pytest.raises(NotAllowed):
                deed(person)
    assert [one.text for one in rules()] == ["Be kind."]
