"""Settings, Your data: asking for an archive, seeing how far it is, fetching it, removing it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from portability.actions import ask_for_export
from portability.models import Export
from tests.factories import PASSWORD, make_tweet
from tests.portability.opening import made

pytestmark = pytest.mark.django_db
PAGE = "/settings/data/"


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    local = {"BACKEND": "common.storage.local.LocalFiles", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "originals": local}


@pytest.fixture
def proved(client, alice) -> Client:
    """Alice, who has just signed in with her password."""
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    return client


def test_asking_for_one(proved):
    answer = proved.post(PAGE, follow=True)
    page = answer.content.decode()
    assert "Your archive is being made." in page
    assert "Being made: 0 %" in page
    assert 'hx-trigger="every 3s"' in page
    assert Export.objects.get().owner.username == "alice"


def test_who_has_not_shown_who_they_are_is_asked(as_alice, alice):
    answer = as_alice.post(PAGE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/settings/confirm/")
    assert not Export.objects.exists()
    there = as_alice.post(answer["Location"], {"password": PASSWORD}, follow=True)
    assert "Your archive is being made." in there.content.decode()
    assert Export.objects.get().owner == alice


def test_a_browser_that_was_left_open_fetches_nothing(as_alice, alice):
    answer = as_alice.get(f"{PAGE}{made(alice).pk}/download")
    assert answer["Location"].startswith("/settings/confirm/")


def test_visitors_are_sent_to_the_door(client, alice):
    for path in (PAGE, f"{PAGE}1/download"):
        assert client.get(path)["Location"].startswith("/login/")
    for path in (PAGE, f"{PAGE}1/remove"):
        assert client.post(path)["Location"].startswith("/login/")
    assert not Export.objects.exists()


def test_one_at_a_time(proved, alice):
    ask_for_export(alice)
    assert "being made already" in proved.post(PAGE, follow=True).content.decode()
    assert "disabled" in proved.get(PAGE).content.decode()
    assert Export.objects.count() == 1


def test_two_a_day(proved):
    for _ in range(2):
        assert proved.post(PAGE).status_code == 302
        Export.objects.update(state="failed")
    answer = proved.post(PAGE)
    assert answer.status_code == 429
    assert "tomorrow" in answer.content.decode()
    assert Export.objects.count() == 2


def test_fetching_it(proved, alice):
    make_tweet(alice, "Tea first")
    export = made(alice)
    page = proved.get(PAGE).content.decode()
    assert f"{PAGE}{export.pk}/download" in page
    assert "hx-trigger" not in page.partition('id="archives"')[2].partition("</ul>")[0]
    answer = proved.get(f"{PAGE}{export.pk}/download")
    content = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(content)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="twitter-clone-alice-20')
    assert "no-store" in answer["Cache-Control"]
    assert "Tea first" in ZipFile(BytesIO(content)).read("tweets/0001.json").decode()


def test_nobody_else_fetches_or_removes_it(proved, bob):
    export = made(bob)
    assert proved.get(f"{PAGE}{export.pk}/download").status_code == 404
    proved.post(f"{PAGE}{export.pk}/remove")
    assert Export.objects.exists()
    assert proved.get(f"{PAGE}{export.pk + 1}/download").status_code == 404


def test_one_that_failed(proved, alice):
    ask_for_export(alice)
    Export.objects.update(state="failed")
    page = proved.get(PAGE).content.decode()
    assert "could not be made" in page
    assert "/download" not in page


def test_removing_it(proved, alice):
    export = made(alice)
    assert "was removed" in proved.post(f"{PAGE}{export.pk}/remove", follow=True).content.decode()
    assert not Export.objects.exists()
    assert proved.get(f"{PAGE}{export.pk}/remove").status_code == 405
