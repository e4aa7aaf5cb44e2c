"""The settings page of one's profile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from tests.factories import make_user, picture_file

pytestmark = pytest.mark.django_db
WORDS = {"display_name": "Alice A", "bio": "I read.", "location": "Here", "website": "example.org"}


def test_the_form_shows_what_is_and_saves_what_is_sent(as_alice, alice):
    page = as_alice.get("/settings/profile/")
    assert 'value="Alice Ashdown"' in page.content.decode()
    answer = as_alice.post("/settings/profile/", {**WORDS, "avatar": picture_file()}, follow=True)
    assert answer.redirect_chain == [("/settings/profile/", 302)]
    assert "Your profile is saved." in answer.content.decode()
    alice.refresh_from_db()
    assert (alice.display_name, alice.bio, alice.website) == ("Alice A", "I read.", "https://example.org")
    assert alice.avatar
    as_alice.post("/settings/profile/", {**WORDS, "remove_avatar": "on"})
    alice.refresh_from_db()
    assert not alice.avatar


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("website", "javascript:alert(1)", "not a web address"),
        ("bio", "x" * 161, "at most 160 characters; this has 161"),
        ("display_name", "x" * 51, "at most 50"),
        ("avatar", SimpleUploadedFile("x.png", b"<svg onload=alert(1)>"), ""),
        ("avatar", SimpleUploadedFile("x.png", b""), "empty"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_kept(as_alice, alice, field, value, said):
    if hasattr(value, "seek"):
        value.seek(0)
    answer = as_alice.post("/settings/profile/", {**WORDS, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="form-error"' in page
    assert said in page
    assert 'value="Here"' in page
    assert User.objects.get(pk=alice.pk).display_name == "Alice Ashdown"


def test_markup_is_shown_as_text(as_alice):
    as_alice.post("/settings/profile/", {**WORDS, "display_name": "<script>alert(1)</script>"})
    for path in ("/settings/profile/", "/"):
        assert "<script>alert" not in as_alice.get(path).content.decode()


def test_rights_cannot_be_sent_along(as_alice, alice):
    as_alice.post(
        "/settings/profile/", {**WORDS, "is_staff": "on", "username": "root", "email": "x@example.org"}
    )
    alice.refresh_from_db()
    assert (alice.is_staff, alice.username, alice.email) == (False, "alice", "alice@example.org")


def test_before_the_address_is_confirmed_nothing_is_written(as_person):
    nora = make_user("nora", confirmed=False)
    answer = as_person(nora).post("/settings/profile/", WORDS)
    assert answer.status_code == 403
    assert "Confirm your e-mail address first" in answer.content.decode()
    nora.refresh_from_db()
    assert nora.display_name == ""


def test_the_page_costs_five_queries(as_alice, django_assert_max_num_queries):
    as_alice.get("/settings/profile/")
    with django_assert_max_num_queries(5):
        as_alice.get("/settings/profile/")


def test_visitors_are_sent_to_log_in(client):
    assert client.get("/settings/profile/").headers["Location"] == "/login/?next=/settings/profile/"
    assert client.get("/settings/").headers["Location"] == "/settings/profile/"


def test_fields_are_saved_shown_again_and_removed(as_alice, alice):
    sent = {"field_0_name": "Pronouns", "field_0_value": "she/her", "field_2_name": "Garden"}
    as_alice.post("/settings/profile/", {**WORDS, **sent, "field_2_value": "https://garden.example.org"})
    page = as_alice.get("/settings/profile/").content.decode()
    assert [field.name for field in alice.fields.order_by("position")] == ["Pronouns", "Garden"]
    assert 'value="she/her"' in page
    assert 'value="https://garden.example.org"' in page

    as_alice.post("/settings/profile/", WORDS)
    assert not alice.fields.exists()


def test_half_a_field_is_said_beside_it_and_loses_nothing(as_alice, alice):
    answer = as_alice.post("/settings/profile/", {**WORDS, "field_3_value": "https://garden.example.org"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give this field a label." in page
    assert 'value="https://garden.example.org"' in page
    assert not alice.fields.exists()
