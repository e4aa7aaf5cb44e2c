"""What the clock does with pictures."""

from attachments import actions
from attachments.models import Attachment


def remove_unclaimed(dry_run: bool = False) -> int:
    """Pictures that were uploaded and never used."""
    if dry_run:
        return Attachment.objects.forgotten().count()
    return sum(iter(actions.discard_forgotten, 0))
