"""The first three steps: each a plain page, each can be skipped, nobody is led there twice."""

import pytest
from django.utils import timezone

from accounts.models import User
from analytics.models import Trend
from tests.factories import PASSWORD, make_tweet, make_user, picture_file
from tweets.actions import hide_tag
from tweets.models import Hashtag

pytestmark = pytest.mark.django_db
STEPS = ["/welcome/1/", "/welcome/2/", "/welcome/3/"]


def test_a_picture_and_a_bio_are_saved_and_the_rest_stays(as_alice, alice):
    answer = as_alice.post(STEPS[0], {"bio": "I read.", "avatar": picture_file()})
    alice.refresh_from_db()
    assert answer["Location"] == STEPS[1]
    assert (alice.bio, alice.display_name) == ("I read.", "Alice Ashdown")
    assert alice.avatar


@pytest.mark.parametrize("wrong", [{"bio": "x" * 161}, {"avatar": picture_file("x.png", kind="TIFF")}])
def test_what_cannot_be_saved_is_said_and_nothing_is_lost(as_alice, alice, wrong):
    answer = as_alice.post(STEPS[0], {"bio": "kept words", **wrong})
    assert answer.status_code == 422
    assert 'class="form-error"' in answer.content.decode()
    assert wrong.get("bio", "kept words") in answer.content.decode()
    assert User.objects.get(pk=alice.pk).bio == ""


def test_people_are_shown_with_buttons_that_lead_back(as_alice, alice, bob):
    make_tweet(bob)
    assert 'formaction="/@bob/follow"' in as_alice.get(STEPS[1]).content.decode()
    answer = as_alice.post("/@bob/follow", headers={"Referer": f"http://testserver{STEPS[1]}"})
    assert answer["Location"].startswith(STEPS[1])
    alice.refresh_from_db()
    assert alice.following_count == 1


@pytest.mark.parametrize("number", [3, 8])
def test_the_page_of_people_costs_the_same_for_few_and_many(as_alice, number, django_assert_max_num_queries):
    for _ in range(number):
        make_tweet(make_user())
    as_alice.get(STEPS[1])
    with django_assert_max_num_queries(12):
        assert as_alice.get(STEPS[1]).content.decode().count('class="person"') == number


def test_tags_are_offered_trending_ones_or_else_those_said_lately(as_alice, alice, bob):
    make_tweet(bob, "#tea and #scones")
    make_tweet(bob, "more #tea")
    page = as_alice.get(STEPS[1]).content.decode()
    assert page.index('formaction="/tags/tea/follow"') < page.index('formaction="/tags/scones/follow"')

    as_alice.post("/tags/tea/follow")
    hide_tag(make_user(is_staff=True, is_superuser=True), Hashtag.objects.get(name="scones"))
    jam = Hashtag.objects.create(name="jam")
    Trend.objects.create(hashtag=jam, score=1, people=3, updated_at=timezone.now())
    page = as_alice.get(STEPS[1]).content.decode()
    assert 'formaction="/tags/jam/follow"' in page
    assert "scones" not in page
    Trend.objects.all().delete()
    page = as_alice.get(STEPS[1]).content.decode()
    assert 'formaction="/tags/tea/unfollow"' in page
    assert "scones" not in page


@pytest.mark.parametrize(("path", "onward"), list(zip(STEPS, [*STEPS[1:], "/"], strict=True)))
def test_every_step_can_be_skipped_one_by_one_or_all(as_alice, path, onward):
    page = as_alice.get(path).content.decode()
    assert f'href="{onward}"' in page
    assert 'href="/"' in page
    assert f"Step {path[-2]} of 3" in page


def test_the_first_tweet_is_posted_from_the_last_step(as_alice, alice):
    page = as_alice.get(STEPS[2])
    as_alice.post("/create/", {"text": "Hello!", "key": page.context["composer"].key})
    assert alice.tweets.get().text == "Hello!"


def test_logging_in_leads_home_and_not_here(client, alice):
    answer = client.post("/login/", {"login": "alice", "password": PASSWORD})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("path", STEPS)
def test_visitors_log_in_first_and_the_unconfirmed_change_nothing(client, as_person, path):
    assert client.get(path)["Location"] == f"/login/?next={path}"
    nora = make_user("nora", confirmed=False)
    as_person(nora).post(STEPS[0], {"bio": "spam"})
    nora.refresh_from_db()
    assert nora.bio == ""
