"""POST /pictures/: one picture in, one entry of the composer or one sentence out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from attachments import files as attachment_files
from attachments.models import Attachment
from common.storage import NotStored
from tests.common import picture_files as files
from tests.factories import make_user


def send(client: Client, data: bytes, name: str = "photo.jpg", kind: str = "image/jpeg", **fields: str):
    return client.post("/pictures/", {"picture": SimpleUploadedFile(name, data, kind), **fields})


def test_a_picture_becomes_an_entry_of_the_composer(alice, as_alice):
    response = send(as_alice, files.photo((800, 600)), description="Two dogs")
    attachment = Attachment.objects.get()
    page = response.content.decode()
    assert response.status_code == 200
    assert attachment.owner == alice
    assert f'name="attachments" value="{attachment.id}"' in page
    assert attachment.thumb_url in page
    assert "Two dogs" in page


@pytest.mark.parametrize(
    ("data", "name", "kind", "status", "words"),
    [
        (b"%PDF-1.7 pretends", "photo.jpg", "image/jpeg", 422, "This is a PDF document"),
        (b"<svg onload='alert(1)'/>", "photo.png", "image/png", 422, "This is an SVG drawing"),
        (b"<script>alert(1)</script>", "photo.gif", "image/gif", 422, "not a picture"),
        (b"", "photo.jpg", "image/jpeg", 422, "empty"),
        (bytes(5 * 1024 * 1024 + 1), "photo.jpg", "image/jpeg", 422, "larger than 5 MB"),
        (files.giant_png(20_000, 20_000), "photo.png", "image/png", 422, "too many pixels"),
    ],
)
def test_what_is_no_picture_gets_its_sentence(as_alice, data, name, kind, status, words):
    response = send(as_alice, data, name, kind)
    assert response.status_code == status
    assert words in response.content.decode()
    assert not Attachment.objects.exists()


def test_the_content_decides_and_the_name_is_never_used(as_alice):
    response = send(as_alice, files.plain("PNG"), "../../<b>evil</b>.php", "text/html")
    attachment = Attachment.objects.get()
    assert response.status_code == 200
    assert attachment.format == "png"
    assert "evil" not in response.content.decode() + "".join(attachment_files.names_of(attachment))


def test_without_a_file(as_alice):
    assert "Choose a picture." in as_alice.post("/pictures/").content.decode()
    assert as_alice.post("/pictures/", {"picture": "just text"}).status_code == 422


def test_strangers_and_unconfirmed_people_are_told_what_to_do(client, as_person, db):
    response = send(client, files.plain("PNG"))
    assert (response.status_code, "Log in" in response.content.decode()) == (403, True)
    response = send(as_person(make_user("dora", confirmed=False)), files.plain("PNG"))
    assert (response.status_code, "Confirm your e-mail" in response.content.decode()) == (403, True)
    assert not Attachment.objects.exists()


def test_too_many_unused_pictures(alice, as_alice, settings):
    settings.PICTURES_UNCLAIMED_MAX = 0
    response = send(as_alice, files.plain("PNG"))
    assert (response.status_code, response["Retry-After"]) == (429, "3600")


def test_a_full_disk_is_a_507_with_a_reason(as_alice, monkeypatch):
    def full(*_: object) -> None:
        raise NotStored("The server has no room for pictures at the moment.")

    monkeypatch.setattr(attachment_files, "store", full)
    response = send(as_alice, files.plain("PNG"))
    assert response.status_code == 507
    assert "no room" in response.content.decode()
    assert not Attachment.objects.exists()


def test_only_posts_with_a_token_change_anything(alice, as_alice):
    assert as_alice.get("/pictures/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    assert send(strict, files.plain("PNG")).status_code == 403
    assert not Attachment.objects.exists()
