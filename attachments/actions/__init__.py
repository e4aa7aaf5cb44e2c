"""Everything that can be done with attachments: the table of contents of this app."""

from attachments.actions.link_cards import (
    begin_picture,
    claim_link_card,
    discard_link_cards,
    note_link,
    show_nothing,
    show_page,
)
from attachments.actions.pictures import (
    check_focus,
    claim,
    describe,
    discard,
    discard_all_of,
    discard_forgotten,
    discard_held,
    discard_unused,
    give_back,
    hold,
    point_at,
    process,
    release,
    upload,
)

__all__ = [
    "begin_picture",
    "check_focus",
    "claim",
    "claim_link_card",
    "describe",
    "discard",
    "discard_all_of",
    "discard_forgotten",
    "discard_held",
    "discard_link_cards",
    "discard_unused",
    "give_back",
    "hold",
    "note_link",
    "point_at",
    "process",
    "release",
    "show_nothing",
    "show_page",
    "upload",
]
