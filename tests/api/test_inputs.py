"""JSON, form and multipart say the same."""

import pytest
from django.utils.datastructures import MultiValueDict

from api.inputs.nested import nested
from tests.factories import make_image
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def read(text):
    values = MultiValueDict()
    for pair in text.split("&"):
        name, _, value = pair.partition("=")
        values.appendlist(name, value)
    return nested(values)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("id[][]=1&id[][]=2", {"id": ["1", "2"]}),
        ("a=1&a=2", {"a": "2"}),
        ("id[]=1&id[]=2", {"id": ["1", "2"]}),
        (
            "poll[options][]=x&poll[options][]=y&poll[multiple]=1",
            {"poll": {"options": ["x", "y"], "multiple": "1"}},
        ),
        (
            "f[0][name]=a&f[0][value]=b&f[1][name]=c",
            {"f": {"0": {"name": "a", "value": "b"}, "1": {"name": "c"}}},
        ),
        ("m[][id]=1&m[][x]=a&m[][id]=2", {"m": [{"id": "1", "x": "a"}, {"id": "2"}]}),
        ("m[][id]=1&m[]=2", {"m": [{"id": "1"}, "2"]}),
        ("m[]=2&m[][id]=1", {"m": ["2"]}),
        ("a=1&a[b]=2", {"a": "1"}),
        ("a[b]=2&a[]=1", {"a": {"b": "2"}}),
        ("a[=1", {"a[": "1"}),
        ("[]=1", {"[]": "1"}),
        ("a[b][c][d][e][f]=1", {"a[b][c][d][e][f]": "1"}),
    ],
)
def test_names_with_brackets(text, meant):
    assert read(text) == meant


def test_a_poll_in_three_spellings(alices):
    as_json = {"status": "Tea?", "poll": {"options": ["Yes", "No"], "expires_in": 600, "multiple": True}}
    pairs = "status=Tea?&poll[options][]=Yes&poll[options][]=No&poll[expires_in]=600&poll[multiple]=true"
    as_files = {
        "status": "Tea?",
        "poll[options][]": ["Yes", "No"],
        "poll[expires_in]": "600",
        "poll[multiple]": "1",
    }
    for answer in (
        alices.post("/api/v1/statuses", as_json),
        alices.post("/api/v1/statuses", form=pairs),
        alices.post("/api/v1/statuses", files=as_files),
    ):
        poll = answer.json()["poll"]
        assert [option["title"] for option in poll["options"]] == ["Yes", "No"]
        assert poll["multiple"] is True


@pytest.mark.parametrize("spelling", ["true", "1", "True", "on", True, 1])
def test_yes_in_every_spelling(alices, spelling):
    assert (
        alices.post("/api/v1/statuses", {"status": "hi", "sensitive": spelling}).json()["sensitive"] is True
    )


@pytest.mark.parametrize("spelling", ["false", "0", "False", "off", False, 0, None])
def test_no_in_every_spelling(alices, spelling):
    assert (
        alices.post("/api/v1/statuses", {"status": "hi", "sensitive": spelling}).json()["sensitive"] is False
    )


def test_one_id_is_a_list_of_one(alices, alice):
    one, two = make_image(alice, "one"), make_image(alice, "two")
    form = f"status=look&media_ids={one.id}"
    assert len(alices.post("/api/v1/statuses", form=form).json()["media_attachments"]) == 1
    answer = alices.post("/api/v1/statuses", {"status": "look", "media_ids": str(two.id)})
    assert answer.json()["media_attachments"][0]["description"] == "two"


def test_query_and_body_together(alices):
    answer = alices.post("/api/v1/statuses?visibility=unlisted&status=query", {"status": "body"})
    assert answer.status_code == 200
    assert Tweet.objects.get().text == "body"
    assert answer.json()["visibility"] == "unlisted"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("en", "en"),
        ("pt-BR", "pt"),
        ("zh_TW", "zh-hant"),
        ("EN", "en"),
        ("yue", None),  # apps offer languages that cannot be chosen here
        ("tok", None),
        ("", None),
        (None, None),
    ],
)
def test_languages_as_apps_write_them(alices, sent, said):
    answer = alices.post("/api/v1/statuses", {"status": "hi", "language": sent})
    assert (answer.status_code, answer.json()["language"]) == (200, said)
