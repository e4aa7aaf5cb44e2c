"""Following, blocking, muting and the like; each answers how one stands then."""

import pytest
from django.utils import timezone

from accounts.actions import suspend_user
from relationships.actions import block_user, follow_user, unfollow_user
from relationships.models import Block, Follow, FollowRequest, Mute
from tests.api.shape import assert_is
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def do(app, deed, person, sent=None):
    answer = app.post(f"/api/v1/accounts/{person.id}/{deed}", sent)
    assert answer.status_code == 200, answer.json()
    assert_is("Relationship", answer.json())
    return answer.json()


def test_follow_with_wishes_and_back(alices, alice, bob):
    found = do(alices, "follow", bob)
    assert (found["following"], found["showing_reblogs"], found["notifying"]) == (True, True, False)
    found = do(alices, "follow", bob, {"reblogs": False, "notify": True})
    assert (found["following"], found["showing_reblogs"], found["notifying"]) == (True, False, True)
    found = do(alices, "follow", bob, {"notify": False})
    assert (found["showing_reblogs"], found["notifying"]) == (False, False)
    assert do(alices, "unfollow", bob)["following"] is False
    assert do(alices, "unfollow", bob)["following"] is False


def test_asking_is_answered(alices, bobs, alice, bob):
    bob.is_locked = True
    bob.save()
    found = do(alices, "follow", bob)
    assert (found["following"], found["requested"]) == (False, True)
    assert [one["acct"] for one in bobs.get("/api/v1/follow_requests").json()] == ["alice"]
    assert bobs.get("/api/v1/accounts/verify_credentials").json()["source"]["follow_requests_count"] == 1
    answer = bobs.post(f"/api/v1/follow_requests/{alice.id}/authorize")
    assert_is("Relationship", answer.json())
    assert answer.json()["followed_by"] is True
    assert bobs.post(f"/api/v1/follow_requests/{alice.id}/authorize").status_code == 404
    do(alices, "unfollow", bob)
    do(alices, "follow", bob)
    assert bobs.post(f"/api/v1/follow_requests/{alice.id}/reject").json()["requested_by"] is False
    assert not Follow.objects.exists()
    assert not FollowRequest.objects.exists()


def test_blocking_ends_what_was(alices, bobs, alice, bob):
    follow_user(bob, alice)
    found = do(alices, "block", bob)
    assert (found["blocking"], found["followed_by"]) == (True, False)
    assert bobs.get(f"/api/v1/accounts/relationships?id[]={alice.id}").json()[0]["blocked_by"] is True
    assert bobs.post(f"/api/v1/accounts/{alice.id}/follow").status_code == 403
    assert do(alices, "unblock", bob)["blocking"] is False
    assert not Block.objects.exists()


def test_muting_for_a_time(alices, alice, bob):
    found = do(alices, "mute", bob, {"notifications": False, "duration": 3600})
    assert (found["muting"], found["muting_notifications"]) == (True, False)
    assert found["muting_expires_at"].endswith("Z")
    assert 3500 < (Mute.objects.get().until - timezone.now()).total_seconds() <= 3600
    found = do(alices, "mute", bob)
    assert (found["muting_notifications"], found["muting_expires_at"]) == (True, None)
    assert do(alices, "unmute", bob)["muting"] is False


@pytest.mark.parametrize("duration", [-1, "x", 10**12])
def test_odd_durations(alices, bob, duration):
    assert alices.post(f"/api/v1/accounts/{bob.id}/mute", {"duration": duration}).status_code == 422


def test_a_note_and_a_follower_less(alices, alice, bob):
    follow_user(bob, alice)
    assert do(alices, "note", bob, {"comment": "from the harbour"})["note"] == "from the harbour"
    assert do(alices, "note", bob, {})["note"] == ""
    assert do(alices, "remove_from_followers", bob)["followed_by"] is False


@pytest.mark.parametrize("deed", ["follow", "block", "mute"])
def test_not_with_oneself(alices, alice, deed):
    assert alices.post(f"/api/v1/accounts/{alice.id}/{deed}").status_code == 403


DEEDS = ["follow", "unfollow", "block", "unblock", "mute", "unmute", "note", "remove_from_followers"]


