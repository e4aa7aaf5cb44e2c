"""Letting pictures go: rows at once, files by a job, and what nobody used after a day."""

from datetime import timedelta

from django.utils import timezone

from attachments.actions import claim, discard, process
from attachments.actions import pictures as actions
from attachments.models import Attachment
from attachments.periodic import remove_unclaimed
from attachments.reactions import remove_files
from common.ids import id_at
from events.catalogue import ImagesDiscarded
from tests.common import picture_files as files


def test_rows_go_now_and_files_by_the_job(alice, uploaded, stored, events_happen):
    kept, gone = uploaded(alice), uploaded(alice, files.photo((1500, 1000)))
    process(gone)
    with events_happen():
        discard([gone])
        assert not Attachment.objects.filter(pk=gone.pk).exists()
        assert [path for path in stored() if gone.stem.rpartition("/")[2] in path.name]
    assert not [path for path in stored() if gone.stem.rpartition("/")[2] in path.name]
    assert Attachment.objects.get() == kept
    assert [path for path in stored() if path.name.endswith("-thumb.webp")]


def test_every_name_is_announced_once(alice, uploaded, announced):
    picture = uploaded(alice, files.photo((1500, 1000)))
    process(picture)
    with announced() as events:
        discard([picture])
        discard([])
    names = {picture.thumb, picture.card, picture.card_webp, picture.full, picture.full_webp}
    assert "" not in names
    assert len(events) == 1
    assert isinstance(events[0], ImagesDiscarded)
    assert sorted(events[0].names) == sorted(names)


def test_the_private_original_goes_too(alice, uploaded, stored, events_happen):
    picture = uploaded(alice)
    with events_happen():
        discard([picture])
    assert stored() == []


def test_removing_files_twice_is_harmless(alice, uploaded, stored):
    event = ImagesDiscarded(names=[uploaded(alice).thumb, "pictures/ab/never-there.webp"])
    for _ in range(2):
        remove_files(event)
    assert len(stored()) == 1  # the original


def test_pictures_that_nobody_used_go_after_a_day(alice, uploaded, settings, stored, events_happen):
    old, used, fresh = (uploaded(alice) for _ in range(3))
    claim([used])
    for picture in (old, used):
        made_at(picture, hours_ago=settings.PICTURE_UNCLAIMED_HOURS + 1)
    made_at(fresh, hours_ago=settings.PICTURE_UNCLAIMED_HOURS - 1)
    with events_happen():
        remove_unclaimed()
    assert set(Attachment.objects.values_list("stem", flat=True)) == {used.stem, fresh.stem}
    assert not [path for path in stored() if old.stem.rpartition("/")[2] in path.name]


def test_many_of_them_go_in_one_night(alice, uploaded, settings, monkeypatch):
    settings.PICTURE_UNCLAIMED_HOURS = -48
    monkeypatch.setattr(actions, "_SWEEP", 2)
    for _ in range(5):
        uploaded(alice)
    remove_unclaimed()
    assert not Attachment.objects.exists()


def made_at(picture: Attachment, hours_ago: int) -> None:
    moment = timezone.now() - timedelta(hours=hours_ago)
    Attachment.objects.filter(pk=picture.pk).update(id=id_at(moment) + picture.pk % 1000)
