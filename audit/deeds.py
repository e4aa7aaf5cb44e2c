"""Every deed of staff that is written down, with the words a list shows for it."""

from enum import StrEnum


class Deed(StrEnum):
    """The value stands in AuditEntry.deed, so it is never renamed."""

    WARN_USER = "warn_user"
    MARK_USER = "mark_user"
    UNMARK_USER = "unmark_user"
    LIMIT_USER = "limit_user"
    UNLIMIT_USER = "unlimit_user"
    FREEZE_USER = "freeze_user"
    UNFREEZE_USER = "unfreeze_user"
    SUSPEND_USER = "suspend_user"
    RESTORE_USER = "restore_user"
    LIFT_WARNING = "lift_warning"
    GIVE_ROLE = "give_role"
    CHANGE_PERSON = "change_person"
    SET_PASSWORD = "set_password"  # noqa: S105
    END_SECOND_STEP = "end_second_step"
    HIDE_TWEET = "hide_tweet"
    SHOW_TWEET = "show_tweet"
    HOLD_TWEET = "hold_tweet"
    RELEASE_TWEET = "release_tweet"
    ERASE_TWEET = "erase_tweet"
    HIDE_TAG = "hide_tag"
    SHOW_TAG = "show_tag"
    HIDE_PAGE = "hide_page"
    SHOW_PAGE = "show_page"
    ASSIGN_REPORT = "assign_report"
    NOTE_REPORT = "note_report"
    CLOSE_REPORT = "close_report"
    OPEN_REPORT = "open_report"
    UPHOLD_MEASURE = "uphold_measure"
    GRANT_APPEAL = "grant_appeal"
    LET_IN = "let_in"
    TURN_AWAY = "turn_away"
    CHANGE_JOINING = "change_joining"
    BLOCK_JOINING = "block_joining"
    UNBLOCK_JOINING = "unblock_joining"
    END_INVITE = "end_invite"
    WRITE_ANNOUNCEMENT = "write_announcement"
    CHANGE_ANNOUNCEMENT = "change_announcement"
    END_ANNOUNCEMENT = "end_announcement"
    ADD_RULE = "add_rule"
    CHANGE_RULE = "change_rule"
    WITHDRAW_RULE = "withdraw_rule"
    BRING_BACK_RULE = "bring_back_rule"
    ADD_AUTOMATIC_RULE = "add_automatic_rule"
    CHANGE_AUTOMATIC_RULE = "change_automatic_rule"
    REHEARSE_AUTOMATIC_RULE = "rehearse_automatic_rule"
    START_AUTOMATIC_RULE = "start_automatic_rule"
    STOP_AUTOMATIC_RULE = "stop_automatic_rule"
    DECIDE_HIT = "decide_hit"
    PUBLISH_DOCUMENT = "publish_document"
    CHANGE_SERVER = "change_server"


WORDS: dict[Deed, str] = {
    Deed.WARN_USER: "warned",
    Deed.MARK_USER: "covered the pictures of",
    Deed.UNMARK_USER: "uncovered the pictures of",
    Deed.LIMIT_USER: "limited",
    Deed.UNLIMIT_USER: "no longer limits",
    Deed.FREEZE_USER: "froze",
    Deed.UNFREEZE_USER: "unfroze",
    Deed.SUSPEND_USER: "suspended",
    Deed.RESTORE_USER: "restored",
    Deed.LIFT_WARNING: "took back a warning to",
    Deed.GIVE_ROLE: "changed the role of",
    Deed.CHANGE_PERSON: "changed the profile of",
    Deed.SET_PASSWORD: "set a new password for",
    Deed.END_SECOND_STEP: "turned off two-step sign-in of",
    Deed.HIDE_TWEET: "took down",
    Deed.SHOW_TWEET: "brought back",
    Deed.HOLD_TWEET: "held for review",
    Deed.RELEASE_TWEET: "let appear",
    Deed.ERASE_TWEET: "erased",
    Deed.HIDE_TAG: "hid the tag",
    Deed.SHOW_TAG: "showed the tag",
    Deed.HIDE_PAGE: "kept out of trends",
    Deed.SHOW_PAGE: "let into trends",
    Deed.ASSIGN_REPORT: "assigned",
    Deed.NOTE_REPORT: "wrote a note on",
    Deed.CLOSE_REPORT: "closed",
    Deed.OPEN_REPORT: "opened again",
    Deed.UPHOLD_MEASURE: "refused the appeal of",
    Deed.GRANT_APPEAL: "granted the appeal of",
    Deed.LET_IN: "let in",
    Deed.TURN_AWAY: "turned away",
    Deed.CHANGE_JOINING: "changed",
    Deed.BLOCK_JOINING: "keeps from joining",
    Deed.UNBLOCK_JOINING: "no longer keeps from joining",
    Deed.END_INVITE: "ended",
    Deed.WRITE_ANNOUNCEMENT: "announced",
    Deed.CHANGE_ANNOUNCEMENT: "changed the announcement",
    Deed.END_ANNOUNCEMENT: "ended the announcement",
    Deed.ADD_RULE: "added the rule",
    Deed.CHANGE_RULE: "changed the rule",
    Deed.WITHDRAW_RULE: "withdrew the rule",
    Deed.BRING_BACK_RULE: "brought back the rule",
    Deed.ADD_AUTOMATIC_RULE: "wrote the automatic rule",
    Deed.CHANGE_AUTOMATIC_RULE: "changed the automatic rule",
    Deed.REHEARSE_AUTOMATIC_RULE: "rehearsed the automatic rule",
    Deed.START_AUTOMATIC_RULE: "switched on the automatic rule",
    Deed.STOP_AUTOMATIC_RULE: "switched off the automatic rule",
    Deed.DECIDE_HIT: "decided what caught",
    Deed.PUBLISH_DOCUMENT: "published",
    Deed.CHANGE_SERVER: "changed the settings of",
}
