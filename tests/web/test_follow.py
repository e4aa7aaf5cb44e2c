"""The button to follow, on every page it stands on."""

import pytest
from django.test import Client

from relationships.actions import block_user, follow_user
from relationships.models import Follow, FollowRequest
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_following_leads_back_to_where_the_button_stood(as_alice, alice, bob):
    answer = as_alice.post("/@bob/follow", headers={"Referer": "http://testserver/@carol/followers?cursor=9"})
    assert answer.headers["Location"] == f"/@carol/followers?cursor=9#p{bob.id}"
    assert Follow.objects.filter(follower=alice, followed=bob).exists()
    assert ">Following<" in as_alice.get("/@bob").content.decode()


@pytest.mark.parametrize(
    "referer",
    ["", "https://evil.example/x", "http://testserver//evil.example", "nonsense", "//evil.example/"],
)
def test_nobody_is_led_astray(as_alice, bob, referer):
    answer = as_alice.post("/@bob/follow", headers={"Referer": referer})
    assert answer.headers["Location"] == f"/@bob#p{bob.id}"


def test_twice_is_harmless_and_unfollowing_too(as_alice, alice, bob):
    for _ in range(2):
        assert as_alice.post("/@bob/follow").status_code == 302
    alice.refresh_from_db()
    assert alice.following_count == 1
    for _ in range(2):
        assert as_alice.post("/@bob/unfollow").status_code == 302
    alice.refresh_from_db()
    assert alice.following_count == 0
    assert ">Following<" not in as_alice.get("/@bob").content.decode()


def test_with_scripts_the_answer_is_the_button(as_alice, bob):
    answer = as_alice.post("/@bob/follow", {"place": "list"}, headers=HTMX).content.decode()
    assert "<html" not in answer
    assert 'formaction="/@bob/unfollow"' in answer
    assert 'aria-pressed="true"' in answer
    answer = as_alice.post("/@bob/unfollow", {"place": "<b>"}, headers=HTMX).content.decode()
    assert 'formaction="/@bob/follow"' in answer
    assert f'id="follow-list-{bob.id}"' in answer


def test_on_the_profile_the_answer_is_the_button_its_menu_and_the_count(as_alice, bob):
    answer = as_alice.post("/@bob/follow", {"place": "profile"}, headers=HTMX).content.decode()
    assert 'id="profile-ways"' in answer
    assert "Tell me about new tweets" in answer
    assert 'id="followers-count" href="/@bob/followers" hx-swap-oob="true"><b>1</b> Follower</a>' in answer


def test_a_locked_account_is_asked(as_alice, alice):
    shy = make_user("shy", is_locked=True)
    assert "Ask to follow" in as_alice.get("/@shy").content.decode()
    as_alice.post("/@shy/follow")
    assert FollowRequest.objects.filter(follower=alice, followed=shy).exists()
    page = as_alice.get("/@shy").content.decode()
    assert ">Requested<" in page
    assert "You asked" in page
    as_alice.post("/@shy/unfollow")
    assert not FollowRequest.objects.exists()


def test_who_follows_is_followed_back(as_alice, alice, bob):
    follow_user(bob, alice)
    page = as_alice.get("/@bob").content.decode()
    assert "Follow back" in page
    assert "Follows you" in page


def test_visitors_are_sent_to_log_in_and_back_to_the_person(client, bob):
    assert 'href="/login/?next=/%40bob"' in client.get("/@bob").content.decode()
    assert client.post("/@bob/follow").headers["Location"] == "/login/?next=%2F%40bob"
    answer = client.post("/@bob/follow", headers=HTMX)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/login/?next=%2F%40bob"


def test_opening_the_address_follows_nobody(as_alice, bob):
    assert as_alice.get("/@bob/follow").headers["Location"] == "/@bob"
    assert not Follow.objects.exists()


@pytest.mark.parametrize("path", ["/@alice/follow", "/@blocker/follow", "/@bob/follow"])
def test_refusals(as_person, alice, bob, path):
    blocker = make_user("blocker")
    block_user(blocker, alice)
    person = make_user("newcomer", confirmed=False) if path == "/@bob/follow" else alice
    answer = as_person(person).post(path)
    assert answer.status_code == 403
    assert not Follow.objects.exists()


def test_who_cannot_follow_has_no_button(as_person, as_alice, alice, bob):
    newcomer = as_person(make_user("newcomer", confirmed=False))
    assert 'formaction="/@bob/follow"' not in newcomer.get("/@bob").content.decode()
    assert 'formaction="/@alice/follow"' not in as_alice.get("/@alice").content.decode()
    block_user(bob, alice)
    assert 'formaction="/@bob/follow"' not in as_alice.get("/@bob").content.decode()


def test_nobody_of_that_name(as_alice):
    assert as_alice.post("/@nobody/follow").status_code == 404


def test_a_forged_form_is_refused(alice, bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post("/@bob/follow").status_code == 403
    assert not Follow.objects.exists()


def test_the_page_holds_the_form_that_its_buttons_belong_to(alice, bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    page = client.get("/@bob").content.decode()
    form = page[page.index('<form id="act"') :]
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    client.post("/@bob/follow", {"csrfmiddlewaretoken": token})
    assert Follow.objects.filter(follower=alice, followed=bob).exists()


def test_the_bell_and_their_retweets(as_alice, alice, bob):
    follow_user(alice, bob)
    for path in ("bell", "hide-retweets", "hide-retweets"):
        as_alice.post(f"/@bob/{path}")
    follow = Follow.objects.get()
    assert follow.notifies
    assert not follow.shows_retweets
    page = as_alice.get("/@bob").content.decode()
    assert "/@bob/unbell" in page
    assert "/@bob/show-retweets" in page
    answer = as_alice.post("/@bob/unbell", {"place": "profile"}, headers=HTMX).content.decode()
    assert 'formaction="/@bob/bell"' in answer
    as_alice.post("/@bob/show-retweets")
    follow.refresh_from_db()
    assert (follow.notifies, follow.shows_retweets) == (False, True)


@pytest.mark.parametrize("path", ["bell", "unbell", "hide-retweets", "show-retweets"])
def test_a_wish_about_somebody_does_not_begin_to_follow_them(as_alice, bob, path):
    answer = as_alice.post(f"/@bob/{path}")
    assert answer.status_code == 403
    assert "Follow @bob first." in answer.content.decode()
    assert not Follow.objects.exists()


def test_removing_a_follower(as_alice, alice, bob):
    follow_user(bob, alice)
    assert 'formaction="/@bob/remove"' in as_alice.get("/@bob").content.decode()
    answer = as_alice.post("/@bob/remove", follow=True)
    assert "@bob no longer follows you." in answer.content.decode()
    assert not Follow.objects.exists()
    assert 'formaction="/@bob/remove"' not in as_alice.get("/@bob").content.decode()
