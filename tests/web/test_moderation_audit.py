"""The audit log as staff read it: narrowed, and undone from there."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from analytics.actions import hide_link_trend, show_link_trend
from analytics.models import LinkTrend
from attachments.models import LinkCard
from audit.models import AuditEntry
from moderation.actions import take_measure
from server.actions import add_rule
from tests.factories import make_page, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_staff(staff, as_person) -> Client:
    return as_person(staff)


def test_the_log_is_narrowed_and_a_deed_undone(as_staff, staff, bob):
    take_measure(staff, bob, "limit", "Spam.")
    add_rule(staff, "Be kind.")
    page = as_staff.get("/moderation/audit/?deed=limit_user&actor=stella&subject=bob").content.decode()
    assert "Spam." in page
    assert "is limited: <del>no</del> <ins>yes</ins>" in page
    assert "<b>@stella</b> limited" in as_staff.get("/moderation/people/@bob/").content.decode()
    assert "added the rule" not in page.split("</form>")[1]
    entry = AuditEntry.objects.get(deed="limit_user")
    as_staff.post(f"/moderation/audit/{entry.pk}/undo")
    assert not User.objects.get(pk=bob.pk).is_limited
    assert "Undone" in as_staff.get("/moderation/audit/").content.decode()
    again = as_staff.post(f"/moderation/audit/{entry.pk}/undo", follow=True)
    assert "undone already" in again.content.decode()
    assert as_staff.post("/moderation/audit/1/undo").status_code == 404
    assert as_staff.get("/moderation/audit/?actor=%00&deed=nothing").status_code == 200


def test_an_undoing_and_what_it_undid_lead_to_each_other(as_staff, staff, bob):
    take_measure(staff, bob, "limit", "Spam.")
    entry = AuditEntry.objects.get()
    as_staff.post(f"/moderation/audit/{entry.pk}/undo")
    undoing = entry.undone_by
    page = as_staff.get("/moderation/audit/").content.decode()
    for one in (entry, undoing):
        way = f"/moderation/audit/?cursor={one.pk + 1}"
        assert f'href="{way}#e{one.pk}"' in page
        there = as_staff.get(way).content.decode()
        assert there.index('<li id="') == there.index(f'<li id="e{one.pk}"')


@pytest.mark.parametrize("before", [None, True, False])
def test_what_was_decided_about_a_page_is_undone(as_staff, staff, before):
    make_page("https://example.org/tides")
    card = LinkCard.objects.get()
    LinkTrend.objects.create(card=card, is_shown=before, updated_at=timezone.now())
    (show_link_trend if before is False else hide_link_trend)(staff, card)
    entry = AuditEntry.objects.get()
    assert f"/moderation/audit/{entry.pk}/undo" in as_staff.get("/moderation/audit/").content.decode()
    assert "Undone." in as_staff.post(f"/moderation/audit/{entry.pk}/undo", follow=True).content.decode()
    assert LinkTrend.objects.get().is_shown is before
    undoing = entry.undone_by
    assert undoing.after == {"shown": before}
    as_staff.post(f"/moderation/audit/{undoing.pk}/undo")
    assert LinkTrend.objects.get().is_shown is (before is False)


def test_what_was_decided_otherwise_since_or_counts_no_more_is_not_undone(as_staff, as_person, staff):
    make_page("https://example.org/tides")
    card = LinkCard.objects.get()
    hide_link_trend(staff, card)
    entry = AuditEntry.objects.get()
    undo = f"/moderation/audit/{entry.pk}/undo"
    assert as_person(make_user("mona", role="moderator")).post(undo).status_code == 404
    show_link_trend(staff, card)
    assert "undone already" in as_staff.post(undo, follow=True).content.decode()
    hide_link_trend(staff, card)
    LinkTrend.objects.all().delete()
    undo = f"/moderation/audit/{AuditEntry.objects.order_by('-id')[0].pk}/undo"
    assert "undone already" in as_staff.post(undo, follow=True).content.decode()
    assert not AuditEntry.objects.filter(undoes__isnull=False).exists()
