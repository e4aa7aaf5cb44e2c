"""Several of staff who decide the same at the same moment: one of them does, the others are told."""

import pytest

from joining.actions import approve, join, refuse
from joining.queries import waiting_of
from moderation.actions import file_report, take_measure
from moderation.models import Measure
from tests.attacks.crowd import at_once
from tests.factories import make_user
from tests.joining.test_join import REASON, wish

pytestmark = pytest.mark.django_db(transaction=True)
FOUR = 4


@pytest.fixture
def team():
    return [make_user(role="admin") for _ in range(FOUR)]


def test_a_report_leads_to_one_measure(team, alice, bob):
    report = file_report(alice, bob, category="spam")
    deeds = [
        lambda who=who, number=number: take_measure(who, bob, "warn", f"Reason {number}.", report=report)
        for number, who in enumerate(team)
    ]
    assert at_once(*deeds) == []
    assert Measure.objects.count() == 1


def test_somebody_is_let_in_or_turned_away(team, set_joining):
    set_joining(mode="approval")
    asked = waiting_of(join(wish(reason=REASON)))
    done = []
    deeds = [
        lambda who=who, decide=decide: done.append(decide(who, asked))
        for who, decide in zip(team, [approve, refuse] * (FOUR // 2), strict=True)
    ]
    assert at_once(*deeds) == []
    assert sorted(done) == [False] * (FOUR - 1) + [True]
