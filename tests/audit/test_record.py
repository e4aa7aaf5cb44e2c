"""record: what staff did is written down with the deed, and stays as it is."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions import suspend_user
from accounts.models import User
from audit.actions import Subject, record
from audit.deeds import WORDS, Deed
from audit.models import AuditEntry
from audit.queries import entries, entries_about
from common.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(staff, alice) -> AuditEntry:
    suspend_user(staff, alice, "Spam.")
    return AuditEntry.objects.get()


def test_an_entry_is_told_in_words():
    before, after = (
        {"conditions": ["Links", "Pace"], "is_live": False, "name": "", "place": 1},
        {"is_live": True, "name": "", "place": 1},
    )
    entry = AuditEntry(deed="suspend_user", before=before, after=after)
    assert entry.words == WORDS[Deed.SUSPEND_USER]
    assert entry.changes == [("conditions", "Links, Pace", ""), ("is live", "no", "yes")]
    assert AuditEntry(deed="of_a_later_version").words == "of_a_later_version"


def test_an_entry_says_who_did_what_to_whom_and_why(entry, staff, alice):
    assert (entry.actor, entry.deed, entry.subject, entry.reason) == (
        "@stella",
        Deed.SUSPEND_USER,
        "@alice",
        "Spam.",
    )
    assert (entry.before, entry.after) == ({"state": "active"}, {"state": "suspended"})
    assert (entry.actor_id, entry.person_id) == (staff.pk, alice.pk)


def test_a_deed_that_fails_leaves_no_entry(alice, bob):
    with pytest.raises(NotAllowed):
        suspend_user(bob, alice)
    assert not AuditEntry.objects.exists()


def test_doing_what_was_done_already_is_no_deed(entry, staff, alice):
    suspend_user(staff, alice)
    assert list(AuditEntry.objects.all()) == [entry]


def test_no_code_rewrites_or_forgets_it(entry):
    for change in (
        lambda: AuditEntry.objects.update(actor="@bob"),
        lambda: AuditEntry.objects.all().delete(),
        entry.delete,
    ):
        with pytest.raises(TypeError):
            change()


def test_the_database_refuses_to_rewrite_it(entry):
    entry.reason = "Because."
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    assert AuditEntry.objects.get().reason == "Spam."


def test_the_database_refuses_to_forget_it(entry):
    for sql in ("DELETE FROM audit_auditentry", f"DELETE FROM audit_auditentry WHERE id = {entry.pk}"):
        with (
            pytest.raises(DatabaseError, match="forgotten"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert AuditEntry.objects.get() == entry


def test_it_outlives_whom_it_names(entry, staff, alice):
    User.objects.filter(pk__in=[staff.pk, alice.pk]).delete()
    assert AuditEntry.objects.get().subject == "@alice"


@pytest.mark.django_db(transaction=True)
def test_it_needs_the_transaction_of_the_deed(staff):
    with pytest.raises(RuntimeError):
        record(staff, Deed.HIDE_TAG, Subject("tag", 1, "#tea"))


def test_entries_are_found_by_who_what_and_whom(entry, alice, bob):
    assert list(entries(actor="stella", deed=Deed.SUSPEND_USER, subject="ALI")) == [entry]
    assert list(entries(actor="bob")) == list(entries(deed="hide_tag")) == list(entries(subject="bob")) == []
    assert list(entries_about(alice.pk)) == [entry]
    assert list(entries_about(bob.pk)) == []


def test_every_deed_has_words():
    assert set(WORDS) == set(Deed)
