"""The Follow button of a tag, the list of followed ones, and the word on a card that says why it is there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relationships.actions import follow_user
from tests.factories import make_tweet, make_user
from timelines.actions import follow_tag, keep_home
from timelines.queries import tags_followed

pytestmark = pytest.mark.django_db


def test_a_plain_form_follows_and_unfollows(as_alice, alice):
    assert 'formaction="/tags/tea/follow"' in as_alice.get("/tags/tea").text
    response = as_alice.post("/tags/tea/follow", follow=True)
    assert response.redirect_chain[-1][0] == "/tags/tea"
    assert 'formaction="/tags/tea/unfollow"' in response.text
    assert tags_followed(alice) == ["tea"]
    as_alice.post("/tags/tea/unfollow")
    assert tags_followed(alice) == []


def test_htmx_gets_the_button_alone(as_alice):
    text = as_alice.post("/tags/tea/follow", headers={"HX-Request": "true"}).text
    assert 'hx-post="/tags/tea/unfollow"' in text
    assert "<main" not in text
    assert (
        'hx-post="/tags/tea/follow"'
        in as_alice.post("/tags/tea/unfollow", headers={"HX-Request": "true"}).text
    )


def test_a_tag_of_another_script(as_alice, alice):
    assert as_alice.post("/tags/日本/follow", follow=True).status_code == 200
    assert tags_followed(alice) == ["日本"]
    assert "#日本" in as_alice.get("/tags/").text


def test_a_visitor_is_led_to_log_in_and_back(client):
    assert 'href="/login/?next=/tags/tea"' in client.get("/tags/tea").text
    assert client.post("/tags/tea/follow").url == "/login/?next=%2Ftags%2Ftea"


def test_refusals_say_what_to_do(as_alice, alice, as_person, settings):
    unconfirmed = as_person(make_user(confirmed=False))
    assert unconfirmed.post("/tags/tea/follow").status_code == 403
    assert 'formaction="/tags/tea/follow"' not in unconfirmed.get("/tags/tea").text
    settings.TAGS_FOLLOWED_MAX = 1
    follow_tag(alice, "tea")
    assert "Unfollow one you no longer read" in as_alice.post("/tags/cake/follow", follow=True).text
    assert as_alice.post("/tags/cake/follow", headers={"HX-Request": "true"}).status_code == 400
    assert as_alice.get("/tags/cake/follow").url == "/tags/cake"
    assert tags_followed(alice) == ["tea"]


@pytest.mark.parametrize("name", ["12", "a%20b", "a%00b"])
def test_no_tag_is_not_followed(as_alice, alice, name):
    assert as_alice.post(f"/tags/{name}/follow").status_code in (302, 404)
    assert tags_followed(alice) == []


def test_the_list_asks_as_often_for_many_as_for_few(as_alice, alice):
    assert "You follow no tags" in as_alice.get("/tags/").text
    numbers = []
    for names in (["tea", "cake", "milk"], [f"tag{number}" for number in range(27)]):
        for name in names:
            follow_tag(alice, name)
        with CaptureQueriesContext(connection) as asked:
            text = as_alice.get("/tags/").text
        assert all(f'href="/tags/{name}"' in text for name in names)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_a_card_at_home_says_why_it_is_there(as_alice, alice, bob, carol, events_happen):
    keep_home(alice)
    with events_happen():
        follow_tag(alice, "tea")
        follow_user(alice, carol)
        make_tweet(bob, "#tea at five")
        make_tweet(carol, "more #tea")
    for path in ("/", "/?page=1", "/?cursor=9000000000000000000"):
        text = as_alice.get(path).text
        assert text.count('Because you follow <a href="/tags/tea"><bdi>#tea</bdi></a>') == 1
    assert "Because you follow" not in as_alice.get("/@bob").text


def test_who_follows_tags_alone_reads_them_at_home(as_alice, alice, bob, events_happen):
    keep_home(alice)
    with events_happen():
        follow_tag(alice, "tea")
        make_tweet(alice, "hello")
        make_tweet(bob, "#tea at five")
    text = as_alice.get("/").text
    assert text.count("at five") >= 1
    assert "Because you follow" in text
