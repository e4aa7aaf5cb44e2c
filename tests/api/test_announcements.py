"""Announcements, terms and privacy for apps."""

from urllib.parse import quote

import pytest

from api.shapes.values import stamp
from server.actions import announce, end_announcement, publish_document
from tests.api.shape import assert_is

pytestmark = pytest.mark.django_db


def test_an_announcement_is_read_and_put_away(alices, bobs, staff):
    told = announce(staff, "We **move**.")
    (row,) = alices.get("/api/v1/announcements").json()
    assert_is("Announcement", row)
    assert (row["content"], row["read"]) == ("<p>We <strong>move</strong>.</p>", False)
    assert alices.post(f"/api/v1/announcements/{told.pk}/dismiss").json() == {}
    assert alices.get("/api/v1/announcements").json() == []
    (row,) = alices.get("/api/v1/announcements?with_dismissed=true").json()
    assert row["read"] is True
    assert len(bobs.get("/api/v1/announcements").json()) == 1
    assert alices.post("/api/v1/announcements/1/dismiss").status_code == 404


THUMB = quote("👍")


def test_people_react_with_emoji(alices, bobs, staff, django_assert_num_queries):
    told = announce(staff, "We move.")
    path = f"/api/v1/announcements/{told.pk}/reactions"
    for _ in range(2):  # twice is harmless
        assert alices.put(f"{path}/{THUMB}").json() == {}
    bobs.put(f"{path}/{THUMB}")
    bobs.put(f"{path}/{quote('🎉')}")
    assert reactions(alices) == [("👍", 2, True), ("🎉", 1, False)]
    assert reactions(bobs) == [("👍", 2, True), ("🎉", 1, True)]
    (row,) = alices.get("/api/v1/announcements").json()
    assert_is("Announcement", row)
    assert_is("Reaction", row["reactions"][0])
    for number in range(5):
        announce(staff, f"Number {number}")
    with django_assert_num_queries(4):  # the token, the announcements, the counts, one's own
        assert len(alices.get("/api/v1/announcements").json()) == 6

    for _ in range(2):
        assert bobs.delete(f"{path}/{quote('🎉')}").json() == {}
    alices.delete(f"{path}/{THUMB}")
    assert reactions(alices) == [("👍", 1, False)]


def test_odd_reactions_are_refused(alices, staff):
    told = announce(staff, "We move.")
    path = f"/api/v1/announcements/{told.pk}/reactions"
    for odd in ("a", "👍👍", ":blobcat:", "👍 ", "%20"):
        refused = alices.put(f"{path}/{quote(odd)}")
        assert (refused.status_code, list(refused.json()["details"])) == (422, ["name"]), odd
    assert alices.put(f"/api/v1/announcements/1/reactions/{THUMB}").status_code == 404
    end_announcement(staff, told)
    assert alices.put(f"{path}/{THUMB}").status_code == 404
    assert alices.delete(f"{path}/{THUMB}").status_code == 404


def reactions(app):
    row = app.get("/api/v1/announcements").json()[-1]
    return [(one["name"], one["count"], one["me"]) for one in row["reactions"]]


def test_privacy_and_terms_are_told_once_they_are_written(nobodys, staff):
    for path in ("privacy_policy", "terms_of_service", "terms_of_service/2026-01-01"):
        assert nobodys.get(f"/api/v1/instance/{path}").status_code == 404
    publish_document(staff, "privacy", "Nothing is kept.")
    terms = publish_document(staff, "terms", "# Be nice")
    publish_document(staff, "about", "Who *we* are.")
    policy = nobodys.get("/api/v1/instance/privacy_policy").json()
    assert_is("PrivacyPolicy", policy)
    assert policy["content"] == "<p>Nothing is kept.</p>"
    now = nobodys.get("/api/v1/instance/terms_of_service").json()
    assert_is("TermsOfService", now)
    day = f"{terms.published_at:%Y-%m-%d}"
    assert (now["effective_date"], now["effective"], now["succeeded_by"]) == (day, True, None)
    assert nobodys.get(f"/api/v1/instance/terms_of_service/{day}").json() == now
    assert nobodys.get("/api/v1/instance/terms_of_service/never").status_code == 404
    about = nobodys.get("/api/v1/instance/extended_description").json()
    assert_is("ExtendedDescription", about)
    assert about["content"] == "<p>Who <em>we</em> are.</p>"


def test_before_anything_is_written_a_sentence_stands_there(nobodys, alice, bob):
    about = nobodys.get("/api/v1/instance/extended_description").json()
    assert about["content"] == f"<p>{nobodys.get('/api/v2/instance').json()['description']}</p>"
    assert about["updated_at"] == stamp(alice.joined_at)


def test_the_instance_names_its_documents_and_its_owner(nobodys, staff):
    document = nobodys.get("/api/v2/instance").json()
    assert_is("Instance", document)
    assert document["contact"]["account"]["acct"] == "stella"
    assert document["configuration"]["urls"]["terms_of_service"].endswith("/terms/")
    older = nobodys.get("/api/v1/instance").json()
    assert older["contact_account"]["acct"] == "stella"


@pytest.mark.parametrize("address", ["", "help@chirp.example"])
def test_the_instance_and_the_page_about_it_say_where_to_write(nobodys, client, settings, address):
    """Never the sender of mails, whom nobody reads."""
    settings.CONTACT_EMAIL, settings.DEFAULT_FROM_EMAIL = address, "Chirp <noreply@chirp.example>"
    assert nobodys.get("/api/v2/instance").json()["contact"]["email"] == address
    assert nobodys.get("/api/v1/instance").json()["email"] == address
    page = client.get("/about/").content.decode()
    assert ("mailto:help@chirp.example" in page) is bool(address)
    assert "noreply" not in page
