"""Making an archive: in steps that may be cut off; ready, told of, kept for some days, and taken away."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.utils import timezone

from accounts.actions import freeze_user, leave, suspend_user
from common.errors import Invalid, NotAllowed, NotFound
from events.catalogue import ExportAsked
from jobs.engines.embedded import run_pending
from jobs.models import Job
from portability import contents, files, said, steps
from portability.actions import (
    ask_for_export,
    discard_exports_of,
    discard_own,
    forget_exports,
    make_some,
)
from portability.models import Export, ExportPart
from portability.queries import export_to_fetch, exports_of
from tests.factories import make_image, make_tweet, make_user
from tests.portability.opening import made, opened, tweets_in
from twitter_clone import departures

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_steps(monkeypatch, settings):
    """Every piece is a step of its own, and a part holds a thousand bytes."""
    settings.EXPORT_STEP_SECONDS = -1
    monkeypatch.setattr(said, "AT_ONCE", 2)
    monkeypatch.setattr(files, "PART_BYTES", 1000)


def stored(private) -> list[str]:
    return sorted(path.name for path in (private / "archives").rglob("*") if path.is_file())


def test_asking_promises_the_work(alice, announced):
    make_tweet(alice)
    with announced() as events:
        export = ask_for_export(alice)
    assert events == [ExportAsked(export.pk, alice.pk)]
    assert (export.state, export.tweets, export.percent) == ("making", 1, 0)


def test_one_at_a_time(alice, bob):
    ask_for_export(alice)
    with pytest.raises(Invalid, match="already"):
        ask_for_export(alice)
    ask_for_export(bob)


def test_only_people_who_are_here(alice, bob, staff):
    freeze_user(staff, alice)
    alice.refresh_from_db()
    ask_for_export(alice)
    suspend_user(staff, bob)
    bob.refresh_from_db()
    for nobody in (bob, make_user("dave@other.example")):
        with pytest.raises(NotAllowed):
            ask_for_export(nobody)


def test_many_steps_make_one_archive(alice, small_steps, private):
    for number in range(7):
        make_tweet(alice, images=[make_image(alice)] if number < 2 else None)
    export = ask_for_export(alice)
    states = []
    while make_some(export.pk):
        export.refresh_from_db()
        states.append((export.state, export.percent))
        assert not ExportPart.objects.filter(is_kept=False).exists()
    export.refresh_from_db()
    assert states[:3] == [("making", 28), ("making", 57), ("making", 85)]
    assert len(states) > 10
    assert export.state == "ready"
    archive = opened(export)
    assert len(tweets_in(archive)) == 7
    assert len(archive.namelist()) == export.members
    assert len(stored(private)) == ExportPart.objects.count() > 10
    assert not make_some(export.pk), "there is nothing left to do"


def test_a_step_that_is_cut_off_leaves_nothing_behind(alice, small_steps, private, monkeypatch):
    for _ in range(5):
        make_tweet(alice, text="tea " * 60)
    export = ask_for_export(alice)
    assert make_some(export.pk)
    before = stored(private)

    def cut_off(*given):
        write_next(*given)
        raise MemoryError

    write_next = contents.write_next
    monkeypatch.setattr(contents, "write_next", cut_off)
    for _ in range(3):
        with pytest.raises(MemoryError):
            make_some(export.pk)
    monkeypatch.setattr(contents, "write_next", write_next)
    while make_some(export.pk):
        pass
    export.refresh_from_db()
    assert export.attempt > 4
    assert len(tweets_in(opened(export))) == 5
    assert set(before) <= set(stored(private))
    assert len(stored(private)) == ExportPart.objects.filter(is_kept=True).count()


def test_two_at_the_same_step_make_no_mixture(alice, small_steps, monkeypatch):
    """One was taken for dead and is not: its lease ran out."""
    for _ in range(3):
        make_tweet(alice)
    export = ask_for_export(alice)
    write_next, within = contents.write_next, []

    def meanwhile(*given):
        if not within:
            within.append(True)
            assert make_some(export.pk)  # another worker does the same step
        return write_next(*given)

    monkeypatch.setattr(contents, "write_next", meanwhile)
    assert not make_some(export.pk), "the slower one promises nothing"
    while make_some(export.pk):
        pass
    export.refresh_from_db()
    assert len(tweets_in(opened(export))) == 3


def test_written_in_between_is_there_once(alice, small_steps):
    first = [make_tweet(alice) for _ in range(4)]
    export = ask_for_export(alice)
    make_some(export.pk)
    make_tweet(alice, "Later")
    first[0].delete()
    while make_some(export.pk):
        pass
    export.refresh_from_db()
    there = [tweet["id"] for tweet in tweets_in(opened(export))]
    assert there == [str(one.pk) for one in reversed(first[1:])]


def test_no_memory_is_needed_for_what_is_long(alice, monkeypatch):
    monkeypatch.setattr(files, "PART_BYTES", 1000)
    parts = files.Parts(ask_for_export(alice))
    for _ in range(50):
        parts.write(b"x" * 333)
        assert len(parts._held) < 1000
    parts.flush()
    assert ExportPart.objects.count() == 17


def test_from_asking_to_the_mail(alice, events_happen, small_steps):
    make_tweet(alice)
    with events_happen():
        export = ask_for_export(alice)
    for _ in range(40):
        run_pending()
    export.refresh_from_db()
    assert export.state == "ready"
    (told,) = mail.outbox
    assert told.to == ["alice@example.org"]
    assert "/settings/data/" in told.body
    assert f"{export.expires_at:%B %Y}" in told.body
    assert not Job.objects.filter(task__startswith="portability").exists()


def test_nobody_is_told_twice_or_in_vain(alice):
    export = made(alice)
    steps.make_next.func(export.pk)
    steps.make_next.func(export.pk + 1)
    alice.email_confirmed_at = None
    alice.save(update_fields=["email_confirmed_at"])
    steps.tell_ready.func(export.pk)
    discard_own(alice, export.pk)
    steps.tell_ready.func(export.pk)
    assert mail.outbox == []


def test_a_newer_one_takes_the_place_of_the_former(alice, bob, events_happen, private):
    kept, former = made(bob), made(alice)
    with events_happen():
        ask_for_export(alice)
    assert exports_of(alice)[0].state == "ready"
    assert not Export.objects.filter(pk=former.pk).exists()
    assert exports_of(bob) == [kept]
    assert len(stored(private)) == ExportPart.objects.count()


def test_only_its_owner_fetches_it_and_for_some_days(alice, bob, settings):
    export = made(alice)
    assert export_to_fetch(alice, export.pk) == export
    with pytest.raises(NotFound):
        export_to_fetch(bob, export.pk)
    with time_machine.travel(timezone.now() + timedelta(days=settings.EXPORT_KEPT_DAYS, minutes=1)):
        assert exports_of(alice) == []
        with pytest.raises(NotFound):
            export_to_fetch(alice, export.pk)
    with pytest.raises(NotFound):
        export_to_fetch(bob, ask_for_export(bob).pk)


def test_the_clock_removes_it(alice, bob, settings, private):
    over = made(alice)
    with time_machine.travel(timezone.now() + timedelta(days=settings.EXPORT_KEPT_DAYS, minutes=1)):
        made(bob)
        assert forget_exports(dry_run=True) == 1
        assert Export.objects.filter(pk=over.pk).exists()
        assert forget_exports() == 1
        assert forget_exports() == 0
    assert [export.owner for export in Export.objects.all()] == [bob]
    assert len(stored(private)) == ExportPart.objects.count()


def test_the_clock_gives_up_what_never_gets_ready(alice, small_steps, settings, private):
    make_tweet(alice)
    export = ask_for_export(alice)
    make_some(export.pk)
    forget_exports()
    assert Export.objects.get().state == "making"
    with time_machine.travel(timezone.now() + timedelta(hours=settings.EXPORT_HOURS, minutes=1)):
        assert forget_exports() == 0
        export.refresh_from_db()
        assert export.state == "failed"
        assert stored(private) == []
        assert not make_some(export.pk)
        ask_for_export(alice)


def test_the_owner_removes_it(alice, bob, private):
    export = made(alice)
    discard_own(bob, export.pk)
    assert Export.objects.exists()
    discard_own(alice, export.pk)
    discard_own(alice, export.pk)
    assert not Export.objects.exists()
    assert stored(private) == []


def test_who_leaves_for_good_leaves_no_archive(alice, bob, private):
    made(alice)
    ask_for_export(alice)
    made(bob)
    assert [discard_exports_of(alice, 1) for _ in range(3)] == [1, 1, 0]
    assert {export.owner for export in Export.objects.all()} == {bob}
    assert len(stored(private)) == ExportPart.objects.count()


def test_a_departure_takes_it_along(alice, private):
    made(alice)
    leave(alice)
    with time_machine.travel(timezone.now() + timedelta(days=settings.LEAVING_DAYS, minutes=1)):
        departures.begin()
        run_pending()
    assert not Export.objects.exists()
    assert stored(private) == []
