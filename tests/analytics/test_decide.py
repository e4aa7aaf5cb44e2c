"""What staff decide about trends: shown, hidden, and, where a setting asks for it, approved before."""

import pytest

from analytics.actions import hide_trend, recount_trends, show_trend
from analytics.models import Trend
from analytics.queries import trending_tags
from common.errors import NotAllowed
from events.catalogue import TagHidden, TagShown, TrendApproved
from search.queries import tags_found
from search.query_language import read_question
from tests.factories import make_tweet
from tweets.models import Hashtag
from tweets.queries import tags_beginning

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea(alice, bob, carol) -> Hashtag:
    for person in (alice, bob, carol):
        make_tweet(person, "#tea")
    recount_trends()
    return Hashtag.objects.get(name="tea")


def listed() -> list[str]:
    return [tag.name for tag in trending_tags()]


def state(tag: Hashtag) -> str:
    return Trend.objects.get(hashtag=tag).state


def test_without_the_setting_it_is_listed_at_once(tea):
    assert listed() == ["tea"]
    assert state(tea) == "listed"


def test_with_the_setting_it_waits_for_staff(tea, staff, settings):
    settings.TRENDS_NEED_APPROVAL = True
    assert listed() == []
    assert state(tea) == "waiting"
    show_trend(staff, tea)
    recount_trends()
    assert listed() == ["tea"]
    assert state(tea) == "listed"
    assert Trend.objects.get().decided_by == staff


def test_hidden_it_is_offered_nowhere_and_shown_it_comes_back(tea, staff, client):
    hide_trend(staff, tea)
    recount_trends()
    assert listed() == []
    assert state(tea) == "hidden"
    assert tags_beginning("te") == {}
    assert tags_found(read_question("te"), 5) == []
    assert "#tea" in client.get("/tags/tea").text
    show_trend(staff, tea)
    assert listed() == ["tea"]
    assert tags_beginning("te") == {"tea": 3}
    assert tags_found(read_question("te"), 5) == ["tea"]


def test_what_is_announced_once(tea, staff, announced):
    with announced() as events:
        for _ in range(2):
            show_trend(staff, tea)
        for _ in range(2):
            hide_trend(staff, tea)
        for _ in range(2):
            show_trend(staff, tea)

    ids = {"tag_id": tea.id, "staff_id": staff.id}
    assert events == [TrendApproved(**ids), TagHidden(**ids), TagShown(**ids)]


@pytest.mark.parametrize("action", [show_trend, hide_trend])
def test_only_staff_decide(tea, alice, action):
    with pytest.raises(NotAllowed):
        action(alice, tea)
    assert listed() == ["tea"]
    assert Trend.objects.get().decided_at is None


def test_a_row_that_went_meanwhile_is_decided_all_the_same(tea, staff):
    Trend.objects.all().delete()
    hide_trend(staff, tea)
    assert state(tea) == "hidden"


def test_the_decision_stays_when_staff_leave(tea, staff):
    hide_trend(staff, tea)
    staff.delete()
    assert Trend.objects.get().decided_by is None
    assert state(tea) == "hidden"
