"""What can be done with archives: asking for one, making it step by step, taking it away."""

import time
from datetime import timedelta
from itertools import chain

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from common.errors import Invalid, NotAllowed
from common.ids import id_at
from events.bus import publish
from events.catalogue import ExportAsked
from portability import contents, files
from portability.models import Export
from portability.policies import may_export
from portability.said import count_of
from portability.zips import ZipStream

State = Export.State


@transaction.atomic
def ask_for_export(owner: User) -> Export:
    """Everything that is theirs, as a ZIP file, in a while.

    Raises NotAllowed, and Invalid while another one is being made.
    """
    if not may_export(owner):
        raise NotAllowed("This account has no archive.")
    try:
        with transaction.atomic():
            export = Export.objects.create(owner=owner, stem=files.new_stem(), tweets=count_of(owner))
    except IntegrityError:
        raise Invalid("Your archive is being made already.") from None
    publish(ExportAsked(export.pk, owner.pk))
    return export


def make_some(export_id: int) -> bool:
    """Write on for EXPORT_STEP_SECONDS. Whether there is more to do.

    What a step that was cut off has written is thrown away by the next one. Raises NotStored and OSError: the
    same step may be tried again.
    """
    export = _begin_step(export_id)
    if export is None:
        return False
    files.remove(export, is_kept=False)
    parts = files.Parts(export)
    archive = ZipStream(parts.write, size=export.size, moment=export.asked_at)
    place, done, until = export.place, 0, time.monotonic() + settings.EXPORT_STEP_SECONDS
    while place != contents.END:
        place, written = contents.write_next(archive, export.owner, place)
        done += written
        if time.monotonic() >= until:
            break
        if written:
            Export.objects.filter(pk=export.pk).update(done=export.done + done)  # for whoever waits for it
    if place == contents.END:
        directories = chain(files.directories(export), [archive.directory])
        archive.finish(directories, export.members + archive.members)
    else:
        parts.write_directory(archive.directory)
    parts.flush()
    return _end_step(export, archive, place, done) and place != contents.END


@transaction.atomic
def _begin_step(export_id: int) -> Export | None:
    """It has another attempt, whose files have names of their own. None for one that needs nothing."""
    rows = Export.objects.select_for_update(of=("self",)).select_related("owner")
    export = rows.filter(pk=export_id, state=State.MAKING).first()
    if export is None:
        return None
    export.attempt += 1
    export.save(update_fields=["attempt"])
    return export


@transaction.atomic
def _end_step(export: Export, archive: ZipStream, place: str, done: int) -> bool:
    """Keep what the step wrote. False when another one was begun meanwhile, or it is gone."""
    is_ready = place == contents.END
    mine = Export.objects.filter(pk=export.pk, attempt=export.attempt, state=State.MAKING)
    kept = mine.update(
        place=place,
        size=archive.size,
        members=F("members") + archive.members,
        done=export.done + done,
        **({"state": State.READY, "ended_at": timezone.now()} if is_ready else {}),
    )
    if kept:
        export.parts.filter(attempt=export.attempt).update(is_kept=True)
    return bool(kept)


def discard_former(export: Export) -> None:
    """The owner has a newer one: those before it are not needed any more."""
    former = Export.objects.filter(owner_id=export.owner_id, id__lt=export.pk)
    for one in former.exclude(state=State.MAKING):
        discard_export(one)


def discard_export(export: Export) -> None:
    """Files first, so that none is lost track of. Twice is harmless. Raises NotStored."""
    files.remove(export)
    Export.objects.filter(pk=export.pk).delete()


def discard_own(owner: User, export_id: int) -> None:
    """The owner wants it gone now. One that is not theirs, or gone, stays as it is."""
    for export in Export.objects.filter(pk=export_id, owner=owner).exclude(state=State.MAKING):
        discard_export(export)


def discard_exports_of(person: User, most: int) -> int:
    """Take up to `most` archives of somebody who left; returns how many."""
    found = list(Export.objects.filter(owner=person).order_by("id")[:most])
    for export in found:
        discard_export(export)
    return len(found)


def forget_exports(*, dry_run: bool = False) -> int:
    """Give up what is not ready after EXPORT_HOURS, and remove what ended EXPORT_KEPT_DAYS ago; returns how
    many archives went.
    """
    now = timezone.now()
    over = Export.objects.over(now)
    if dry_run:
        return over.count()
    gone = 0
    for export in over.order_by("id"):
        discard_export(export)
        gone += 1
    long_ago = id_at(now - timedelta(hours=settings.EXPORT_HOURS))
    for export in Export.objects.in_work().filter(id__lt=long_ago):
        _give_up(export)
    return gone


def _give_up(export: Export) -> None:
    """Its steps failed again and again. The owner sees that, and can ask anew."""
    given_up = Export.objects.in_work().filter(pk=export.pk)
    if given_up.update(state=State.FAILED, ended_at=timezone.now(), attempt=F("attempt") + 1):
        files.remove(export)
