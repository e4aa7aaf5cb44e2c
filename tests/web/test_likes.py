"""The heart under a tweet."""

import pytest
from django.test import Client

from relationships.actions import block_user
from tests.factories import make_tweet, make_user
from tests.web import gestures
from tests.web.gestures import FRAGMENT, press
from tweets.actions import hide_tweet, retweet
from tweets.models import Like

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "like me")


def counted(tweet):
    tweet.refresh_from_db()
    return (tweet.likes_count, Like.objects.count())


def test_liking_and_no_longer_liking(as_bob, tweet):
    press(as_bob, tweet, "like")
    assert counted(tweet) == (1, 1)
    page = as_bob.get(tweet.path).content.decode()
    assert f'formaction="{tweet.path}/unlike" aria-pressed="true"' in page
    press(as_bob, tweet, "unlike")
    assert counted(tweet) == (0, 0)
    assert f'formaction="{tweet.path}/like" aria-pressed="false"' in as_bob.get(tweet.path).content.decode()


def test_twice_is_harmless(as_bob, tweet):
    for _ in range(2):
        assert press(as_bob, tweet, "like").status_code == 302
        assert counted(tweet) == (1, 1)
    for _ in range(2):
        assert press(as_bob, tweet, "unlike").status_code == 302
        assert counted(tweet) == (0, 0)


def test_without_scripts_it_leads_back_to_the_card(as_bob, tweet):
    gestures.leads_back_to_the_card(as_bob, tweet, "like")
    gestures.leads_back_to_the_card(as_bob, tweet, "unlike")


def test_htmx_gets_the_row_as_it_stands_now(as_bob, tweet):
    html = gestures.answers_only_the_row(as_bob, tweet, "like")
    assert f'formaction="{tweet.path}/unlike" aria-pressed="true"' in html
    assert 'aria-label="Like, 1"' in html
    assert "<b>1</b> Like</a>" in html
    assert 'aria-pressed="true"' not in gestures.answers_only_the_row(as_bob, tweet, "unlike")


def test_visitors_log_in_first_and_nothing_is_done_meanwhile(client, as_bob, tweet):
    gestures.leads_visitors_to_log_in_and_back(client, tweet, "like")
    assert counted(tweet) == (0, 0)
    assert as_bob.get(f"{tweet.path}/like").url == tweet.path
    assert counted(tweet) == (0, 0)


def test_a_script_of_a_visitor_is_told_where_to_go(client, tweet):
    answer = press(client, tweet, "like", **FRAGMENT)
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/login/?next=")


def test_what_one_may_not_see_one_may_not_like(as_bob, alice, bob, staff, tweet):
    missing = as_bob.post("/@alice/12345/like")
    hide_tweet(staff, tweet)
    hidden = press(as_bob, tweet, "like")
    assert hidden.status_code == missing.status_code == 404
    other = make_tweet(alice)
    block_user(alice, bob)
    assert press(as_bob, other, "like").status_code == 404
    assert Like.objects.count() == 0


def test_unconfirmed_people_do_not_like_yet(as_person, tweet):
    answer = press(as_person(make_user("new", confirmed=False)), tweet, "like")
    assert answer.status_code == 403
    assert "Confirm your e-mail address" in answer.content.decode()
    assert counted(tweet) == (0, 0)


def test_without_its_token_a_form_is_refused(bob, tweet):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob)
    assert press(strict, tweet, "like").status_code == 403
    page = strict.get(tweet.path).content.decode()
    form = page.partition('<form id="act"')[2].partition("</form>")[0]
    token = form.partition('value="')[2].partition('"')[0]
    assert strict.post(f"{tweet.path}/like", {"csrfmiddlewaretoken": token}).status_code == 302
    assert counted(tweet) == (1, 1)


def test_visitors_pages_carry_no_token(client, tweet):
    page = client.get(tweet.path).content.decode()
    assert '<form id="act" action="/login/" hidden></form>' in page
    assert "csrfmiddlewaretoken" not in page


def test_liking_a_retweet_likes_the_tweet(as_bob, carol, tweet):
    row = retweet(carol, tweet)
    answer = as_bob.post(f"/@carol/{row.id}/like")
    assert answer.url.endswith(f"#t{tweet.id}")
    assert counted(tweet) == (1, 1)


def test_a_like_takes_a_fixed_number_of_queries(as_bob, alice, django_assert_max_num_queries):
    tweet = make_tweet(alice)
    press(as_bob, tweet, "like", **FRAGMENT)
    press(as_bob, tweet, "unlike", **FRAGMENT)
    with django_assert_max_num_queries(14):
        press(as_bob, tweet, "like", **FRAGMENT)
