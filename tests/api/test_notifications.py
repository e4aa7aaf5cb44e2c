"""What others did: one by one, and in groups."""

import re

import pytest

from notifications.actions import notify
from notifications.models import Notification
from relationships.actions import block_user, follow_user, mute_user
from tests.api.shape import assert_is
from tests.factories import make_reply, make_tweet, make_user
from tweets.actions import delete_tweet

pytestmark = pytest.mark.django_db
Kind = Notification.Kind
ONE, TWO = "/api/v1/notifications", "/api/v2/notifications"
NOT_THERE = (404, {"error": "Record not found"})


def types(app, query="", path=ONE):
    return [row["type"] for row in app.get(f"{path}{query}").json()]


def told(answer):
    return answer.status_code, answer.json()


@pytest.fixture
def everything(alice, bob, carol):
    """Of every kind one, in this order."""
    mine, theirs = make_tweet(alice), make_tweet(bob)
    notify(alice, Kind.FOLLOW, bob)
    notify(alice, Kind.LIKE, bob, mine)
    notify(alice, Kind.RETWEET, bob, mine)
    notify(alice, Kind.MENTION, bob, theirs)
    notify(alice, Kind.REPLY, carol, make_reply(carol, mine))
    notify(alice, Kind.QUOTE, carol, make_tweet(carol))
    notify(alice, Kind.TWEET, bob, make_tweet(bob))
    notify(alice, Kind.POLL, bob, theirs)
    alice.is_locked = True
    alice.save()
    follow_user(carol, alice)
    notify(alice, Kind.REQUEST, carol)
    Notification.objects.create(recipient=alice, kind=Kind.UNSENT, actor=alice, bundle="unsent:1")
    return mine


def test_of_every_kind(alices, everything, bob):
    rows = alices.get(ONE).json()
    assert [row["type"] for row in rows] == [
        "follow_request",
        "poll",
        "status",
        "quote",
        "mention",
        "mention",
        "reblog",
        "favourite",
        "follow",
    ]
    for row in rows:
        assert_is("Notification", row)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", row["created_at"])
    like = next(row for row in rows if row["type"] == "favourite")
    assert (like["account"]["acct"], like["status"]["id"]) == ("bob", str(everything.id))
    assert like["group_key"] == f"like-{everything.id}"
    assert rows[-1]["status"] is None
    assert alices.get(f"{ONE}/{like['id']}").json() == like


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?types[]=mention", ["mention", "mention"]),
        ("?types[]=follow&types[]=poll", ["poll", "follow"]),
        ("?types=favourite", ["favourite"]),
        ("?types[]=admin.report", []),
        ("?exclude_types[]=mention&exclude_types[]=status&exclude_types[]=poll&exclude_types[]=quote", None),
        ("?types[]=mention&exclude_types[]=mention", []),
        ("?limit=2", ["follow_request", "poll"]),
    ],
)
def test_some_of_them(alices, everything, query, found):
    assert types(alices, query) == (
        ["follow_request", "reblog", "favourite", "follow"] if found is None else found
    )


def test_of_one_person(alices, everything, carol):
    assert types(alices, f"?account_id={carol.id}") == ["follow_request", "quote", "mention"]
    assert types(alices, "?account_id=1") == []
    assert alices.get(f"{ONE}?account_id=x").status_code == 422


def test_pages_in_both_directions(alices, everything):
    ids = [row["id"] for row in alices.get(ONE).json()]
    answer = alices.get(f"{ONE}?limit=3")
    assert f'{ONE}?limit=3&max_id={ids[2]}>; rel="next"' in answer.headers["Link"]
    assert f'{ONE}?limit=3&min_id={ids[0]}>; rel="prev"' in answer.headers["Link"]
    assert [row["id"] for row in alices.get(f"{ONE}?limit=3&max_id={ids[2]}").json()] == ids[3:6]
    assert [row["id"] for row in alices.get(f"{ONE}?limit=3&min_id={ids[6]}").json()] == ids[3:6]
    assert [row["id"] for row in alices.get(f"{ONE}?limit=3&since_id={ids[6]}").json()] == ids[:3]


def test_what_may_not_be_seen_is_not_told(alices, everything, alice, bob, carol):
    ids = {row["type"]: row["id"] for row in alices.get(ONE).json()}
    delete_tweet(alice, everything)
    assert "favourite" not in types(alices)
    block_user(alice, bob)
    mute_user(alice, carol)
    assert types(alices) == types(alices, path=f"{ONE}?include_filtered=1&") == []
    for name in ("favourite", "status", "mention", "follow"):
        assert told(alices.get(f"{ONE}/{ids[name]}")) == NOT_THERE
        assert told(alices.post(f"{ONE}/{ids[name]}/dismiss")) == NOT_THERE
    assert alices.get(f"{ONE}/unread_count").json() == {"count": 0}


def test_dismissed_one_by_one_and_all_at_once(alices, everything):
    first = alices.get(ONE).json()[0]["id"]
    assert told(alices.post(f"{ONE}/{first}/dismiss")) == (200, {})
    assert told(alices.post(f"{ONE}/{first}/dismiss")) == NOT_THERE
    assert len(alices.get(ONE).json()) == 8
    assert told(alices.post(f"{ONE}/clear")) == (200, {})
    assert alices.get(ONE).json() == []
    assert Notification.objects.get().kind == Kind.UNSENT  # nothing that the app was never shown


