"""What the server says of its limits: they are those that hold."""

from urllib.parse import urlencode

import pytest

from tests.api.shape import assert_is
from tests.factories import make_image, make_tweet, picture_file
from tweets.actions import feature_tag

pytestmark = pytest.mark.django_db
STATUSES = "/api/v1/statuses"
PROFILE = "/api/v1/accounts/update_credentials"


@pytest.fixture
def limits(nobodys):
    document = nobodys.get("/api/v2/instance").json()
    assert_is("Instance", document)
    older = nobodys.get("/api/v1/instance").json()
    assert_is("V1Instance", older)
    assert older["configuration"].items() <= document["configuration"].items()
    return document["configuration"]


def said(app, text, **more):
    return app.post(STATUSES, {"status": text, **more}).status_code


def test_of_words_with_their_weights(alices, limits):
    most, link = (limits["statuses"][name] for name in ("max_characters", "characters_reserved_per_url"))
    assert most == 280
    assert [said(alices, "a" * most), said(alices, "a" * (most + 1))] == [200, 422]
    assert [said(alices, "茶" * (most // 2)), said(alices, "茶" * (most // 2 + 1))] == [200, 422]
    long = "https://example.org/" + "x" * 300
    assert [said(alices, f"{long} " + "b" * (most - link - 1 + more)) for more in (0, 1)] == [200, 422]


def test_of_pictures(alices, alice, limits):
    most = limits["statuses"]["max_media_attachments"]
    for number, status in ((most, 200), (most + 1, 422)):
        ids = [make_image(alice).pk for _ in range(number)]
        assert said(alices, "look", media_ids=ids) == status
    media = limits["media_attachments"]
    for kind in media["supported_mime_types"]:
        file = picture_file(f"a.{kind[6:]}", kind=kind[6:].upper())
        assert alices.post("/api/v1/media", files={"file": file}).status_code == 200
    assert alices.post("/api/v1/media", files={"file": picture_file("a.bmp", kind="BMP")}).status_code == 422
    longest = media["description_limit"]
    an_id = make_image(alice).pk
    for length, status in ((longest, 200), (longest + 1, 422)):
        answer = alices.put(f"/api/v1/media/{an_id}", {"description": "x" * length})
        assert answer.status_code == status
    heavy = picture_file()
    heavy.write(b"\0" * media["image_size_limit"])
    assert alices.post("/api/v1/media", files={"file": heavy}).status_code == 422


def test_of_polls(alices, limits):
    polls = limits["polls"]

    def asked(options, seconds):
        return said(alices, "Tea?", poll={"options": options, "expires_in": seconds})

    number, length = polls["max_options"], polls["max_characters_per_option"]
    shortest, longest = polls["min_expiration"], polls["max_expiration"]
    choices = [str(place) for place in range(number)]
    assert [asked(choices, 600), asked([*choices, "more"], 600)] == [200, 422]
    assert [asked(["a", "x" * length], 600), asked(["a", "x" * (length + 1)], 600)] == [200, 422]
    assert [asked(["a", "b"], shortest), asked(["a", "b"], shortest - 1)] == [200, 422]
    assert [asked(["a", "b"], longest), asked(["a", "b"], longest + 1)] == [200, 422]


def test_of_people(alices, alice, limits):
    people = limits["accounts"]

    def changed(**sent):
        return alices.patch(PROFILE, sent).status_code

    for name, limit in (("display_name", "max_display_name_length"), ("note", "max_note_length")):
        assert [changed(**{name: "x" * (people[limit] + more)}) for more in (0, 1)] == [200, 422]
    label, text = people["profile_field_name_limit"], people["profile_field_value_limit"]
    for name, value, status in (
        ("x" * label, "x" * text, 200),
        ("x" * (label + 1), "x", 422),
        ("x", "x" * (text + 1), 422),
    ):
        assert changed(fields_attributes=[{"name": name, "value": value}]) == status
    rows = [{"name": str(place), "value": "x"} for place in range(people["max_profile_fields"] + 1)]
    assert [changed(fields_attributes=rows[:-1]), changed(fields_attributes=rows)] == [200, 422]
    described = people["max_avatar_description_length"]
    for length, status in ((described, 200), (described + 1, 422)):
        form = {"avatar": picture_file(), "avatar_description": "x" * length}
        assert alices.patch(PROFILE, files=form).status_code == status


def test_of_what_stands_on_a_profile(alices, alice, limits):
    people = limits["accounts"]
    pinned = [
        alices.post(f"{STATUSES}/{make_tweet(alice).pk}/pin").status_code
        for _ in range(people["max_pinned_statuses"] + 1)
    ]
    assert pinned == [200] * people["max_pinned_statuses"] + [422]
    for place in range(people["max_featured_tags"]):
        feature_tag(alice, f"tag{place}")
    more = alices.post("/api/v1/featured_tags", form=urlencode({"name": "more"}))
    assert more.status_code == 422
