"""Settings, Apps: whoever let an app in sees it there and shows it the door."""

import pytest

from clients.models import AccessToken

pytestmark = pytest.mark.django_db


def test_a_person_sees_their_apps_and_shows_one_the_door(as_alice, alices, as_bob):
    page = as_alice.get("/settings/apps/").content.decode()
    assert "Test app" in page
    app_id = AccessToken.objects.get().app_id
    as_bob.post("/settings/apps/", {"app": app_id})
    assert alices.get("/api/v1/timelines/home").status_code == 200

    assert as_alice.post("/settings/apps/", {"app": app_id}).status_code == 302
    assert alices.get("/api/v1/timelines/home").status_code == 401
    assert "No app acts for you" in as_alice.get("/settings/apps/").content.decode()


@pytest.mark.parametrize("sent", ["", "x", "9" * 30, "-1"])
def test_odd_numbers_end_nothing(as_alice, alices, sent):
    assert as_alice.post("/settings/apps/", {"app": sent}).status_code == 302
    assert alices.get("/api/v1/timelines/home").status_code == 200