def test_they_are_nobody_elses(alices, bobs, everything):
    an_id = alices.get(ONE).json()[0]["id"]
    assert told(bobs.get(f"{ONE}/{an_id}")) == NOT_THERE
    assert told(bobs.post(f"{ONE}/{an_id}/dismiss")) == NOT_THERE
    assert told(bobs.get(f"{TWO}/ungrouped-{an_id}")) == NOT_THERE
    assert told(bobs.post(f"{TWO}/like-{everything.id}/dismiss")) == NOT_THERE
    bobs.post(f"{ONE}/clear")
    assert len(alices.get(ONE).json()) == 9


def test_how_many_wait_to_be_read(alices, everything, alice):
    assert alices.get(f"{ONE}/unread_count").json() == {"count": 9}
    assert alices.get(f"{ONE}/unread_count?limit=4").json() == {"count": 4}
    assert alices.get(f"{ONE}/unread_count?types[]=mention").json() == {"count": 2}
    Notification.objects.filter(kind=Kind.MENTION).update(read_at="2026-01-01T00:00Z")
    assert alices.get(f"{ONE}/unread_count").json() == {"count": 8}


# --- In groups


def likes(alice, number):
    tweet = make_tweet(alice)
    people = [make_user() for _ in range(number)]
    for person in people:
        notify(alice, Kind.LIKE, person, tweet)
    return tweet, people


def test_likes_of_one_tweet_are_one_group(alices, alice, bob):
    tweet, people = likes(alice, 10)
    notify(alice, Kind.FOLLOW, bob)
    result = alices.get(TWO).json()
    assert_is("GroupedNotificationsResults", {**result, "partial_accounts": None})
    follow, group = result["notification_groups"]
    assert_is("NotificationGroup", group)
    assert (group["group_key"], group["type"], group["notifications_count"]) == (
        f"like-{tweet.id}",
        "favourite",
        10,
    )
    assert group["sample_account_ids"] == [str(person.id) for person in people[:-9:-1]]
    assert group["status_id"] == result["statuses"][0]["id"] == str(tweet.id)
    assert int(group["page_min_id"]) < int(group["page_max_id"]) == group["most_recent_notification_id"]
    assert {account["id"] for account in result["accounts"]} == {*group["sample_account_ids"], str(bob.id)}
    assert follow["group_key"].startswith("follow-2")
    assert alices.get(f"{TWO}/unread_count").json() == {"count": 2}
    alone = alices.get(f"{TWO}/{group['group_key']}").json()
    assert alone["notification_groups"] == [group]
    accounts = alices.get(f"{TWO}/{group['group_key']}/accounts?limit=4")
    assert [one["id"] for one in accounts.json()] == [str(person.id) for person in people[:-5:-1]]
    assert 'rel="next"' in accounts.headers["Link"]


def test_what_an_app_does_not_want_grouped(alices, alice):
    _, people = likes(alice, 3)
    groups = alices.get(f"{TWO}?grouped_types[]=reblog").json()["notification_groups"]
    assert [group["notifications_count"] for group in groups] == [1, 1, 1]
    assert [group["group_key"][:10] for group in groups] == ["ungrouped-"] * 3
    alone = alices.get(f"{TWO}/{groups[0]['group_key']}").json()["notification_groups"][0]
    assert alone["sample_account_ids"] == [str(people[-1].id)]
    assert alices.get(f"{TWO}/unread_count?grouped_types[]=reblog").json() == {"count": 3}
    assert told(alices.post(f"{TWO}/{groups[0]['group_key']}/dismiss")) == (200, {})
    assert alices.get(TWO).json()["notification_groups"][0]["notifications_count"] == 2


def test_faces_alone_where_an_app_wants_no_more(alices, alice):
    _, people = likes(alice, 3)
    result = alices.get(f"{TWO}?expand_accounts=partial_avatars").json()
    assert [one["id"] for one in result["accounts"]] == [str(people[-1].id)]
    for one in result["partial_accounts"]:
        assert_is("PartialAccountWithAvatar", one)
    assert {one["id"] for one in result["partial_accounts"]} == {str(one.id) for one in people[:2]}
    assert alices.get(f"{TWO}?expand_accounts=all").status_code == 422


def test_pages_of_groups(alices, alice):
    tweets = [likes(alice, 2)[0] for _ in range(3)][::-1]
    answer = alices.get(f"{TWO}?limit=2")
    groups = answer.json()["notification_groups"]
    assert [group["status_id"] for group in groups] == [str(tweet.id) for tweet in tweets[:2]]
    last = groups[-1]["most_recent_notification_id"]
    assert f'{TWO}?limit=2&max_id={last}>; rel="next"' in answer.headers["Link"]
    (group,) = alices.get(f"{TWO}?max_id={last}").json()["notification_groups"]
    assert group["status_id"] == str(tweets[2].id)


def test_a_group_dismissed(alices, alice):
    tweet, _ = likes(alice, 3)
    assert told(alices.post(f"{TWO}/like-{tweet.id}/dismiss")) == (200, {})
    assert alices.get(ONE).json() == []
    assert told(alices.get(f"{TWO}/like-{tweet.id}")) == NOT_THERE


@pytest.mark.parametrize(
    "key", ["like-1", "like-", "mention-1", "x", "ungrouped-", "ungrouped-x", "ungrouped-9", "like-%00", "-"]
)
def test_groups_that_are_not_there(alices, key):
    for method, part in (("GET", ""), ("GET", "/accounts"), ("POST", "/dismiss")):
        assert told(alices(method, f"{TWO}/{key}{part}")) == NOT_THERE
