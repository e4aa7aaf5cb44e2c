"""Which of the pictures a form names may be used."""

from collections.abc import Iterable, Sequence

from accounts.models import User
from attachments import files
from attachments.link_addresses import normalised
from attachments.models import Attachment
from common.errors import Invalid, NotFound

_LARGEST_ID = 2**63 - 1  # what the column holds; the database would raise beyond it


def small_view(attachment: Attachment) -> bytes:
    """The file of its smallest view; empty when it is gone."""
    try:
        return files.read(attachment.thumb)
    except OSError:
        return b""


def unclaimed(owner: User, ids: Iterable[int], holder: str = "") -> list[Attachment]:
    """Those of the pictures that are the owner's and that no tweet shows, in the given order, each once.

    Left out is what is held for something else than `holder`.
    """
    wanted = [an_id for an_id in dict.fromkeys(ids) if 0 < an_id <= _LARGEST_ID]
    if not wanted:
        return []
    found = Attachment.objects.free_for(holder).usable().filter(owner=owner).in_bulk(wanted)
    return [found[an_id] for an_id in wanted if an_id in found]


def unused_by_id(owner: User, attachment_id: int) -> Attachment:
    """The owner's picture, while no tweet shows it. Raises NotFound, in the same words whatever is wrong."""
    mine = Attachment.objects.unclaimed().usable().filter(owner=owner)
    found = mine.filter(pk=attachment_id).first() if 0 < attachment_id <= _LARGEST_ID else None
    if found is None:
        raise NotFound("This picture does not exist, or is not yours.")
    return found


def link_address(address: str) -> str | None:
    """The address as a card is known by, or None for one that can have none."""
    return normalised(address)


def claimable(owner: User, ids: Sequence[int]) -> list[Attachment]:
    """All of the pictures, in the given order, for a tweet of the owner.

    Raises Invalid when one is named twice, is unknown, someone else's, or shown by a tweet already;
    which of these it is stays unsaid, so that nobody learns about the pictures of others.
    """
    if len(set(ids)) < len(ids):
        raise Invalid("The same picture is in the form twice. Remove one.", field="pictures")
    found = unclaimed(owner, ids)
    if len(found) < len(ids):
        raise Invalid("One of the pictures is no longer there. Add it again.", field="pictures")
    return found
