"""undo_deed for what staff decided about the server: what was before comes back, if nothing changed since."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Conflict, Invalid, NotAllowed
from common.naming import forget_name, site_name
from joining.actions import add_block, remove_block, set_policy
from joining.models import JoinBlock, JoiningPolicy
from moderation.actions import undo_deed
from server.actions import (
    add_rule,
    announce,
    change_announcement,
    change_rule,
    end_announcement,
    publish_document,
    rename_server,
)
from server.models import Announcement, Document
from server.queries import rules

pytestmark = pytest.mark.django_db


def last() -> AuditEntry:
    return AuditEntry.objects.order_by("-id")[0]


@pytest.fixture
def named(staff, django_capture_on_commit_callbacks):
    """The server is renamed, and this process hears of it."""

    def name(to: str) -> None:
        rename_server(staff, to)
        forget_name()

    return name


def changed_rule(staff):
    rule = add_rule(staff, "Be kind.", "To all.", 3)
    change_rule(staff, rule, "Be rude.", "", 4)


def changed_announcement(staff):
    change_announcement(staff, announce(staff, "Tea at five."), "Tea at six.", in_days(2))


def ended_announcement(staff):
    end_announcement(staff, announce(staff, "Tea at five.", in_days(2)))


def published_document(staff):
    publish_document(staff, "terms", "Be kind.")
    publish_document(staff, "terms", "Be rude.")


def changed_joining(staff):
    set_policy(staff, JoiningPolicy(mode="approval", closed_words="Ask us."))
    set_policy(staff, JoiningPolicy(mode="closed", new_for_hours=5))


def blocked(staff):
    add_block(staff, JoinBlock(kind="network", value="192.0.2.7", note="Spam."))


def unblocked(staff):
    blocked(staff)
    remove_block(staff, JoinBlock.objects.get())


def in_days(number: int):
    return timezone.now() + timedelta(days=number)


DEEDS = {
    Deed.CHANGE_RULE: changed_rule,
    Deed.CHANGE_ANNOUNCEMENT: changed_announcement,
    Deed.END_ANNOUNCEMENT: ended_announcement,
    Deed.PUBLISH_DOCUMENT: published_document,
    Deed.CHANGE_JOINING: changed_joining,
    Deed.BLOCK_JOINING: blocked,
    Deed.UNBLOCK_JOINING: unblocked,
}


@pytest.mark.parametrize(("deed", "do"), DEEDS.items())
def test_the_undoing_stands_in_the_log_and_happens_once(deed, do, staff, admin):
    do(staff)
    entry = last()
    assert entry.deed == deed
    undo_deed(admin, entry)
    assert (last().undoes, last().actor) == (entry, "@ada")
    before = AuditEntry.objects.count()
    with pytest.raises(Conflict):
        undo_deed(admin, entry)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(("deed", "do"), DEEDS.items())
def test_undoing_the_undoing_is_as_if_it_had_not_been(deed, do, staff, admin):
    do(staff)
    undo_deed(admin, last())
    again = last()
    undo_deed(admin, again)
    assert last().undoes == again


@pytest.mark.parametrize("do", DEEDS.values())
def test_nobody_undoes_what_they_might_not_do(do, staff, moderator, alice):
    do(staff)
    for person in (moderator, alice):
        with pytest.raises(NotAllowed):
            undo_deed(person, last())
    assert not AuditEntry.objects.filter(undoes__isnull=False).exists()


def test_a_rule_says_what_it_said(staff, admin):
    changed_rule(staff)
    entry = last()
    undo_deed(admin, entry)
    (rule,) = rules()
    assert (rule.text, rule.hint, rule.position) == ("Be kind.", "To all.", 3)
    assert (last().before["text"], last().after["text"]) == ("Be rude.", "Be kind.")


def test_a_rule_that_was_changed_since_stays(staff, admin):
    changed_rule(staff)
    entry = last()
    change_rule(staff, rules()[0], "Be quiet.")
    with pytest.raises(Conflict):
        undo_deed(admin, entry)
    assert rules()[0].text == "Be quiet."


def test_an_announcement_says_what_it_said_and_ends_as_it_did(staff, admin):
    changed_announcement(staff)
    undo_deed(admin, last())
    row = Announcement.objects.get()
    assert (row.text, row.html.strip(), row.ends_at) == ("Tea at five.", "<p>Tea at five.</p>", None)


def test_an_announcement_that_was_ended_is_told_again(staff, admin):
    ended_announcement(staff)
    undo_deed(admin, last())
    row = Announcement.objects.get()
    assert in_days(2) - row.ends_at < timedelta(minutes=2)
    undo_deed(admin, last())
    assert not Announcement.objects.current(timezone.now()).exists()


def test_one_that_would_be_over_or_is_announced_again_is_not(staff, admin, travel_on):
    ended_announcement(staff)
    entry = last()
    other = announce(staff, "Tea at five.")
    with pytest.raises(Invalid, match="announced already"):
        undo_deed(admin, entry)
    end_announcement(staff, other)
    travel_on(days=3)
    with pytest.raises(Conflict):
        undo_deed(admin, entry)
    assert not Announcement.objects.current(timezone.now()).exists()


def test_an_announcement_that_was_changed_since_stays(staff, admin):
    ended_announcement(staff)
    entry = last()
    change_announcement(staff, Announcement.objects.get(), "Tea at seven.")
    with pytest.raises(Conflict, match="changed since"):
        undo_deed(admin, entry)
    assert Announcement.objects.get().text == "Tea at seven."


def test_the_version_before_is_published_anew(staff, admin):
    published_document(staff)
    entry = last()
    undo_deed(admin, entry)
    texts = Document.objects.order_by("published_at").values_list("text", flat=True)
    assert list(texts) == ["Be kind.", "Be rude.", "Be kind."]


def test_a_first_version_and_one_that_was_replaced_stay(staff, admin):
    published_document(staff)
    first, second = AuditEntry.objects.order_by("id")
    publish_document(staff, "terms", "Be quiet.")
    for entry in (first, second):
        with pytest.raises(Conflict):
            undo_deed(admin, entry)
    publish_document(staff, "privacy", "We tell nobody.")
    with pytest.raises(Conflict, match="no version before"):
        undo_deed(admin, last())
    assert Document.objects.count() == 4


def test_who_may_join_is_as_before(staff, admin):
    changed_joining(staff)
    undo_deed(admin, last())
    now = JoiningPolicy.objects.get()
    assert (now.mode, now.closed_words, now.new_for_hours) == ("approval", "Ask us.", 0)


def test_who_may_join_stays_where_it_was_changed_since(staff, admin):
    changed_joining(staff)
    entry = last()
    JoiningPolicy.objects.update(new_for_hours=7)  # as a migration would
    with pytest.raises(Conflict, match="changed since"):
        undo_deed(admin, entry)
    set_policy(staff, JoiningPolicy(mode="open"))
    with pytest.raises(Conflict):
        undo_deed(admin, entry)
    assert JoiningPolicy.objects.get().mode == "open"


def test_what_was_turned_away_is_no_more_and_back(staff, admin):
    blocked(staff)
    undo_deed(admin, last())
    assert not JoinBlock.objects.exists()
    undo_deed(admin, last())
    row = JoinBlock.objects.get()
    assert (row.kind, row.value, row.note, row.made_by) == ("network", "192.0.2.7/32", "Spam.", admin)


def test_what_is_turned_away_again_or_no_more_already_stays(staff, admin):
    unblocked(staff)
    entry = last()
    blocked(staff)
    with pytest.raises(Invalid, match="turned away already"):
        undo_deed(admin, entry)
    again = last()
    remove_block(staff, JoinBlock.objects.get())
    with pytest.raises(Conflict):
        undo_deed(admin, again)
    assert not JoinBlock.objects.exists()


def test_an_entry_of_an_older_version_says_too_little(staff, admin):
    old = AuditEntry.objects.create(
        actor_id=staff.pk, actor="@stella", deed="unblock_joining", kind="joining", subject_id=1
    )
    with pytest.raises(Conflict, match="does not say all"):
        undo_deed(admin, old)


def test_the_name_comes_back_by_its_owner_alone(staff, admin, named):
    named("Quay")
    named("Harbour")
    entry = last()
    with pytest.raises(NotAllowed):
        undo_deed(admin, entry)
    undo_deed(staff, entry)
    forget_name()
    assert site_name() == "Quay"
    assert last().undoes == entry


def test_a_name_that_was_changed_since_stays(staff, named):
    named("Quay")
    entry = last()
    named("Harbour")
    with pytest.raises(Conflict):
        undo_deed(staff, entry)
    assert site_name() == "Harbour"
