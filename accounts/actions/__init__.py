"""Everything that can be done to a person. Nobody else writes these rows."""

from accounts.actions.account import (
    adjust_counts,
    change_password,
    claim_email,
    confirm_email,
    correct_counts,
    drop_claim,
    drop_newcomer,
    note_filters,
    register_user,
    remove_never_confirmed,
    update_privacy,
    update_profile,
)
from accounts.actions.attempts import (
    attempt_was_right,
    count_attempt,
    count_code,
    forget_attempts,
)
from accounts.actions.fields import claim_due_links, note_check
from accounts.actions.leave import bury, close_left, leave, remove_rest_of, stay
from accounts.actions.locks import lock_people
from accounts.actions.names import note_names
from accounts.actions.origins import FORGOTTEN, forget_ip_addresses
from accounts.actions.preferences import update_posting, update_reading
from accounts.actions.restrict import (
    close_suspended,
    freeze_user,
    give_role,
    limit_user,
    mark_user,
    note_admin_deed,
    restore_user,
    suspend_user,
    unfreeze_user,
    unlimit_user,
    unmark_user,
)
from accounts.actions.second_step import (
    add_app,
    add_passkey,
    end_second_step,
    make_codes,
    note_use,
    remove_app,
    remove_passkey,
    use_code,
)
from accounts.actions.sessions import end_sessions, note_seen, remove_expired_sessions, tell_sessions
from accounts.actions.time_zone import set_time_zone

__all__ = [
    "FORGOTTEN",
    "add_app",
    "add_passkey",
    "adjust_counts",
    "attempt_was_right",
    "bury",
    "change_password",
    "claim_due_links",
    "claim_email",
    "close_left",
    "close_suspended",
    "confirm_email",
    "correct_counts",
    "count_attempt",
    "count_code",
    "drop_claim",
    "drop_newcomer",
    "end_second_step",
    "end_sessions",
    "forget_attempts",
    "forget_ip_addresses",
    "freeze_user",
    "give_role",
    "leave",
    "limit_user",
    "lock_people",
    "make_codes",
    "mark_user",
    "note_admin_deed",
    "note_check",
    "note_filters",
    "note_names",
    "note_seen",
    "note_use",
    "register_user",
    "remove_app",
    "remove_expired_sessions",
    "remove_never_confirmed",
    "remove_passkey",
    "remove_rest_of",
    "restore_user",
    "set_time_zone",
    "stay",
    "suspend_user",
    "tell_sessions",
    "unfreeze_user",
    "unlimit_user",
    "unmark_user",
    "update_posting",
    "update_privacy",
    "update_profile",
    "update_reading",
    "use_code",
]
