"""Which pages many people link to just now, and what staff decide about them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import suspend_user
from accounts.models import User
from analytics.actions import hide_link_trend, recount_link_trends, show_link_trend
from analytics.models import LinkTrend
from analytics.queries import trending_links
from attachments.models import LinkCard
from common.errors import NotAllowed
from tests.factories import make_page, make_tweet, make_user
from tweets.actions import delete_tweet, hide_tweet, take_up_link
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
URL, OTHER = "https://example.org/tides", "https://example.org/seeds"


@pytest.fixture
def crowd(db) -> list[User]:
    return [make_user() for _ in range(4)]


def linked(url: str, people: list[User], **choices: object) -> list[Tweet]:
    if not LinkCard.objects.filter(url=url).exists():
        make_page(url, title=url)
    tweets = [make_tweet(person, url, **choices) for person in people]
    for tweet in tweets:
        take_up_link(tweet.id)
    return tweets


def trending() -> list[tuple[str, int]]:
    recount_link_trends()
    return [(link.card.url, link.people) for link in trending_links()]


def test_what_more_people_link_to_stands_first(crowd):
    linked(OTHER, crowd[:3])
    linked(URL, crowd)
    assert trending() == [(URL, 4), (OTHER, 3)]


def test_two_people_are_not_many_and_nobody_counts_twice(crowd):
    linked(URL, [crowd[0]] * 5 + [crowd[1]])
    assert trending() == []


def test_older_links_count_less_and_too_old_ones_not_at_all(crowd):
    now = timezone.now()
    linked(OTHER, crowd)
    with time_machine.travel(now + timedelta(hours=40)):
        linked(URL, crowd[:3])
        assert trending() == [(URL, 3), (OTHER, 4)]
    with time_machine.travel(now + timedelta(hours=50)):
        assert trending() == [(URL, 3)]
    with time_machine.travel(now + timedelta(hours=89)):
        assert trending() == []
        assert not LinkTrend.objects.exists()


@pytest.mark.parametrize(
    "choices", [{"visibility": "followers"}, {"visibility": "quiet"}, {"is_sensitive": True}]
)
def test_only_what_was_said_to_everybody_counts(crowd, choices):
    linked(URL, crowd[:2])
    linked(URL, crowd[2:], **choices)
    assert trending() == []


def test_hidden_deleted_suspended_and_those_who_do_not_wish_to_be_found_do_not_count(crowd, staff):
    tweets = linked(URL, crowd)
    assert trending() == [(URL, 4)]
    hide_tweet(staff, tweets[0])
    assert trending() == [(URL, 3)]
    delete_tweet(crowd[1], tweets[1])
    assert trending() == []
    linked(URL, crowd[:2])
    assert trending() == [(URL, 4)]
    suspend_user(staff, crowd[2])
    User.objects.filter(pk=crowd[3].pk).update(is_findable=False)
    assert trending() == []


def test_a_page_that_says_nothing_does_not_stand_there(crowd):
    linked(URL, crowd)
    LinkCard.objects.update(state=LinkCard.State.EMPTY)
    assert trending() == []


def test_staff_hide_a_page_for_good_and_show_it_again(crowd, staff):
    linked(URL, crowd)
    assert trending() == [(URL, 4)]
    card = LinkCard.objects.get()
    hide_link_trend(staff, card)
    assert trending_links() == []
    assert trending() == []
    show_link_trend(staff, card)
    show_link_trend(staff, card)
    assert [link.people for link in trending_links()] == [4]


def test_a_decision_outlives_the_trend(crowd, staff):
    make_page(URL)
    hide_link_trend(staff, LinkCard.objects.get())
    assert trending() == []
    linked(URL, crowd)
    assert trending() == []


def test_where_staff_approve_nothing_stands_there_before(crowd, staff, settings):
    settings.TRENDS_NEED_APPROVAL = True
    linked(URL, crowd)
    assert trending() == []
    show_link_trend(staff, LinkCard.objects.get())
    assert [link.people for link in trending_links()] == [4]


def test_nobody_else_decides(crowd, alice):
    linked(URL, crowd)
    trending()
    for decide in (hide_link_trend, show_link_trend):
        with pytest.raises(NotAllowed):
            decide(alice, LinkCard.objects.get())
    assert LinkTrend.objects.get().is_shown is None


def test_counting_takes_a_fixed_number_of_queries(crowd, django_assert_max_num_queries):
    for number in range(10):
        linked(f"https://example.org/{number}", crowd)
    with django_assert_max_num_queries(8):
        recount_link_trends()
    assert len(trending_links()) == 10
