"""How apps ask to be told while they are closed, and what is refused."""

import pytest

from clients.actions import end_app_of
from clients.models import App
from notifications.models import PushSubscription
from tests.api.calling import caller_for
from tests.api.pushing import PLACE, wish
from tests.api.shape import assert_is
from tests.common.devices import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def device():
    return Device()


def test_an_app_subscribes_looks_changes_and_leaves(alice, device):
    app = caller_for(alice)
    assert app.get(PLACE).status_code == 404
    made = app.post(PLACE, wish(device, alerts=["mention", "follow"], policy="followed")).json()
    assert_is("WebPushSubscription", made)
    assert made["endpoint"] == "https://push.example/abc"
    assert [name for name, is_wanted in made["alerts"].items() if is_wanted] == ["mention", "follow"]
    assert (made["standard"], made["policy"]) == (True, "followed")
    assert app.get(PLACE).json() == made
    changed = app.put(PLACE, {"data": {"alerts": {"poll": True, "update": True}}, "policy": "none"}).json()
    assert [name for name, is_wanted in changed["alerts"].items() if is_wanted] == ["poll"]
    assert changed["policy"] == "none"
    assert app.delete(PLACE).json() == {}
    assert app.delete(PLACE).json() == {}
    assert app.get(PLACE).status_code == app.put(PLACE, {}).status_code == 404


def test_forms_say_the_same(alice, device):
    form = "&".join(
        [
            "subscription[endpoint]=https://push.example/x",
            f"subscription[keys][p256dh]={device.keys['p256dh']}",
            f"subscription[keys][auth]={device.keys['auth']}",
            "data[alerts][mention]=true&data[alerts][admin.sign_up]=true&data[policy]=follower",
        ]
    )
    made = caller_for(alice).post(PLACE, form=form).json()

    assert (made["alerts"]["mention"], made["alerts"]["admin.sign_up"]) == (True, False)
    assert (made["policy"], made["standard"]) == ("follower", False)


def test_a_second_subscription_takes_the_place_of_the_first_and_others_keep_theirs(alice, device):
    app, other = caller_for(alice), caller_for(alice)
    other.post(PLACE, wish(device))
    app.post(PLACE, wish(device))
    app.post(PLACE, wish(device, "https://push.example/new"))

    assert app.get(PLACE).json()["endpoint"] == "https://push.example/new"
    assert other.get(PLACE).json()["endpoint"] == "https://push.example/abc"
    assert PushSubscription.objects.count() == 2


def test_the_token_is_not_kept_as_it_is(alice, device):
    app = caller_for(alice)
    app.post(PLACE, wish(device))

    assert app.token not in str(PushSubscription.objects.values().get())


def test_it_ends_with_its_token(alice, device):
    caller_for(alice).post(PLACE, wish(device))
    end_app_of(alice, App.objects.get().pk)

    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "damage",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "ftp://push.example/x"},
        {"endpoint": "https://user:word@push.example/x"},
        {"endpoint": "https://push.example:25/x"},
        {"endpoint": "x" * 3000},
        {"endpoint": ""},
        {"endpoint": 5},
        {"keys": {}},
        {"keys": {"p256dh": "x", "auth": "y"}},
        {"keys": "x"},
        {"standard": "perhaps"},
    ],
)
def test_nonsense_is_refused(alice, device, damage):
    sent = wish(device)
    sent["subscription"] |= damage
    answer = caller_for(alice).post(PLACE, sent)

    assert answer.status_code == 422, answer.json()
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("data", [{"alerts": 5}, {"alerts": {"mention": "perhaps"}}, {"policy": "some"}])
def test_odd_wishes_are_refused(alice, device, data):
    assert caller_for(alice).post(PLACE, {**wish(device), "data": data}).status_code == 422


def test_apps_learn_the_key_by_which_services_know_us(alice, device):
    app = caller_for(alice)
    key = app.get("/api/v2/instance").json()["configuration"]["vapid"]["public_key"]
    assert key == "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    assert app.get("/api/v1/apps/verify_credentials").json()["vapid_key"] == key
    assert app.post(PLACE, wish(device)).json()["server_key"] == key


def test_without_a_key_nothing_is_pushed(alice, device, settings):
    settings.VAPID_PRIVATE_KEY = ""
    app = caller_for(alice)

    assert app.get("/api/v2/instance").json()["configuration"]["vapid"]["public_key"] == ""
    assert app.post(PLACE, wish(device)).status_code == 404
