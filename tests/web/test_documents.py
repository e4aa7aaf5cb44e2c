"""Terms, privacy, about and announcements, as everybody reads them and administrators write them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from server.actions import announce, publish_document, react
from server.models import Document
from server.queries import document
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_staff(staff, as_person) -> Client:
    return as_person(staff)


@pytest.mark.parametrize("kind", ["terms", "privacy", "about"])
def test_a_version_is_read_by_its_date(client, staff, kind):
    old = publish_document(staff, kind, "The *old* one.")
    Document.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=40))
    old.refresh_from_db()
    publish_document(staff, kind, "The *new* one.")
    page = client.get(f"/{kind}/").content.decode()
    assert "The <em>new</em> one." in page
    page = client.get(old.path).content.decode()
    assert "The <em>old</em> one." in page
    assert "older version" in page
    for day in ("2020-01-01", "today", "2026-99-99", "20260101", "0001-01-01"):
        assert client.get(f"/{kind}/{day}/").status_code == 404, day


def test_they_are_linked_where_one_signs_up_and_at_the_side(client):
    for path in ("/register/", "/about/"):
        page = client.get(path).content.decode()
        for address in ("/rules/", "/terms/", "/privacy/"):
            assert f'href="{address}"' in page
    assert "not written this down" in client.get("/terms/").content.decode()


def test_a_document_is_looked_at_and_published(as_staff):
    looked = as_staff.post("/moderation/documents/terms/", {"text": "# Be <i>nice</i>", "look": "yes"})
    assert "<h2>Be &lt;i&gt;nice&lt;/i&gt;</h2>" in looked.content.decode()
    assert document("terms") is None
    assert as_staff.post("/moderation/documents/terms/", {"text": ""}).status_code == 422
    assert as_staff.post("/moderation/documents/terms/", {"text": "# Be nice"})["Location"] == "/terms/"
    assert "# Be nice" in as_staff.get("/moderation/documents/terms/").content.decode()
    assert as_staff.get("/moderation/documents/novel/").status_code == 404


def test_an_announcement_stands_on_home_until_it_is_put_away(as_staff, as_alice, client):
    as_staff.post("/moderation/announcements/", {"text": "We **move** on Sunday.", "ends": "7d"})
    assert "We <strong>move</strong> on Sunday." in as_alice.get("/").content.decode()
    assert "Sunday" not in as_alice.get("/local/").content.decode()
    assert "Sunday" not in client.get("/").content.decode()
    page = as_alice.get("/announcements/").content.decode()
    address = page.split('formaction="/announcements/')[1].split('"')[0]
    assert as_alice.post(f"/announcements/{address}")["Location"] == "/"
    assert "Sunday" not in as_alice.get("/").content.decode()
    assert "Sunday" in as_alice.get("/announcements/").content.decode()
    assert "Sunday" in as_staff.get("/").content.decode()


def test_an_announcement_is_changed_and_ended(as_staff, as_alice, staff):
    row = announce(staff, "One.", timezone.now() + timedelta(days=1))
    path = f"/moderation/announcements/{row.pk}/"
    assert "As it is" in as_staff.get(path).content.decode()
    as_staff.post(path, {"text": "Two.", "ends": "keep"})
    page = as_alice.get("/").content.decode()
    assert "Two." in page
    before = row.ends_at
    row.refresh_from_db()
    assert row.ends_at == before
    assert as_staff.post(path, {"text": "", "ends": "keep"}).status_code == 422
    as_staff.post(f"{path}end")
    assert "Two." not in as_alice.get("/").content.decode()


def test_an_announcement_takes_emoji(as_alice, as_bob, staff, alice):
    row = announce(staff, "One.")
    path = f"/announcements/{row.pk}"
    page = as_alice.get("/announcements/").content.decode()
    assert f'formaction="{path}/react" name="name" value="🎉"' in page
    assert as_alice.post(f"{path}/react", {"name": "🎉"})["Location"] == f"/announcements/#a{row.pk}"
    page = as_bob.get("/announcements/").content.decode()
    assert 'value="🎉" aria-pressed="false">🎉 <span>1</span>' in page
    page = as_alice.get("/announcements/").content.decode()
    assert f'formaction="{path}/unreact" name="name" value="🎉" aria-pressed="true"' in page
    as_alice.post(f"{path}/unreact", {"name": "🎉"})
    assert 'aria-pressed="true">🎉' not in as_alice.get("/announcements/").content.decode()
    assert as_alice.post(f"{path}/react", {"name": "party"}).status_code == 400
    assert as_alice.post("/announcements/1/react", {"name": "🎉"}).status_code == 404
    assert as_alice.get(f"{path}/react").status_code == 405


def test_who_may_not_write_only_sees_reactions(as_person, as_alice, staff):
    row = announce(staff, "One.")
    as_alice.post(f"/announcements/{row.pk}/react", {"name": "🎉"})
    browser = as_person(make_user("newcomer", confirmed=False))
    page = browser.get("/announcements/").content.decode()
    assert "🎉 1" in page
    assert "/react" not in page
    assert browser.post(f"/announcements/{row.pk}/react", {"name": "🎉"}).status_code == 403


@pytest.mark.parametrize("number", [3, 30])
def test_announcements_take_the_same_number_of_queries(
    as_alice, staff, alice, number, django_assert_num_queries
):
    for place in range(number):
        react(alice, announce(staff, f"Number {place}").pk, "👍")
    as_alice.get("/announcements/")
    with django_assert_num_queries(5):
        as_alice.get("/announcements/")


def test_only_who_is_signed_in_puts_away(client, staff, as_alice):
    row = announce(staff, "One.")
    assert client.get("/announcements/").status_code == 302
    assert client.post(f"/announcements/{row.pk}/dismiss").status_code == 302
    assert as_alice.post("/announcements/1/dismiss").status_code == 404
    assert as_alice.get(f"/announcements/{row.pk}/dismiss").status_code == 405
