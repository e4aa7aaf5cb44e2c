"""Those who ask to follow oneself."""

import pytest

from relationships.actions import follow_user
from relationships.models import Follow, FollowRequest
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shy():
    return make_user("shy", is_locked=True)


@pytest.fixture
def as_shy(shy, as_person):
    return as_person(shy)


def test_they_are_listed_and_let_in(as_shy, alice, bob, shy):
    follow_user(alice, shy)
    follow_user(bob, shy)
    page = as_shy.get("/requests/")
    assert [row.person for row in page.context["page"].rows] == [bob, alice]
    assert "<b>2</b> follow requests" in as_shy.get("/@shy").content.decode()
    answer = as_shy.post("/@alice/accept", headers={"Referer": "http://testserver/requests/"}, follow=True)
    assert answer.redirect_chain == [("/requests/", 302)]
    assert "@alice follows you now." in answer.content.decode()
    assert Follow.objects.filter(follower=alice, followed=shy).exists()


def test_refusing_tells_nobody_and_twice_is_harmless(as_shy, alice, shy):
    follow_user(alice, shy)
    for _ in range(2):
        assert as_shy.post("/@alice/refuse").status_code == 302
    assert not FollowRequest.objects.exists()
    assert not Follow.objects.exists()
    assert "Nobody is waiting" in as_shy.get("/requests/").content.decode()


def test_with_scripts_the_row_says_what_was_answered(as_shy, alice, shy):
    follow_user(alice, shy)
    answer = as_shy.post("/@alice/accept", headers=HTMX).content.decode()
    assert "<html" not in answer
    assert "@alice follows you now." in answer


def test_the_profile_of_who_asks_has_both_answers(as_shy, alice, shy):
    follow_user(alice, shy)
    page = as_shy.get("/@alice").content.decode()
    assert "asks to follow you" in page
    assert 'formaction="/@alice/accept"' in page
    assert 'formaction="/@alice/refuse"' in page


def test_nobody_is_let_in_who_does_not_ask(as_shy, alice):
    assert as_shy.post("/@alice/accept").status_code == 404
    assert not Follow.objects.exists()


def test_visitors_are_sent_to_log_in(client, alice):
    assert client.get("/requests/").headers["Location"] == "/login/?next=/requests/"
    assert client.post("/@alice/accept").headers["Location"] == "/login/?next=%2F%40alice"


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_a_fixed_number_of_queries(as_shy, shy, number, django_assert_num_queries):
    for _ in range(number):
        follow_user(make_user(), shy)
    as_shy.get("/requests/")
    with django_assert_num_queries(8):
        page = as_shy.get("/requests/")
    assert len(page.context["page"].rows) == min(number, 20)
    if page.context["page"].next_url:
        rest = as_shy.get(page.context["page"].next_url, headers=HTMX)
        assert "<html" not in rest.content.decode()
        assert len(rest.context["page"].rows) == 10
