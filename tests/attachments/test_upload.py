"""Taking in a picture: at once its small view, everything else later."""

import errno
import os
import threading
from io import BytesIO
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from attachments.actions import pictures as actions
from attachments.actions import upload
from attachments.models import Attachment
from common.errors import Invalid, NotAllowed, TooMany
from common.storage import NotStored
from events.catalogue import ImageUploaded
from jobs.models import Job
from tests.common import picture_files as files
from tests.factories import make_user


def test_a_picture_is_there_at_once_by_its_small_view(alice, uploaded, opened):
    attachment = uploaded(alice, files.photo((1600, 1200)), "  A hill \r\n in fog ")
    attachment.refresh_from_db()
    assert attachment.owner == alice
    assert attachment.description == "A hill \n in fog"
    assert (attachment.state, attachment.format) == ("processing", "jpeg")
    assert (attachment.width, attachment.height) == (1600, 1200)
    assert attachment.url == attachment.thumb_url == attachment.full_url == f"/media/{attachment.thumb}"
    assert attachment.webp_url == ""
    assert len(attachment.blurhash) > 20
    thumb = opened(attachment.thumb)
    assert (thumb.format, thumb.size) == ("WEBP", (400, 300))
    assert attachment.bytes_used > 0


def test_the_rest_is_announced(alice, uploaded, announced):
    with announced() as events:
        attachment = uploaded(alice)
    assert events == [ImageUploaded(attachment_id=attachment.id)]


def test_names_are_random_and_the_original_is_private(alice, uploaded, settings, tmp_path):
    data = files.with_secrets("JPEG")
    one, other = uploaded(alice, data), uploaded(alice, data)
    assert one.stem != other.stem
    assert len(one.stem.rpartition("/")[2]) == 32
    assert one.stem.rpartition("/")[2] not in one.original
    public = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(public) == 2
    assert not [path for path in public if files.SECRET in path.read_bytes()]
    assert (tmp_path / "private" / one.original).read_bytes() == data


def test_sizes_are_those_of_the_upright_picture(alice, uploaded, opened):
    attachment = uploaded(alice, files.turned(6))
    assert (attachment.width, attachment.height) == (40, 60)
    assert opened(attachment.thumb).size == (40, 60)


REFUSED = [
    (b"", "empty"),
    (b"\xff\xd8\xff" + bytes(5 * 1024 * 1024), "larger than 5 MB"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    (b"%PDF-1.7", "PDF"),
    (files.plain("BMP"), "BMP"),
    (files.photo((300, 200))[:2000], "damaged"),
    (files.giant_png(20_000, 20_000), "too many pixels"),
    (files.animation(size=(1300, 4)), "at most 1280"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_is_no_picture_leaves_nothing_behind(alice, stored, data, words):
    with pytest.raises(Invalid, match=words):
        upload(alice, BytesIO(data))
    assert not Attachment.objects.exists()
    assert not Job.objects.exists()
    assert stored() == []


def test_a_description_has_a_limit(alice, uploaded, stored):
    assert len(uploaded(alice, description="x" * 1500).description) == 1500
    before = stored()
    with pytest.raises(Invalid, match="1 character too long"):
        uploaded(alice, description="x" * 1501)
    assert stored() == before


@pytest.mark.parametrize(
    "person", [{"confirmed": False}, {"state": "suspended"}, {"username": "dave@other.example"}]
)
def test_only_people_who_may_write_here_may_upload(db, stored, uploaded, person):
    with pytest.raises(NotAllowed):
        uploaded(make_user(**{"username": "dora", **person}))
    assert stored() == []


def test_nobody_hoards_pictures(alice, bob, uploaded, settings, stored):
    settings.PICTURES_UNCLAIMED_MAX = 2
    first, _ = uploaded(alice), uploaded(alice)
    before = stored()
    with pytest.raises(TooMany, match="2 pictures"):
        uploaded(alice)
    assert stored() == before
    uploaded(bob)
    actions.claim([first])
    assert uploaded(alice)


@pytest.mark.parametrize("successes", [0, 1])
def test_a_full_disk_takes_nothing_and_says_so(alice, uploaded, stored, monkeypatch, successes):
    """Whether the first of the two files fits or not."""
    calls = []
    replace = os.replace

    def full(*names: object) -> None:
        calls.append(names)
        if len(calls) > successes:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(*names)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(NotStored, match="no room"):
        uploaded(alice)
    assert stored() == []
    assert not Attachment.objects.exists()


def test_a_row_that_cannot_be_written_takes_its_files_along(alice, uploaded, stored, monkeypatch):
    def broken(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "publish", broken)
    with pytest.raises(OperationalError, match="locked"):
        uploaded(alice)
    assert stored() == []


def test_a_crash_between_row_and_files_is_swept_up(
    alice, uploaded, monkeypatch, settings, stored, events_happen
):
    """The process dies: no clean-up of its own runs, but the row still knows the names."""

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(actions, "_announce", die)
        with pytest.raises(Killed):
            uploaded(alice)
    assert len(stored()) == 2
    left = Attachment.objects.get()
    assert left.state == "arriving"
    assert not Attachment.objects.usable().exists()
    settings.PICTURE_UNCLAIMED_HOURS = -48
    with events_happen():
        actions.discard_forgotten()
    assert stored() == []
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_when_many_arrive_at_once(alice, uploaded, settings):
    settings.PICTURES_UNCLAIMED_MAX = 3
    outcomes: list[str] = []
    data = files.plain("PNG")

    def one() -> None:
        try:
            uploaded(alice, data)
            outcomes.append("taken")
        except TooMany:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 5 + ["taken"] * 3
