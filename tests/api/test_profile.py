"""Changing oneself."""

import pytest

from accounts.models import User
from tests.api.calling import caller_for
from tests.api.shape import assert_is
from tests.factories import make_user, picture_file

pytestmark = pytest.mark.django_db
CREDENTIALS = "/api/v1/accounts/update_credentials"


def test_words_and_choices(alices, alice):
    found = alices.patch(
        CREDENTIALS,
        {
            "display_name": "Alice B.",
            "note": "Tea\n\nand toast",
            "locked": True,
            "indexable": "false",
            "hide_collections": "1",
            "bot": True,
            "unheard_of": {},
            "fields_attributes": [{"name": "Garden", "value": "Yes"}, {"name": "", "value": ""}],
            "source": {
                "privacy": "private",
                "sensitive": "true",
                "language": "de",
                "quote_policy": "followers",
            },
        },
    ).json()
    assert_is("CredentialAccount", found)
    assert found["bot"] is True
    assert (found["display_name"], found["note"]) == ("Alice B.", "<p>Tea</p><p>and toast</p>")
    assert (found["locked"], found["indexable"], found["hide_collections"]) == (True, False, True)
    assert [(field["name"], field["value"]) for field in found["fields"]] == [("Garden", "Yes")]
    source = found["source"]
    assert (source["privacy"], source["sensitive"], source["language"]) == ("private", True, "de")
    assert source["quote_policy"] == "followers"
    assert alices.get("/api/v1/accounts/verify_credentials").json() == found


def test_what_is_not_sent_stays(alices, alice):
    alice.bio, alice.location, alice.website = "Tea", "Here", "https://example.org/"
    alice.hides_counts = True
    alice.save()
    alices.patch(CREDENTIALS, form="display_name=Alice+B.&locked=true&source[sensitive]=1")
    alice.refresh_from_db()
    assert (alice.display_name, alice.bio, alice.location) == ("Alice B.", "Tea", "Here")
    assert (alice.website, alice.hides_counts, alice.is_locked) == ("https://example.org/", True, True)
    assert (alice.posts_sensitive, alice.posts_to) == (True, "public")
    assert alices.patch(CREDENTIALS, {}).status_code == 200


def test_pictures_and_fields_of_a_form(alices):
    found = alices.patch(
        CREDENTIALS,
        files={
            "avatar": picture_file(),
            "header": picture_file(size=(300, 100)),
            "fields_attributes[0][name]": "Garden",
            "fields_attributes[0][value]": "Yes",
            "fields_attributes[1][name]": "Since",
            "fields_attributes[1][value]": "2019",
        },
    ).json()
    assert "/media/avatars/" in found["avatar"]
    assert "/media/headers/" in found["header"]
    assert [field["name"] for field in found["fields"]] == ["Garden", "Since"]
    without = alices.delete("/api/v1/profile/avatar").json()
    assert_is("CredentialAccount", without)
    assert without["avatar"].endswith(".png")
    assert "/static/" in without["avatar"]
    assert without["header"] == found["header"]
    assert "/static/" in alices.delete("/api/v1/profile/header").json()["header"]


def test_sites_that_may_name_one_as_their_author(alices):
    found = alices.patch(CREDENTIALS, {"attribution_domains": ["https://example.org", "b.example"]}).json()
    assert_is("CredentialAccount", found)
    assert found["source"]["attribution_domains"] == ["example.org", "b.example"]
    assert alices.get("/api/v1/profile").json()["attribution_domains"] == ["example.org", "b.example"]
    assert alices.patch(CREDENTIALS, {"note": "Tea"}).json()["source"]["attribution_domains"]
    form = "attribution_domains[]=one.example&attribution_domains[]=two.example"
    assert alices.patch(CREDENTIALS, form=form).json()["source"]["attribution_domains"] == [
        "one.example",
        "two.example",
    ]
    assert (
        alices.patch(CREDENTIALS, form="attribution_domains[]=").json()["source"]["attribution_domains"] == []
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"attribution_domains": ["no site"]},
        {"attribution_domains": [{}]},
        {"attribution_domains": 5},
        {"display_name": "x" * 51},
        {"note": "x" * 161},
        {"locked": "perhaps"},
        {"avatar": "no file"},
        {"fields_attributes": [{"name": "only a label", "value": ""}]},
        {"fields_attributes": [{"name": f"{n}", "value": "x"} for n in range(5)]},
        {"fields_attributes": "x"},
        {"source": "x"},
        {"source": {"privacy": "direct"}},
        {"source": {"language": "klingon"}},
    ],
)
def test_what_cannot_be(alices, alice, sent):
    before = User.objects.filter(pk=alice.pk).values().get()
    answer = alices.patch(CREDENTIALS, sent)
    assert answer.status_code == 422
    assert answer.json()["details"]
    assert User.objects.filter(pk=alice.pk).values().get() == before


def test_not_before_the_address_is_confirmed(db):
    app = caller_for(make_user("newcomer", confirmed=False))
    assert app.patch(CREDENTIALS, {"display_name": "x"}).status_code in (401, 403)


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_the_profile(alices, method):
    found = alices(method, "/api/v1/profile", {"display_name": "Alice B.", "note": "Tea <b>"}).json()
    assert_is("Profile", found)
    assert (found["display_name"], found["note"], found["avatar"]) == ("Alice B.", "Tea <b>", None)
    assert alices.get("/api/v1/profile").json() == found


def test_preferences(alices, alice):
    alice.posts_to, alice.posts_language, alice.pictures_shown = "quiet", "fr", "none"
    alice.opens_warnings = True
    alice.save()
    found = alices.get("/api/v1/preferences").json()
    assert_is("Preferences", found)
    assert found == {
        "posting:default:visibility": "unlisted",
        "posting:default:sensitive": False,
        "posting:default:language": "fr",
        "posting:default:quote_policy": "public",
        "reading:expand:media": "hide_all",
        "reading:expand:spoilers": True,
        "reading:autoplay:gifs": False,
    }


def test_what_pictures_show_goes_with_them(alices, alice, nobodys):
    sent = {"avatar": picture_file(), "avatar_description": "a cup", "header_description": "a field"}
    found = alices.patch(CREDENTIALS, files=sent).json()
    assert (found["avatar_description"], found["header_description"]) == ("a cup", "a field")
    seen = nobodys.get(f"/api/v1/accounts/{alice.pk}").json()
    assert (seen["avatar_description"], seen["bot"]) == ("a cup", False)
    assert alices.get("/api/v1/profile").json()["avatar_description"] == "a cup"
    assert alices.patch(CREDENTIALS, {"bot": True}).json()["avatar_description"] == "a cup"
    assert alices.delete("/api/v1/profile/avatar").json()["avatar_description"] == ""
    answer = alices.patch(CREDENTIALS, {"avatar_description": "x" * 151})
    assert (answer.status_code, list(answer.json()["details"])) == (422, ["avatar_description"])
