"""What follows when somebody asked for their archive."""

from events.catalogue import ExportAsked
from portability.steps import make_next


def begin_export(event: ExportAsked) -> None:
    """The first step; each promises the next."""
    make_next.enqueue(event.export_id)
