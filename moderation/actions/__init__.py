"""Everything that can be done about reports and measures. Nobody else writes these rows."""

from moderation.actions.appeals import appeal_measure, grant_appeal, refuse_appeal
from moderation.actions.automatic_rules import (
    RuleDraft,
    change_automatic_rule,
    start_automatic_rule,
    stop_automatic_rule,
    write_automatic_rule,
)
from moderation.actions.hits import (
    apply_rules,
    call_hit_right,
    call_hit_wrong,
    fill_said_texts,
    forget_hits,
    forget_said_texts,
    let_appear,
    take_down_held,
)
from moderation.actions.joiners import tell_staff_who_waits
from moderation.actions.measures import (
    erase_taken_down,
    lift_measure,
    note_restored,
    take_measure,
)
from moderation.actions.pictures import forget_pictures, keep_pictures
from moderation.actions.rehearsals import go_on_rehearsing, rehearse
from moderation.actions.reports import (
    assign_report,
    close_report,
    file_report,
    note_report,
    open_report,
)
from moderation.actions.sites import learn_sites_if_asked
from moderation.actions.undo import UNDONE_DEEDS, Undo, undo_deed

__all__ = [
    "UNDONE_DEEDS",
    "RuleDraft",
    "Undo",
    "appeal_measure",
    "apply_rules",
    "assign_report",
    "call_hit_right",
    "call_hit_wrong",
    "change_automatic_rule",
    "close_report",
    "erase_taken_down",
    "file_report",
    "fill_said_texts",
    "forget_hits",
    "forget_pictures",
    "forget_said_texts",
    "go_on_rehearsing",
    "grant_appeal",
    "keep_pictures",
    "learn_sites_if_asked",
    "let_appear",
    "lift_measure",
    "note_report",
    "note_restored",
    "open_report",
    "refuse_appeal",
    "rehearse",
    "start_automatic_rule",
    "stop_automatic_rule",
    "take_down_held",
    "take_measure",
    "tell_staff_who_waits",
    "undo_deed",
    "write_automatic_rule",
]
