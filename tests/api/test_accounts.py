"""People as apps see them."""

import re

import pytest

from accounts.actions import leave, suspend_user, update_profile
from accounts.models import User
from relationships.actions import block_user, follow_user, mute_user
from tests.api.calling import caller_for
from tests.api.shape import assert_is
from tests.factories import make_image, make_reply, make_tweet, make_user, picture_file
from tweets.actions import pin_tweet, retweet

pytestmark = pytest.mark.django_db


def names(answer):
    return [account["acct"] for account in answer.json()]


def test_oneself(alices, alice):
    update_profile(
        alice,
        display_name="Alice",
        bio="Walks <early>.\n\nhttps://example.org/alice",
        location="",
        website="",
        fields=[("Garden", "https://garden.example.org/"), ("Since", "2019 & on")],
        avatar=picture_file(),
    )
    found = alices.get("/api/v1/accounts/verify_credentials").json()
    assert_is("CredentialAccount", found)
    assert found["note"].startswith("<p>Walks &lt;early&gt;.</p><p>")
    assert found["source"]["note"].startswith("Walks <early>.")
    assert found["avatar"].startswith("http://localhost:8000/media/")
    assert found["header"].endswith(".png")
    assert [field["name"] for field in found["fields"]] == ["Garden", "Since"]
    assert 'href="https://garden.example.org/"' in found["fields"][0]["value"]
    assert found["fields"][1]["value"] == "2019 &amp; on"
    assert found["source"]["fields"][1]["value"] == "2019 & on"
    assert found["last_status_at"] is None
    make_tweet(alice)
    found = alices.get("/api/v1/accounts/verify_credentials").json()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["last_status_at"])
    assert found["statuses_count"] == 1


def test_somebody(nobodys, alice):
    found = nobodys.get(f"/api/v1/accounts/{alice.id}").json()
    assert_is("Account", found)
    assert (found["username"], found["display_name"]) == ("alice", "Alice Ashdown")
    assert "source" not in found
    assert "example.org" not in str(found)  # no address of a mail


def test_a_new_name_is_seen_at_once(nobodys, alice):
    nobodys.get(f"/api/v1/accounts/{alice.id}")
    update_profile(alice, display_name="Somebody", bio="", location="", website="")
    assert nobodys.get(f"/api/v1/accounts/{alice.id}").json()["display_name"] == "Somebody"


@pytest.mark.parametrize(
    ("role", "shown"),
    [("", ("-99", "")), ("moderator", ("1", "Moderator")), ("admin", ("2", "Administrator"))],
)
def test_staff_find_their_role(role, shown):
    found = caller_for(make_user(role=role)).get("/api/v1/accounts/verify_credentials").json()
    assert_is("CredentialAccount", found)
    assert (found["role"]["id"], found["role"]["name"]) == shown
    assert found["role"]["permissions"] == "0"


@pytest.mark.parametrize(
    "typed", ["alice", "@alice", "ALICE", "alice@localhost:8000", "@alice@LocalHost:8000"]
)
def test_by_name(nobodys, alice, typed):
    assert nobodys.get(f"/api/v1/accounts/lookup?acct={typed}").json()["id"] == str(alice.id)


@pytest.mark.parametrize("query", ["", "?acct=", "?acct=nobody", "?acct=%00", "?acct=a@b@c"])
def test_by_a_name_nobody_has(nobodys, query):
    assert nobodys.get(f"/api/v1/accounts/lookup{query}").status_code == 404


def test_who_is_out_of_sight_is_not_there(nobodys, alice, bob, carol, staff):
    unconfirmed = make_user("newcomer", confirmed=False)
    suspend_user(staff, alice)
    leave(bob)
    for person in (alice, bob, unconfirmed):
        for path in (
            f"{person.id}",
            f"lookup?acct={person.username}",
            f"{person.id}/statuses",
            f"{person.id}/followers",
        ):
            answer = nobodys.get(f"/api/v1/accounts/{path}")
            assert (answer.status_code, answer.json()) == (404, {"error": "Record not found"})
    assert names(nobodys.get(f"/api/v1/accounts?id[]={alice.id}&id[]={carol.id}&id[]=7")) == ["carol"]


def test_whoever_left_for_good_is_gone(nobodys, alices, bob):
    User.objects.filter(pk=bob.pk).update(state=User.State.GONE)
    for path in ("", "/statuses", "/followers"):
        assert nobodys.get(f"/api/v1/accounts/{bob.pk}{path}").status_code == 410
    assert alices.post(f"/api/v1/accounts/{bob.pk}/follow").status_code == 410


