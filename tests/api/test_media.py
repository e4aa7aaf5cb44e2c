"""Pictures that apps send, before and after a tweet has them."""

import pytest

from attachments.actions import hold, process
from attachments.models import Attachment
from tests.api.shape import assert_is
from tests.factories import make_image, make_tweet, picture_file

pytestmark = pytest.mark.django_db


def send(app, path="/api/v2/media", **fields):
    return app.post(path, files={"file": picture_file(), **fields})


def test_taken_in_and_asked_for_until_it_is_ready(alices):
    answer = send(alices, description="a cup", focus="0.5,-0.25")
    found = answer.json()
    assert answer.status_code == 202
    assert_is("MediaAttachment", found)
    assert (found["type"], found["url"], found["description"]) == ("image", None, "a cup")
    assert found["meta"]["focus"] == {"x": 0.5, "y": -0.25}
    assert found["blurhash"]
    path = f"/api/v1/media/{found['id']}"
    assert alices.get(path).status_code == 206
    process(Attachment.objects.get())
    answer = alices.get(path)
    assert answer.status_code == 200
    assert answer.json()["url"].startswith("http://localhost:8000/media/")
    assert answer.json()["preview_url"].startswith("http://localhost:8000/media/")


def test_the_older_way_waits_for_it(alices):
    answer = send(alices, "/api/v1/media")
    assert answer.status_code == 200
    assert answer.json()["url"]
    assert Attachment.objects.get().state == Attachment.State.READY


def test_described_and_pointed_at_before_it_is_said(alices):
    an_id = send(alices).json()["id"]
    path = f"/api/v1/media/{an_id}"
    assert alices.put(path, {"description": "a teapot"}).json()["description"] == "a teapot"
    changed = alices.put(path, form="focus=-1,1").json()
    assert (changed["description"], changed["meta"]["focus"]) == ("a teapot", {"x": -1.0, "y": 1.0})
    status = alices.post("/api/v1/statuses", {"status": "tea", "media_ids": [an_id]}).json()
    (shown,) = status["media_attachments"]
    assert (shown["id"], shown["description"]) == (an_id, "a teapot")
    assert shown["meta"]["focus"] == {"x": -1.0, "y": 1.0}
    assert alices.get(path).status_code == alices.put(path, {}).status_code == 404


def test_an_edit_describes_and_points_anew(alices, alice):
    picture = make_image(alice, "before")
    tweet = make_tweet(alice, "tea", images=[picture])
    attributes = [{"id": str(picture.id), "description": "after", "focus": "0.1,0.2"}]
    sent = {"status": "tea", "media_ids": [str(picture.id)], "media_attributes": attributes}
    (shown,) = alices.put(f"/api/v1/statuses/{tweet.id}", sent).json()["media_attachments"]
    assert (shown["description"], shown["meta"]["focus"]) == ("after", {"x": 0.1, "y": 0.2})
    sent["media_attributes"][0]["focus"], sent["status"] = "5,5", "coffee"
    assert alices.put(f"/api/v1/statuses/{tweet.id}", sent).status_code == 422
    tweet.refresh_from_db()
    assert tweet.text == "tea"


def test_words_are_not_kept_with_a_wrong_middle(alices):
    picture = send(alices, description="a cup")
    path = f"/api/v1/media/{picture.json()['id']}"
    assert alices.put(path, {"description": "a teapot", "focus": "5,5"}).status_code == 422
    assert alices.get(path).json()["description"] == "a cup"


def test_a_picture_with_a_wrong_middle_is_not_kept(alices):
    for focus in ("5,5", "0,-1.01", "inf,0"):
        assert alices.post("/api/v2/media", files={"file": picture_file(), "focus": focus}).status_code == 422
    assert not Attachment.objects.exists()


def test_thrown_away(alices):
    an_id = send(alices).json()["id"]
    answer = alices.delete(f"/api/v1/media/{an_id}")
    assert (answer.status_code, answer.json()) == (200, {})
    assert not Attachment.objects.exists()
    assert alices.delete(f"/api/v1/media/{an_id}").status_code == 404


def test_what_is_in_use_stays(alices, alice):
    shown, held = make_image(alice), make_image(alice)
    make_tweet(alice, "look", images=[shown])
    hold(alice, [held.id], "draft:x")
    for picture in (shown, held):
        answer = alices.delete(f"/api/v1/media/{picture.id}")
        assert answer.status_code == 422
        assert "in use" in answer.json()["error"]
    assert Attachment.objects.count() == 2


def test_pictures_are_nobody_elses(alices, bobs, bob):
    picture = make_image(bob, "mine")
    for method in ("GET", "PUT", "DELETE"):
        answer = alices(method, f"/api/v1/media/{picture.id}", {"description": "yours"})
        assert (answer.status_code, answer.json()) == (404, {"error": "Record not found"})
    picture.refresh_from_db()
    assert picture.description == "mine"


@pytest.mark.parametrize("path", ["/api/v1/media", "/api/v2/media"])
def test_what_cannot_be_taken_in(alices, path):
    for answer in (
        alices.post(path),
        alices.post(path, {"file": "no file"}),
        alices.post(path, form="file=text"),
        alices.post(path, files={"file": picture_file(), "focus": "left"}),
        alices.post(path, files={"file": picture_file(), "focus": "nan,0"}),
        alices.post(path, files={"file": picture_file(), "description": "x" * 2000}),
        alices.post(path, files={"file": _no_picture()}),
    ):
        assert answer.status_code == 422
        assert answer.json()["error"].startswith("Validation failed: ")


def _no_picture():
    file = picture_file("letter.png")
    file.seek(0)
    file.write(b"Dear Sir or Madam")
    file.seek(0)
    return file


def test_too_many_at_once(alices, alice, settings):
    settings.PICTURES_UNCLAIMED_MAX = 1
    make_image(alice)
    answer = send(alices)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["X-RateLimit-Limit"] == "1"
    assert answer.headers["X-RateLimit-Remaining"] == "0"
