"""GET /media/…: our pictures, sent so that they can be nothing but pictures."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

NAME = "pictures/ab/abcdef-card.jpg"
CONTENT = bytes(range(256)) * 4


@pytest.fixture(autouse=True)
def kept(settings) -> Path:
    default_storage.save(NAME, ContentFile(CONTENT))
    return Path(settings.MEDIA_ROOT)


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize(
    ("extension", "content_type"),
    [("jpg", "image/jpeg"), ("png", "image/png"), ("gif", "image/gif"), ("webp", "image/webp")],
)
@pytest.mark.parametrize("folder", ["pictures", "avatars", "headers"])
def test_a_picture_is_sent_inertly(client, folder, extension, content_type):
    default_storage.save(f"{folder}/xy/a-b_C.{extension}", ContentFile(b"<script>alert(1)</script>"))
    response = client.get(f"/media/{folder}/xy/a-b_C.{extension}")
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Content-Disposition"] == f'inline; filename="picture.{extension}"'
    assert response["Content-Length"] == "25"


def test_pictures_cost_no_query_and_no_cookie(as_alice, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = as_alice.get(f"/media/{NAME}")
    assert body(response) == CONTENT
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    "name",
    [
        "../db.sqlite3",
        "pictures/../../db.sqlite3",
        "pictures/..%2f..%2fdb.sqlite3",
        "pictures/ab/../../../secret_key",
        "..%2fsecret_key",
        "%2e%2e/secret_key",
        "%2Fetc/passwd",
        "pictures/%00.jpg",
        "pictures/ab/abcdef-card.jpg%00.html",
        "pictures/ab/abcdef-card.jpg%0a",
        "pictures/ab/abcdef-card.jpg/",
        "pictures/ab/abcdef-card.jpg.html",
        "pictures/ab/.hidden.jpg",
        "pictures/ab/page.html",
        "pictures/ab/drawing.svg",
        "pictures/ab",
        "pictures/",
        "private/originals/ab/abc.jpg",
        "originals/ab/abc.jpg",
        "db.sqlite3",
        "pictures/ab/never-there.jpg",
        "pictures/ab/" + "x" * 5000 + ".jpg",
        "pictures\\ab\\abcdef-card.jpg",
        "pictures/ab/ａ.jpg",
    ],
)
def test_nothing_else_can_be_fetched(client, kept, name):
    for secret in (
        "db.sqlite3",
        "secret_key",
        "pictures/ab/page.html",
        "pictures/ab/drawing.svg",
        "originals/ab/abc.jpg",
    ):
        path = kept / secret
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"secret")
        (kept.parent / Path(secret).name).write_bytes(b"secret")
    response = client.get(f"/media/{name}")
    assert response.status_code == 404
    assert b"secret" not in body(response)


def test_a_folder_called_like_a_picture_is_none(client, kept):
    (kept / "pictures/ab/folder.jpg").mkdir()
    assert client.get("/media/pictures/ab/folder.jpg").status_code == 404


def test_a_browser_that_has_it_gets_nothing_again(client):
    etag = client.get(f"/media/{NAME}")["ETag"]
    response = client.get(f"/media/{NAME}", headers={"If-None-Match": etag})
    assert (response.status_code, body(response)) == (304, b"")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(f"/media/{NAME}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_says_how_long_it_is(client):
    response = client.head(f"/media/{NAME}")
    assert (response.status_code, response["Content-Length"]) == (200, "1024")
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1000-5000", 1000, 1023),
        ("bytes=-10", 1014, 1023),
        ("bytes=-99999", 0, 1023),
        ("bytes=1023-1023", 1023, 1023),
    ],
)
def test_a_part_can_be_asked_for(client, asked, first, last):
    response = client.get(f"/media/{NAME}", headers={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/1024"
    assert body(response) == CONTENT[first : last + 1]
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=99999-100000", "bytes=5-2", "bytes=-0"])
def test_a_part_that_is_not_there(client, asked):
    response = client.get(f"/media/{NAME}", headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize(
    "asked", ["bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=" + "9" * 500 + "-", ""]
)
def test_an_odd_range_gets_the_whole(client, asked):
    response = client.get(f"/media/{NAME}", headers={"Range": asked})
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_part_of_another_version_gets_the_whole(client):
    etag = client.get(f"/media/{NAME}")["ETag"]
    ranged = {"Range": "bytes=0-9"}
    assert client.get(f"/media/{NAME}", headers={**ranged, "If-Range": etag}).status_code == 206
    assert client.get(f"/media/{NAME}", headers={**ranged, "If-Range": '"old"'}).status_code == 200


def test_pictures_can_only_be_read(client):
    assert client.post(f"/media/{NAME}").status_code == 405