@pytest.mark.parametrize("deed", DEEDS)
def test_with_nobody(alices, deed):
    assert alices.post(f"/api/v1/accounts/5/{deed}").status_code == 404


def test_a_suspended_person_can_be_left_by_whom_they_know(alices, bobs, alice, carol, staff):
    follow_user(alice, carol)
    suspend_user(staff, carol)
    path = f"/api/v1/accounts/relationships?id[]={carol.id}"
    assert alices.get(path).json() == []
    (found,) = alices.get(f"{path}&with_suspended=true").json()
    assert found["following"] is True
    assert do(alices, "unfollow", carol)["following"] is False
    assert bobs.post(f"/api/v1/accounts/{carol.id}/unfollow").status_code == 404


def test_many_at_once(alices, alice):
    people = [make_user() for _ in range(3)]
    follow_user(alice, people[1])
    query = "&".join(f"id[]={person.id}" for person in people)
    found = alices.get(f"/api/v1/accounts/relationships?{query}&id[]=5&id[]={people[0].id}").json()
    assert [one["id"] for one in found] == [str(person.id) for person in people]
    assert [one["following"] for one in found].count(True) == 1
    assert alices.get(f"/api/v1/accounts/relationships?id={people[1].id}").json()[0]["following"] is True
    assert alices.get("/api/v1/accounts/relationships").json() == []


def test_familiar_followers(alices, alice, bob, carol):
    stranger, private = make_user(), make_user()
    private.hides_network = True
    private.save()
    for one, other in ((alice, bob), (bob, stranger), (carol, stranger), (bob, private)):
        follow_user(one, other)
    block_user(carol, make_user())
    path = f"/api/v1/accounts/familiar_followers?id[]={stranger.id}&id[]={private.id}"
    found = alices.get(path).json()
    assert_is("FamiliarFollowers", found[0])
    assert [[one["acct"] for one in each["accounts"]] for each in found] == [["bob"], []]


# --- Recommending


def test_recommended_as_long_as_one_follows(alices, nobodys, alice, bob, carol):
    path = f"/api/v1/accounts/{bob.id}"
    assert alices.post(f"{path}/pin").status_code == 422
    follow_user(alice, bob)
    pinned = alices.post(f"{path}/pin").json()
    assert_is("Relationship", pinned)
    assert pinned["endorsed"] is True
    assert alices.post(f"{path}/endorse").json() == pinned
    for found in (
        alices.get("/api/v1/endorsements").json(),
        nobodys.get(f"/api/v1/accounts/{alice.id}/endorsements").json(),
    ):
        assert [one["acct"] for one in found] == ["bob"]
    assert alices.post(f"{path}/unpin").json()["endorsed"] is False
    assert alices.post(f"{path}/unendorse").json()["endorsed"] is False
    alices.post(f"{path}/pin")
    unfollow_user(alice, bob)
    assert alices.get("/api/v1/endorsements").json() == []
    assert alices.post("/api/v1/accounts/5/pin").status_code == 404


def test_no_more_than_so_many_are_recommended(alices, alice, bob, carol, settings):
    settings.ENDORSED_MAX = 1
    for person in (bob, carol):
        follow_user(alice, person)
    assert alices.post(f"/api/v1/accounts/{bob.id}/pin").status_code == 200
    assert alices.post(f"/api/v1/accounts/{bob.id}/pin").status_code == 200
    answer = alices.post(f"/api/v1/accounts/{carol.id}/pin")
    assert answer.status_code == 422
    assert "already" in answer.json()["error"]


def test_of_somebody_in_some_languages(alices, alice, bob):
    found = do(alices, "follow", bob, {"languages": ["de", "en-GB"]})
    assert found["languages"] == ["de", "en"]
    assert do(alices, "follow", bob, {"notify": True})["languages"] == ["de", "en"]
    assert do(alices, "follow", bob, {"languages": []})["languages"] is None
    path = f"/api/v1/accounts/{bob.id}/follow"
    refused = alices.post(path, {"languages": ["fr", "haw"]})
    assert refused.status_code == 422
    assert "“haw” is no language that can be chosen here." in refused.json()["error"]
    assert alices.post(path, {"languages": ["de"] * 21}).status_code == 422
    assert alices.post(path, form="languages[]=fr").json()["languages"] == ["fr"]
    assert alices.post(path, form="languages[]=").json()["languages"] is None
