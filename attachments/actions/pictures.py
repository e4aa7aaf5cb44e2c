"""What can be done with pictures. Work on files and pixels happens outside of transactions."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import BytesIO

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL.Image import Image

from accounts.actions import lock_people
from accounts.models import User
from accounts.policies import refusal
from attachments import files
from attachments.models import Attachment
from attachments.policies import may_upload
from attachments.variants import draw
from common.errors import Invalid, NotAllowed, NotFound, TooMany
from common.images import Picture, blurhash_of, encode, inspect, shrink
from common.images.inspection import Readable
from common.storage import withheld
from events.bus import publish
from events.catalogue import ImagesDiscarded, ImageUploaded

logger = logging.getLogger(__name__)

_SWEEP = 100  # pictures in one transaction
_WAIT_SECONDS = 3600  # what we tell those who hold too many


def upload(owner: User, file: Readable, description: str = "") -> Attachment:
    """Take in a picture: checked, its small view made, the rest left to a worker.

    Raises NotAllowed, TooMany beyond PICTURES_UNCLAIMED_MAX unused pictures, NotStored when the
    storage has no room, and Invalid for a file that is no picture we take (common/images/inspection)
    or a description beyond PICTURE_MAX_DESCRIPTION characters.
    """
    if not may_upload(owner):
        raise NotAllowed(refusal(owner, "add pictures"))
    description = _checked(description)
    picture = inspect(file)
    thumb = shrink(picture, settings.PICTURE_THUMB_SIDE)
    attachment = _reserve(owner, picture, thumb, description)
    try:
        _store_first_files(attachment, picture, thumb)
        _announce(attachment)
    except Exception:
        _withdraw(attachment)
        raise
    return attachment


def describe(attachment: Attachment, description: str) -> None:
    """Say what the picture shows, for those who cannot see it. Raises Invalid when that is too long."""
    description = _checked(description)
    if description != attachment.description:
        attachment.description = description
        attachment.save(update_fields=["description"])


def check_focus(x: float, y: float) -> None:
    """Raises Invalid for what no picture can be pointed at; for whoever does more than that."""
    if not (-1 <= x <= 1 and -1 <= y <= 1):
        raise Invalid("The focus of a picture lies between -1 and 1, both across and up.", field="focus")


def point_at(attachment: Attachment, x: float, y: float) -> None:
    """What matters most in the picture: from -1 (left, bottom) to 1 (right, top). Raises Invalid beyond."""
    check_focus(x, y)
    attachment.focus_x, attachment.focus_y = x, y
    attachment.save(update_fields=["focus_x", "focus_y"])


@transaction.atomic
def discard_unused(owner: User, attachment_id: int) -> None:
    """Remove one of the owner's pictures for good.

    Raises NotFound for one that is not theirs, Invalid while a tweet, a draft or a scheduled tweet has it.
    """
    mine = Attachment.objects.usable().filter(owner=owner, pk=attachment_id)
    found = mine.select_for_update().first()
    if found is None:
        raise NotFound("This picture does not exist, or is not yours.")
    if found.claimed_at is not None or found.holder:
        raise Invalid("This picture is in use: delete its tweet, or take it out of the draft.")
    discard([found])


def process(attachment: Attachment) -> None:
    """Make the larger files and forget the original. Twice is harmless, also when cut off in between.

    A picture that cannot be drawn is marked as failed and keeps its thumb; what may heal is raised:
    NotStored, and whatever a storage raises that does not answer.
    """
    if attachment.state == Attachment.State.PROCESSING:
        _make_larger_files(attachment)
        if not User.objects.active().filter(pk=attachment.owner_id).exists():
            withhold_pictures([attachment])
    _forget_original(attachment)


def withhold_pictures(attachments: Sequence[Attachment]) -> None:
    """Nobody reads their files until they are shown again; outside of transactions, for files may lie
    elsewhere. Twice is harmless. Raises what a storage does.
    """
    withheld.withhold(name for attachment in attachments for name in files.public_names_of(attachment))


def show_pictures(attachments: Sequence[Attachment]) -> None:
    """What was withheld is read again; twice is harmless. Raises what a storage does."""
    withheld.show_again(name for attachment in attachments for name in files.public_names_of(attachment))


@transaction.atomic
def claim(attachments: Sequence[Attachment]) -> None:
    """Let a tweet have the pictures. Raises Invalid when another one was faster."""
    if not attachments:
        return
    ids = [attachment.pk for attachment in attachments]
    now = timezone.now()
    if Attachment.objects.free_for().usable().filter(pk__in=ids).update(claimed_at=now) != len(ids):
        raise Invalid("One of the pictures is already in a tweet. Add it again.", field="pictures")
    for attachment in attachments:
        attachment.claimed_at = now


def give_back(attachments: Sequence[Attachment]) -> None:
    """The tweet that showed them is taken back: their owner may use them once more."""
    Attachment.objects.filter(pk__in=[attachment.pk for attachment in attachments]).update(claimed_at=None)


@transaction.atomic
def hold(owner: User, ids: Iterable[int], holder: str) -> None:
    """Keep these of the owner's unused pictures for `holder`, and let go of all others that it held.

    What another holds stays there. Raises Invalid beyond PICTURES_HELD_MAX.
    """
    mine = Attachment.objects.unclaimed().usable().filter(owner=owner)
    wanted = [an_id for an_id in ids if 0 < an_id < 2**63]
    mine.filter(holder=holder).exclude(pk__in=wanted).update(holder="")
    added = mine.filter(holder="", pk__in=wanted).update(holder=holder)
    if added and mine.exclude(holder="").count() > settings.PICTURES_HELD_MAX:
        raise Invalid(
            f"Your drafts and scheduled tweets hold {settings.PICTURES_HELD_MAX} pictures. "
            "Send or throw away some of them first.",
            field="pictures",
        )


@transaction.atomic
def release(owner: User, holder: str) -> None:
    """Let go of whatever `holder` held: a tweet may take it now, or the clean-up later."""
    Attachment.objects.unclaimed().filter(owner=owner, holder=holder).update(holder="")


@transaction.atomic
def discard_held(owner: User, holder: str) -> None:
    """Remove for good what `holder` held."""
    held = Attachment.objects.unclaimed().filter(owner=owner, holder=holder)
    discard(list(held.select_for_update().order_by("id")))  # not what a tweet takes in this very moment


@transaction.atomic
def discard(attachments: Sequence[Attachment]) -> None:
    """Remove pictures for good: the rows now, the files by a job. Nothing happens to those gone already."""
    names = [name for attachment in attachments for name in files.names_of(attachment)]
    if names:
        Attachment.objects.filter(pk__in=[attachment.pk for attachment in attachments]).delete()
        publish(ImagesDiscarded(names=names))


@transaction.atomic
def discard_forgotten() -> int:
    """Remove some pictures that nobody used in time; how many it were."""
    forgotten = list(
        Attachment.objects.forgotten().select_for_update(skip_locked=True).order_by("id")[:_SWEEP]
    )
    discard(forgotten)
    return len(forgotten)


@transaction.atomic
def discard_all_of(owner: User, most: int) -> int:
    """Remove up to `most` pictures of a person that no tweet shows any more; how many it were."""
    lock_people(owner.pk)
    found = list(Attachment.objects.filter(owner=owner).order_by("id")[:most])
    discard(found)
    return len(found)


def _checked(description: str) -> str:
    description = description.replace("\r\n", "\n").replace("\0", "").strip()
    over = len(description) - settings.PICTURE_MAX_DESCRIPTION
    if over > 0:
        raise Invalid(
            f"The description of a picture is {over} character{'s' if over > 1 else ''} too long; "
            f"it holds {settings.PICTURE_MAX_DESCRIPTION}.",
            field="description",
        )
    return description


@transaction.atomic
def _reserve(owner: User, picture: Picture, thumb: Image, description: str) -> Attachment:
    """Write the row before the files, so that whatever happens somebody knows their names."""
    lock_people(owner.pk)  # counted one after the other
    if Attachment.objects.free_for().filter(owner=owner).count() >= settings.PICTURES_UNCLAIMED_MAX:
        raise TooMany(
            f"You have added {settings.PICTURES_UNCLAIMED_MAX} pictures without tweeting them. "
            "Tweet some, or come back later.",
            retry_after_seconds=_WAIT_SECONDS,
            most=settings.PICTURES_UNCLAIMED_MAX,
        )
    stem = files.new_stem()
    return Attachment.objects.create(
        owner=owner,
        description=description,
        format=picture.format,
        width=picture.width,
        height=picture.height,
        is_animated=picture.is_animated,
        blurhash=blurhash_of(thumb),
        stem=stem,
        original=files.new_original_name(),
        thumb=f"{stem}-thumb.webp",
    )


def _store_first_files(attachment: Attachment, picture: Picture, thumb: Image) -> None:
    small = encode(thumb, "webp")
    files.store(attachment.thumb, small)
    files.store(attachment.original, picture.data)
    attachment.bytes_used = len(small)


@transaction.atomic
def _announce(attachment: Attachment) -> None:
    attachment.state = Attachment.State.PROCESSING
    attachment.save(update_fields=["state", "bytes_used"])
    publish(ImageUploaded(attachment_id=attachment.pk))


def _withdraw(attachment: Attachment) -> None:
    """Undo a half upload. What cannot be undone now is swept up later with the unused ones."""
    try:
        files.remove(files.names_of(attachment))
    except Exception:
        logger.exception("The files of a broken upload could not be removed.")
    with suppress(DatabaseError):
        discard([attachment])


def _make_larger_files(attachment: Attachment) -> None:
    try:
        picture = inspect(_original(attachment))
        made = draw(picture, attachment.stem)
    except (Invalid, FileNotFoundError) as error:
        logger.warning("Picture %s cannot be drawn: %s", attachment.pk, error)
        _finish(attachment, state=Attachment.State.FAILED, is_animated=False)
        return
    for file in made.files:
        files.store(file.name, file.content)
    finished = _finish(
        attachment,
        state=Attachment.State.READY,
        is_animated=made.is_animated,
        bytes_used=attachment.bytes_used + sum(len(file.content) for file in made.files),
        **{file.field: file.name for file in made.files},
    )
    if not finished and not Attachment.objects.filter(pk=attachment.pk).exists():
        files.remove(file.name for file in made.files)  # discarded while we drew


def _original(attachment: Attachment) -> Readable:
    return BytesIO(files.read(attachment.original))


def _finish(attachment: Attachment, **changes: object) -> bool:
    """Write the outcome, unless another worker was faster or the picture is gone."""
    waiting = Attachment.objects.filter(pk=attachment.pk, state=Attachment.State.PROCESSING)
    finished = bool(waiting.update(**changes))
    if finished:
        attachment.refresh_from_db()
    return finished


def _forget_original(attachment: Attachment) -> None:
    """Delete the file first: cut off before the row is written, the next try finds the name again."""
    if attachment.original:
        files.remove([attachment.original])
        Attachment.objects.filter(pk=attachment.pk).update(original="")
        attachment.original = ""
