"""Archives as their owners see them."""

from collections.abc import Iterator

from accounts.models import User
from common.errors import NotFound
from portability import files
from portability.models import Export
from portability.policies import may_fetch


def exports_of(owner: User) -> list[Export]:
    """The latest first; what is over and not removed yet is left out. One query."""
    rows = Export.objects.filter(owner=owner).order_by("-id")
    return [one for one in rows if one.is_open or one.state != Export.State.READY]


def export_to_fetch(owner: User, export_id: int) -> Export:
    """Raises NotFound for another's, and for one that is not ready, or over."""
    found = Export.objects.filter(pk=export_id, owner=owner).first()
    if found is None or not may_fetch(owner, found):
        raise NotFound("This archive is not here any more. Ask for another one.")
    return found


def content_of(export: Export) -> Iterator[bytes]:
    """The bytes of the ZIP, a little at a time."""
    return files.content(export)
