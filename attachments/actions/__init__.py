"""Everything that can be done with attachments: the table of contents of this app."""

from attachments.actions.pictures import (
    claim,
    describe,
    discard,
    discard_all_of,
    discard_forgotten,
    discard_held,
    give_back,
    hold,
    process,
    release,
    upload,
)

__all__ = [
    "claim",
    "describe",
    "discard",
    "discard_all_of",
    "discard_forgotten",
    "discard_held",
    "give_back",
    "hold",
    "process",
    "release",
    "upload",
]
