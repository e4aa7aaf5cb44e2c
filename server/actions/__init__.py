"""Everything that can be done about what the server says of itself. Nobody else writes these rows."""

from server.actions.announcements import announce, change_announcement, dismiss, end_announcement
from server.actions.checkup import call_doctor, examine
from server.actions.documents import publish_document
from server.actions.housekeeping import count_housekeeping
from server.actions.name import rename_server
from server.actions.react import react, stop_reacting
from server.actions.rules import add_rule, bring_back_rule, change_rule, withdraw_rule

__all__ = [
    "add_rule",
    "announce",
    "bring_back_rule",
    "call_doctor",
    "change_announcement",
    "change_rule",
    "count_housekeeping",
    "dismiss",
    "end_announcement",
    "examine",
    "publish_document",
    "react",
    "rename_server",
    "stop_reacting",
    "withdraw_rule",
]