def test_searching_begins_with_whom_one_follows(alices, alice, bob):
    make_user("bobby")
    follow_user(alice, bob)
    assert names(alices.get("/api/v1/accounts/search?q=bob")) == ["bob", "bobby"]
    assert names(alices.get("/api/v1/accounts/search?q=@bob&limit=1")) == ["bob"]
    assert names(alices.get("/api/v1/accounts/search?q=bob&following=true")) == ["bob"]
    assert alices.get("/api/v1/accounts/search").status_code == 422


# --- What somebody said -----------------------------------------------------------------------------


@pytest.fixture
def said(alice, bob):
    plain = make_tweet(alice, "plain #tea")
    picture = make_tweet(alice, "look", images=[make_image(alice)])
    own = make_reply(alice, plain, "and")
    reply = make_reply(alice, make_tweet(bob), "to bob")
    spread = retweet(alice, make_tweet(bob))
    pin_tweet(alice, plain)
    return {"plain": plain, "picture": picture, "own": own, "reply": reply, "spread": spread}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["spread", "reply", "own", "picture", "plain"]),
        ("?exclude_replies=true", ["spread", "own", "picture", "plain"]),
        ("?exclude_reblogs=1", ["reply", "own", "picture", "plain"]),
        ("?only_media=true", ["picture"]),
        ("?pinned=true", ["plain"]),
        ("?tagged=Tea", ["plain"]),
        ("?exclude_replies=true&exclude_reblogs=true&limit=1", ["own"]),
    ],
)
def test_what_somebody_said(nobodys, alice, said, query, expected):
    found = nobodys.get(f"/api/v1/accounts/{alice.id}/statuses{query}").json()
    ids = {str(tweet.id): name for name, tweet in said.items()}
    assert [ids[status["id"]] for status in found] == expected


# --- Followers --------------------------------------------------------------------------------------


def test_whom_one_follows_and_who_hides_it(alices, alice, bob, carol, nobodys):
    follow_user(alice, bob)
    path = f"/api/v1/accounts/{alice.id}/following"
    assert names(nobodys.get(path)) == ["bob"]
    alice.hides_network = True
    alice.save()
    assert names(nobodys.get(path)) == []
    assert names(alices.get(path)) == ["bob"]
    assert nobodys.get(f"/api/v1/accounts/{alice.id}").json()["hide_collections"] is True


def test_nobody_from_behind_a_block_in_the_lists(alices, alice, bob, carol):
    follow_user(carol, bob)
    block_user(carol, alice)
    assert names(alices.get(f"/api/v1/accounts/{bob.id}/followers")) == []


def test_blocks_and_mutes_are_ones_own(alices, bobs, alice, bob, carol):
    block_user(alice, bob)
    mute_user(alice, carol)
    assert names(alices.get("/api/v1/blocks")) == ["bob"]
    assert names(alices.get("/api/v1/mutes")) == ["carol"]
    assert names(bobs.get("/api/v1/blocks")) == names(bobs.get("/api/v1/mutes")) == []


def test_searching_goes_on_from_an_offset(alices, alice):
    for place in range(5):
        follow_user(alice, make_user(f"tea{place}"))
        make_user(f"teapot{place}")
    path = "/api/v1/accounts/search?q=tea&limit=4"
    pages = [names(alices.get(f"{path}&offset={offset}")) for offset in (0, 4, 8, 12)]
    assert [len(page) for page in pages] == [4, 4, 2, 0]
    assert len({name for page in pages for name in page}) == 10
    mine = names(alices.get(f"{path}&offset=2&following=true&resolve=true"))
    assert len(mine) == 3
    assert not any("pot" in name for name in mine)
    for wrong in ("offset=-1", "offset=x", "resolve=x"):
        assert alices.get(f"{path}&{wrong}").status_code == 422


@pytest.mark.parametrize("path", ["collections", "in_collections"])
def test_newer_apps_find_no_collections(nobodys, bob, path):
    assert nobodys.get(f"/api/v1/accounts/{bob.id}/{path}").json() == {"collections": []}
    assert nobodys.get(f"/api/v1/accounts/1/{path}").status_code == 404


def test_older_apps_find_no_proofs(alices, bob):
    assert alices.get(f"/api/v1/accounts/{bob.id}/identity_proofs").json() == []
    assert alices.get("/api/v1/accounts/1/identity_proofs").status_code == 404
