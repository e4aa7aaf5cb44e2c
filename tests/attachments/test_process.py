"""The larger files, made by a worker: right in size and kind, once or twice, whatever happens in between."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from attachments import files as attachment_files
from attachments.actions import pictures as actions
from attachments.models import Attachment
from attachments.reactions import process_image
from common.storage import NotStored
from events.catalogue import ImageUploaded
from tests.common import picture_files as files


@pytest.fixture
def processed(uploaded):
    def make(owner, data: bytes) -> Attachment:
        attachment = uploaded(owner, data)
        actions.process(attachment)
        attachment.refresh_from_db()
        return attachment

    return make


def test_a_large_photo_gets_a_card_and_a_full_view(alice, processed, opened, tmp_path, stored):
    attachment = processed(alice, files.photo((3000, 2000), quality=60))
    assert (attachment.state, attachment.original) == ("ready", "")
    assert (opened(attachment.card).format, opened(attachment.card).size) == ("JPEG", (1200, 800))
    assert (opened(attachment.full).format, opened(attachment.full).size) == ("JPEG", (2048, 1365))
    assert (opened(attachment.card_webp).format, opened(attachment.card_webp).size) == ("WEBP", (1200, 800))
    assert (opened(attachment.full_webp).format, opened(attachment.full_webp).size) == ("WEBP", (2048, 1365))
    assert attachment.url == f"/media/{attachment.card}"
    assert attachment.webp_url == f"/media/{attachment.card_webp}"
    assert attachment.full_url == f"/media/{attachment.full}"
    assert attachment.full_webp_url == f"/media/{attachment.full_webp}"
    assert not [path for path in (tmp_path / "private").rglob("*") if path.is_file()]
    assert attachment.bytes_used == sum(path.stat().st_size for path in stored())
    assert len(stored()) == 5


def test_a_picture_no_larger_than_a_card_has_no_second_full_view(alice, processed, stored):
    attachment = processed(alice, files.photo((1000, 700)))
    assert attachment.full == ""
    assert attachment.full_url == attachment.url
    assert attachment.full_webp_url == attachment.webp_url
    assert len(stored()) == 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_no_file_knows_where_the_picture_was_taken(alice, processed, stored, kind):
    processed(alice, files.with_secrets(kind))
    assert len(stored()) >= 3
    for path in stored():
        assert files.SECRET not in path.read_bytes()
        with Image.open(path) as image:
            assert not dict(image.getexif())


def test_every_view_of_a_turned_picture_is_upright(alice, processed, opened):
    attachment = processed(alice, files.turned(6))
    for name in (attachment.thumb, attachment.card):
        assert opened(name).size == (40, 60)


def test_a_drawing_stays_a_png_and_what_shines_through_stays_so(alice, processed, opened):
    drawing = processed(alice, files.plain("PNG", size=(900, 600)))
    assert opened(drawing.card).format == "PNG"
    glass = processed(alice, files.plain("PNG", size=(900, 600), mode="RGBA", colour=(9, 9, 9, 90)))
    assert opened(glass.card).getpixel((5, 5))[3] == 90


def test_a_webp_that_saves_nothing_is_left_out(alice, processed):
    noise = files.encoded(Image.effect_noise((300, 200), 90), "JPEG", quality=40)
    attachment = processed(alice, noise)
    assert attachment.card_webp == attachment.webp_url == ""


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_moves_in_the_full_view_and_stands_still_on_the_card(alice, processed, opened, kind):
    attachment = processed(alice, files.animation(kind, frames=5))
    assert attachment.is_animated
    assert opened(attachment.full).n_frames == 5
    assert opened(attachment.full).format == kind
    assert getattr(opened(attachment.card), "n_frames", 1) == 1
    assert getattr(opened(attachment.thumb), "n_frames", 1) == 1
    assert attachment.full_webp_url == ""


def test_an_animation_with_a_broken_frame_becomes_a_still_picture(alice, uploaded):
    data = bytearray(files.repeated_gif(2))
    data[-6] = 13  # bits per code; there are at most 12
    attachment = uploaded(alice, bytes(data))
    assert attachment.is_animated
    actions.process(attachment)
    attachment.refresh_from_db()
    assert (attachment.state, attachment.is_animated) == ("ready", False)
    assert attachment.card


def test_processing_twice_changes_nothing(alice, processed, stored):
    attachment = processed(alice, files.photo((1500, 1000)))
    before = {path: path.stat().st_mtime_ns for path in stored()}
    process_image(ImageUploaded(attachment_id=attachment.id))
    assert {path: path.stat().st_mtime_ns for path in stored()} == before


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["draw", "_finish", "_forget_original"])
def test_a_worker_killed_at_any_step_is_made_up_for(alice, uploaded, stored, monkeypatch, step):
    attachment = uploaded(alice, files.photo((1500, 1000)))
    event = ImageUploaded(attachment_id=attachment.id)
    with monkeypatch.context() as patched:
        patched.setattr(actions, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            process_image(event)
    process_image(event)
    attachment.refresh_from_db()
    assert (attachment.state, attachment.original) == ("ready", "")
    assert {path.name for path in stored()} == {
        Path(name).name for name in attachment_files.names_of(attachment)
    }


def test_a_worker_killed_between_two_files_leaves_none_that_nobody_knows(
    alice, uploaded, stored, monkeypatch
):
    attachment = uploaded(alice, files.photo((3000, 2000), quality=60))
    store, calls = attachment_files.store, []

    def store_two(name: str, content: bytes) -> None:
        calls.append(name)
        if len(calls) == 3:
            raise KeyboardInterrupt
        store(name, content)

    with monkeypatch.context() as patched:
        patched.setattr(attachment_files, "store", store_two)
        with pytest.raises(KeyboardInterrupt):
            actions.process(attachment)
    attachment.refresh_from_db()
    assert len(stored()) == 4  # thumb, original and two more
    attachment_files.remove(attachment_files.names_of(attachment))
    assert stored() == []


def test_a_picture_discarded_while_it_was_drawn_leaves_nothing(alice, uploaded, stored, monkeypatch):
    attachment = uploaded(alice, files.photo((1500, 1000)))
    names = attachment_files.names_of(attachment)
    draw = actions.draw

    def slow_draw(*arguments: object) -> object:
        made = draw(*arguments)
        Attachment.objects.all().delete()
        attachment_files.remove(names)
        return made

    monkeypatch.setattr(actions, "draw", slow_draw)
    actions.process(attachment)
    assert stored() == []


def test_an_original_that_cannot_be_drawn_leaves_the_thumb(alice, uploaded, tmp_path, stored):
    attachment = uploaded(alice)
    (tmp_path / "private" / attachment.original).write_bytes(b"eaten by a broken disk")
    actions.process(attachment)
    attachment.refresh_from_db()
    assert (attachment.state, attachment.original) == ("failed", "")
    assert attachment.url == attachment.full_url == attachment.thumb_url
    assert [path.name for path in stored()] == [Path(attachment.thumb).name]


def test_an_original_that_is_gone_leaves_the_thumb(alice, uploaded, tmp_path):
    attachment = uploaded(alice)
    (tmp_path / "private" / attachment.original).unlink()
    actions.process(attachment)
    attachment.refresh_from_db()
    assert attachment.state == "failed"


def test_a_full_disk_is_tried_again_later(alice, uploaded, monkeypatch):
    attachment = uploaded(alice)

    def full(*_: object) -> None:
        raise NotStored("no room")

    with monkeypatch.context() as patched:
        patched.setattr(attachment_files, "store", full)
        with pytest.raises(NotStored):
            actions.process(attachment)
    attachment.refresh_from_db()
    assert attachment.state == "processing"
    actions.process(attachment)
    attachment.refresh_from_db()
    assert attachment.state == "ready"


def test_a_picture_that_is_gone_is_no_error(db):
    process_image(ImageUploaded(attachment_id=1))


def test_the_job_does_all_this(alice, events_happen):
    with events_happen():
        attachment = actions.upload(alice, BytesIO(files.photo((1500, 1000))))
    attachment.refresh_from_db()
    assert attachment.state == "ready"
