"""How far one has read."""

import pytest

from notifications.actions import notify
from notifications.models import Notification
from tests.api.shape import assert_is
from tests.factories import make_tweet
from timelines.actions import move_marker

pytestmark = pytest.mark.django_db
PATH = "/api/v1/markers"


def test_moved_and_asked_for(alices, bobs):
    moved = alices.post(PATH, form="home[last_read_id]=17&notifications[last_read_id]=18").json()
    assert {name: marker["last_read_id"] for name, marker in moved.items()} == {
        "home": "17",
        "notifications": "18",
    }
    for marker in moved.values():
        assert_is("Marker", marker)
    again = alices.post(PATH, {"home": {"last_read_id": "19"}}).json()
    assert (again["home"]["last_read_id"], again["home"]["version"]) == ("19", 1)
    assert alices.get(f"{PATH}?timeline[]=home&timeline[]=notifications").json() == {**moved, **again}
    assert alices.get(f"{PATH}?timeline[]=home").json() == again
    assert alices.get(PATH).json() == alices.get(f"{PATH}?timeline[]=other").json() == {}
    assert bobs.get(f"{PATH}?timeline[]=home").json() == {}


def test_notifications_up_to_there_are_read(alices, alice, bob):
    notify(alice, Notification.Kind.FOLLOW, bob)
    notify(alice, Notification.Kind.LIKE, bob, make_tweet(alice))
    first, _ = Notification.objects.order_by("id")
    alices.post(PATH, {"notifications": {"last_read_id": str(first.id)}})
    assert alices.get("/api/v1/notifications/unread_count").json() == {"count": 1}


@pytest.mark.parametrize("sent", [{"home": {}}, {"home": "5"}, {"home": {"last_read_id": "x"}}])
def test_what_makes_no_sense(alices, sent):
    assert alices.post(PATH, sent).status_code == 422
    assert alices.get(f"{PATH}?timeline[]=home").json() == {}


def test_no_other_timeline_has_a_mark(alice):
    with pytest.raises(Exception, match="no such timeline"):
        move_marker(alice, "elsewhere", 5)
