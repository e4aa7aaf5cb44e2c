"""Of whom one wants to hear, and what waits of strangers."""

import pytest

from notifications.actions import notify, set_policy
from notifications.models import Notification, NotificationPermission, NotificationPolicy
from tests.api.shape import assert_is
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db
REQUESTS = "/api/v1/notifications/requests"
NOT_THERE = (404, {"error": "Record not found"})


@pytest.fixture
def waiting(alice, bob, carol):
    set_policy(
        alice,
        dict.fromkeys(NotificationPolicy.WISHES, "accept") | {"for_not_following": "filter"},
    )
    said = make_tweet(bob, "@alice, hello")
    notify(alice, Notification.Kind.FOLLOW, bob)
    notify(alice, Notification.Kind.MENTION, bob, said)
    notify(alice, Notification.Kind.FOLLOW, carol)
    return said


def told(answer):
    return answer.status_code, answer.json()


def people(app):
    return [row["account"]["acct"] for row in app.get(REQUESTS).json()]


def test_what_waits_of_each_person(alices, waiting, bob):
    rows = alices.get(REQUESTS).json()
    for row in rows:
        assert_is("NotificationRequest", row)
    assert [row["account"]["acct"] for row in rows] == ["carol", "bob"]
    assert (rows[1]["id"], rows[1]["notifications_count"]) == (str(bob.id), "2")
    assert rows[1]["last_status"]["id"] == str(waiting.id)
    assert rows[0]["last_status"] is None
    assert alices.get(f"{REQUESTS}/{bob.id}").json() == rows[1]
    assert alices.get("/api/v1/notifications").json() == []
    shown = alices.get(f"/api/v1/notifications?account_id={bob.id}&include_filtered=true").json()
    assert [row["type"] for row in shown] == ["mention", "follow"]


def test_pages(alices, waiting, bob):
    answer = alices.get(f"{REQUESTS}?limit=1")
    assert [row["account"]["acct"] for row in answer.json()] == ["carol"]
    following = answer.headers["Link"].partition(">")[0].removeprefix("<http://localhost:8000")
    assert [row["account"]["acct"] for row in alices.get(following).json()] == ["bob"]


def test_accepted_and_dismissed(alices, waiting, alice, bob, carol):
    assert told(alices.post(f"{REQUESTS}/{bob.id}/accept")) == (200, {})
    assert NotificationPermission.objects.filter(owner=alice, person=bob).exists()
    assert [row["type"] for row in alices.get("/api/v1/notifications").json()] == ["mention", "follow"]
    assert told(alices.post(f"{REQUESTS}/{carol.id}/dismiss")) == (200, {})
    assert people(alices) == []
    for deed in ("accept", "dismiss"):
        assert told(alices.post(f"{REQUESTS}/{carol.id}/{deed}")) == NOT_THERE
    assert told(alices.get(f"{REQUESTS}/{bob.id}")) == NOT_THERE
    assert alices.get(f"{REQUESTS}/merged").json() == {"merged": True}


def test_several_at_once(alices, waiting, alice, bob, carol):
    stranger = make_user()
    assert told(alices.post(f"{REQUESTS}/accept", {"id": [bob.id, stranger.id]})) == (200, {})
    assert not NotificationPermission.objects.filter(person=stranger).exists()
    assert told(alices.post(f"{REQUESTS}/dismiss", form=f"id[]={carol.id}")) == (200, {})
    assert people(alices) == []
    assert alices.post(f"{REQUESTS}/accept", {}).status_code == 422


def test_requests_are_nobody_elses(bobs, waiting, carol):
    assert people(bobs) == []
    assert told(bobs.post(f"{REQUESTS}/{carol.id}/dismiss")) == NOT_THERE
    bobs.post(f"{REQUESTS}/dismiss", {"id": [str(carol.id)]})
    assert Notification.objects.filter(actor=carol).exists()


# --- The policy


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_the_policy(alices, waiting, method):
    path = "/api/v2/notifications/policy"
    found = alices.get(path).json()
    assert_is("NotificationPolicy", found)
    assert found["for_not_following"] == "filter"
    assert found["summary"] == {"pending_requests_count": 2, "pending_notifications_count": 3}
    changed = alices(
        method, path, {"for_new_accounts": "drop", "for_private_mentions": "filter", "unknown": 1}
    )
    assert changed.json() == {**found, "for_new_accounts": "drop"}
    assert alices(method, path, {"for_new_accounts": "perhaps"}).status_code == 422


def test_messages_of_strangers_and_people_whom_staff_limited(alices, alice):
    path = "/api/v2/notifications/policy"
    before = alices.get(path).json()
    assert (before["for_private_mentions"], before["for_limited_accounts"]) == ("filter", "drop")
    wish = {"for_private_mentions": "drop", "for_limited_accounts": "accept"}
    assert alices.patch(path, wish).json() == {**before, **wish}
    alice.refresh_from_db()
    assert alice.messages_from == "followed"
    assert alices.patch(path, {"for_private_mentions": "accept"}).json()["for_private_mentions"] == "filter"
    alice.refresh_from_db()
    assert alice.messages_from == "everyone"


def test_the_older_policy(alices, waiting, alice):
    path = "/api/v1/notifications/policy"
    found = alices.get(path).json()
    assert_is("V1NotificationPolicy", found)
    assert (found["filter_not_following"], found["filter_new_accounts"]) == (True, False)
    changed = alices.put(path, {"filter_not_following": False, "filter_new_accounts": "true"}).json()
    assert (changed["filter_not_following"], changed["filter_new_accounts"]) == (False, True)
    NotificationPolicy.objects.update(for_not_followers="drop")
    alices.put(path, form="filter_not_followers=true")
    assert NotificationPolicy.objects.get().for_not_followers == "drop"
    assert alices.put(path, {"filter_not_following": "perhaps"}).status_code == 422
