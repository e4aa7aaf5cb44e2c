"""Documents: each version stays to be read by its date."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from server.actions import publish_document
from server.models import Document
from server.queries import document, version_after, versions
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_newest_holds_and_each_day_has_its_own(staff):
    now = timezone.now()
    assert document("terms") is None
    first = publish_document(staff, "terms", "# One")
    with time_machine.travel(now + timedelta(days=10)):
        second = publish_document(staff, "terms", "# Two")
        publish_document(staff, "privacy", "Nothing is kept.")
    today = first.published_at.date()
    assert document("terms") == second
    assert document("terms", today) == document("terms", today + timedelta(days=9)) == first
    assert document("terms", today + timedelta(days=10)) == second
    assert document("terms", today - timedelta(days=1)) is None
    assert document("terms", date.min) is None
    assert versions("terms") == [second, first]
    assert (version_after(first), version_after(second)) == (second, None)
    assert first.html == "<h2>One</h2>"


def test_publishing_is_written_down_and_the_same_twice_is_one_version(staff):
    first = publish_document(staff, "about", "Hello.")
    assert publish_document(staff, "about", " Hello. ") == first
    assert [entry.subject for entry in AuditEntry.objects.all()] == ["About this server"]


def test_what_makes_no_sense_is_refused(staff):
    for kind, text in (("terms", ""), ("terms", " "), ("terms", "x" * 50_001), ("novel", "Once")):
        with pytest.raises(Invalid):
            publish_document(staff, kind, text)


def test_only_administrators_publish(alice):
    for person in (alice, make_user(role="moderator")):
        with pytest.raises(NotAllowed):
            publish_document(person, "terms", "Mine.")
    assert not Document.objects.exists()
    publish_document(make_user(role="admin"), "terms", "Ours.")
