"""Everything that can be done about reports and measures. Nobody else writes these rows."""

from moderation.actions.appeals import appeal_measure, grant_appeal, refuse_appeal
from moderation.actions.measures import (
    erase_taken_down,
    lift_measure,
    note_restored,
    take_measure,
)
from moderation.actions.pictures import forget_pictures, keep_pictures
from moderation.actions.reports import (
    assign_report,
    close_report,
    file_report,
    note_report,
    open_report,
)
from moderation.actions.undo import UNDONE_DEEDS, undo_deed

__all__ = [
    "UNDONE_DEEDS",
    "appeal_measure",
    "assign_report",
    "close_report",
    "erase_taken_down",
    "file_report",
    "forget_pictures",
    "grant_appeal",
    "keep_pictures",
    "lift_measure",
    "note_report",
    "note_restored",
    "open_report",
    "refuse_appeal",
    "take_measure",
    "undo_deed",
]
