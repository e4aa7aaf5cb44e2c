"""Trends in the admin: seen with their score and state, shown and hidden, never written."""

import pytest
from django.contrib.auth.models import Permission

from analytics.actions import hide_trend, recount_trends
from analytics.models import Trend
from tests.factories import make_tweet, make_user
from tweets.models import Hashtag

pytestmark = pytest.mark.django_db

LIST = "/admin/analytics/trend/"


@pytest.fixture
def as_staff(staff, as_person):
    return as_person(staff)


def trend(*names):
    for person in [make_user() for _ in range(3)]:
        make_tweet(person, " ".join(f"#{name}" for name in names))
    recount_trends()


def act(client, action, *names):
    chosen = Trend.objects.filter(hashtag__name__in=names).values_list("pk", flat=True)
    return client.post(LIST, {"action": action, "_selected_action": list(chosen)}, follow=True)


def names_shown(response) -> set[str]:
    return {trend.hashtag.name for trend in response.context["cl"].result_list}


def test_the_list_says_how_many_and_in_which_state(as_staff):
    trend("tea")
    text = as_staff.get(LIST).text
    assert '<a href="/tags/tea">#tea</a>' in text
    assert '<td class="field-rounded">3.0</td>' in text
    assert '<td class="field-people">3</td>' in text
    assert '<td class="field-state">Listed</td>' in text


def test_staff_hide_and_show(as_staff, staff):
    trend("tea", "cake")
    assert "Hidden: #tea." in act(as_staff, "hide", "tea").text
    assert Hashtag.objects.get(name="tea").is_unlisted
    assert not Hashtag.objects.get(name="cake").is_unlisted
    assert "Shown: #tea." in act(as_staff, "show", "tea").text
    assert not Hashtag.objects.get(name="tea").is_unlisted
    assert Trend.objects.get(hashtag__name="tea").decided_by == staff


def test_states_can_be_looked_through(as_staff, staff, settings):
    trend("tea", "cake")
    hide_trend(staff, Hashtag.objects.get(name="cake"))
    assert names_shown(as_staff.get(f"{LIST}?state=hidden")) == {"cake"}
    assert names_shown(as_staff.get(f"{LIST}?state=listed")) == {"tea"}
    assert names_shown(as_staff.get(f"{LIST}?state=waiting")) == set()
    settings.TRENDS_NEED_APPROVAL = True
    assert names_shown(as_staff.get(f"{LIST}?state=listed")) == set()
    assert names_shown(as_staff.get(f"{LIST}?state=waiting")) == {"tea"}
    act(as_staff, "show", "tea")
    assert names_shown(as_staff.get(f"{LIST}?state=listed")) == {"tea"}


def test_who_may_not_see_trends_decides_nothing(as_alice, client, as_person):
    trend("tea")
    helper = make_user("helper", is_staff=True)
    for person in (as_alice, client, as_person(helper)):
        assert person.get(LIST).status_code in (302, 403)
        act(person, "hide", "tea")
        assert not Hashtag.objects.get().is_unlisted
    helper.user_permissions.add(Permission.objects.get(codename="view_trend"))
    act(as_person(helper), "hide", "tea")
    assert Hashtag.objects.get().is_unlisted


def test_nothing_is_written_added_or_deleted_here(as_staff):
    trend("tea")
    row = Trend.objects.get()
    assert as_staff.get(f"{LIST}add/").status_code == 403
    assert as_staff.post(f"{LIST}{row.pk}/change/", {"score": 9}).status_code == 403
    assert as_staff.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    act(as_staff, "delete_selected", "tea")
    assert Trend.objects.get().score == row.score


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_staff, number, django_assert_max_num_queries):
    trend(*[f"t{n}" for n in range(number)])
    as_staff.get(LIST)
    with django_assert_max_num_queries(8):
        assert len(names_shown(as_staff.get(LIST))) == number
