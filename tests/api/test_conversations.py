"""Messages by the people one writes with."""

import pytest

from conversations.actions import file_message
from relationships.actions import block_user
from tests.api.shape import assert_is
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/conversations"
NOT_THERE = (404, {"error": "Record not found"})


def write(author, text, *readers, **how):
    names = " ".join(f"@{reader.username}" for reader in readers)
    tweet = make_tweet(author, f"{names} {text}", visibility="direct", **how)
    file_message(tweet)
    return tweet


def told(answer):
    return answer.status_code, answer.json()


def test_the_newest_first_with_what_was_said_last(alices, alice, bob, carol):
    write(bob, "hello", alice)
    last = write(alice, "yes?", bob)
    both = write(carol, "both of you", alice, bob)
    rows = alices.get(PATH).json()
    for row in rows:
        assert_is("Conversation", row)
    assert [row["last_status"]["id"] for row in rows] == [str(both.id), str(last.id)]
    assert [[one["acct"] for one in row["accounts"]] for row in rows] == [["bob", "carol"], ["bob"]]
    assert [row["unread"] for row in rows] == [True, False]
    assert rows[0]["last_status"]["visibility"] == "direct"


def test_a_message_of_an_app_is_there(alices, bobs, alice, events_happen):
    with events_happen():
        sent = bobs.post("/api/v1/statuses", {"status": "@alice psst", "visibility": "direct"}).json()
    (row,) = alices.get(PATH).json()
    assert row["last_status"]["id"] == sent["id"]
    assert bobs.get(PATH).json()[0]["id"] == row["id"]


def test_read_and_put_away(alices, bobs, alice, bob):
    write(bob, "hello", alice)
    an_id = alices.get(PATH).json()[0]["id"]
    read = alices.post(f"{PATH}/{an_id}/read").json()
    assert_is("Conversation", read)
    assert read["unread"] is False
    assert told(alices.delete(f"{PATH}/{an_id}")) == (200, {})
    assert alices.get(PATH).json() == []
    assert told(alices.post(f"{PATH}/{an_id}/read")) == NOT_THERE
    assert len(bobs.get(PATH).json()) == 1
    write(bob, "still there?", alice)
    assert len(alices.get(PATH).json()) == 1


def test_they_are_nobody_elses(alices, bobs, alice, carol):
    write(carol, "hello", alice)
    an_id = alices.get(PATH).json()[0]["id"]
    assert bobs.get(PATH).json() == []
    assert told(bobs.post(f"{PATH}/{an_id}/read")) == told(bobs.delete(f"{PATH}/{an_id}")) == NOT_THERE
    assert alices.get(PATH).json()[0]["unread"] is True


def test_nothing_comes_across_a_block(alices, alice, bob, events_happen):
    write(bob, "hello", alice)
    with events_happen():
        block_user(alice, bob)
    assert "hello" not in alices.get(PATH).content.decode()


def test_pages_in_both_directions(alices, alice):
    ids = [write(make_user(), "hello", alice).id for _ in range(4)][::-1]
    answer = alices.get(f"{PATH}?limit=2")
    assert f'max_id={ids[1]}>; rel="next"' in answer.headers["Link"]

    def page(query):
        return [int(row["last_status"]["id"]) for row in alices.get(f"{PATH}?{query}").json()]

    assert page(f"limit=2&max_id={ids[1]}") == ids[2:]
    assert page(f"limit=2&min_id={ids[3]}") == ids[1:3]
    assert page(f"since_id={ids[1]}") == ids[:1]


def test_one_by_one_on_the_timeline_of_messages(alices, bobs, alice, bob, carol, events_happen):
    first, second = write(bob, "hello", alice), write(alice, "yes?", bob)
    make_tweet(bob, "@alice in public")
    theirs = write(carol, "not for alice", bob)
    path = "/api/v1/timelines/direct"
    rows = alices.get(path).json()
    assert [row["id"] for row in rows] == [str(second.id), str(first.id)]
    assert_is("Status", rows[0])
    assert [row["id"] for row in bobs.get(f"{path}?limit=1").json()] == [str(theirs.id)]
    assert [row["id"] for row in alices.get(f"{path}?max_id={second.id}").json()] == [str(first.id)]
    assert alices.get(path).headers["Link"]
    block_user(alice, bob)
    assert [row["id"] for row in alices.get(path).json()] == [str(second.id)]


def test_what_was_put_away_is_gone_from_there_too(alices, alice, bob):
    write(bob, "hello", alice)
    an_id = alices.get(PATH).json()[0]["id"]
    alices.delete(f"{PATH}/{an_id}")
    assert alices.get("/api/v1/timelines/direct").json() == []
    new = write(bob, "again", alice)
    assert [row["id"] for row in alices.get("/api/v1/timelines/direct").json()] == [str(new.id)]
