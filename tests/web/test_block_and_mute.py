"""Blocking and muting: the questions before, the deeds, and the lists with their undo."""

import pytest
import time_machine

from accounts.actions import suspend_user
from relationships.actions import block_user, follow_user, mute_user
from relationships.models import Block, Follow, Mute
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_blocking_asks_first_and_then_ends_everything(as_alice, alice, bob):
    make_tweet(bob, "marmalade")
    follow_user(alice, bob)
    assert "Block @bob?" in as_alice.get("/@bob/block").content.decode()
    assert not Block.objects.exists()
    for _ in range(2):
        page = as_alice.post("/@bob/block", follow=True).content.decode()
    assert Block.objects.filter(blocker=alice, blocked=bob).count() == 1
    assert not Follow.objects.exists()
    assert "You blocked @bob" in page
    assert "marmalade" not in page
    assert "/@bob/unblock" in page


def test_the_blocked_read_it_on_the_profile(as_alice, alice, bob):
    bob.bio_html = "<p>secret bio</p>"
    bob.save()
    make_tweet(bob, "marmalade")
    block_user(bob, alice)
    page = as_alice.get("/@bob").content.decode()
    assert "@bob blocked you" in page
    assert "marmalade" not in page
    assert "secret bio" not in page


def test_unblocking_from_the_list(as_alice, alice, bob, staff):
    block_user(alice, bob)
    suspend_user(staff, bob)
    assert "/@bob/unblock" in as_alice.get("/settings/blocked/").content.decode()
    back = "http://testserver/settings/blocked/"
    answer = as_alice.post("/@bob/unblock", headers={"Referer": back})
    assert answer.headers["Location"] == "/settings/blocked/"
    assert not Block.objects.exists()
    assert "You block nobody" in as_alice.get("/settings/blocked/").content.decode()
    # Nothing is between them any more, so the suspended account is like none.
    assert as_alice.post("/@bob/unblock").status_code == 404


def test_nobody_blocks_or_mutes_themselves(as_alice, alice):
    assert as_alice.post("/@alice/block").status_code == 403
    assert as_alice.post("/@alice/mute", {"how_long": "ever"}).status_code == 403
    assert not Block.objects.exists()
    assert not Mute.objects.exists()


@pytest.mark.parametrize(("how_long", "hours"), [("ever", None), ("hour", 1), ("day", 24), ("week", 168)])
def test_muting_for_a_time(as_alice, how_long, hours, bob):
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        as_alice.post("/@bob/mute", {"how_long": how_long, "hides_notifications": "on"})
        mute = Mute.objects.get()
        assert mute.hides_notifications
        if hours is None:
            assert mute.until is None
        else:
            assert (mute.until.timestamp() - mute.created_at.timestamp()) == hours * 3600


def test_muting_asks_tells_and_is_undone(as_alice, alice, bob):
    make_tweet(bob, "marmalade")
    assert "For good" in as_alice.get("/@bob/mute").content.decode()
    page = as_alice.post("/@bob/mute", {"how_long": "day"}, follow=True).content.decode()
    assert not Mute.objects.get().hides_notifications
    assert "You muted @bob until" in page
    assert "marmalade" in page
    assert "Until" in as_alice.get("/settings/muted/").content.decode()
    page = as_alice.post("/@bob/unmute", follow=True).content.decode()
    assert "You hear @bob again." in page
    assert not Mute.objects.exists()
    assert as_alice.post("/@bob/unmute").status_code == 302
    assert "You mute nobody" in as_alice.get("/settings/muted/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"how_long": "century"}])
def test_a_mute_without_a_known_time_is_asked_again(as_alice, bob, sent):
    answer = as_alice.post("/@bob/mute", sent)
    assert answer.status_code == 422
    assert "form-error" in answer.content.decode()
    assert not Mute.objects.exists()


@pytest.mark.parametrize("path", ["/@bob/block", "/@bob/mute", "/settings/blocked/", "/settings/muted/"])
def test_visitors_are_sent_to_log_in(client, bob, path):
    assert client.get(path).headers["Location"].startswith("/login/?next=")
    assert client.get("/@bob/unblock").headers["Location"] == "/login/?next=%2F%40bob"


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize("whom", ["blocked", "muted"])
def test_the_lists_take_a_fixed_number_of_queries(as_alice, alice, number, whom, django_assert_num_queries):
    for _ in range(number):
        (block_user if whom == "blocked" else mute_user)(alice, make_user())
    as_alice.get(f"/settings/{whom}/")
    with django_assert_num_queries(8):
        page = as_alice.get(f"/settings/{whom}/")
    assert len(page.context["page"].rows) == min(number, 20)
    if page.context["page"].next_url:
        rest = as_alice.get(page.context["page"].next_url, headers=HTMX)
        assert "<html" not in rest.content.decode()
        assert len(rest.context["page"].rows) == 10
