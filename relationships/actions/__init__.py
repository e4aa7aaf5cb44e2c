"""Everything people can do about each other."""

from relationships.actions.block import block_user, unblock_user
from relationships.actions.decline import decline_suggestion
from relationships.actions.domains import block_domain, unblock_domain
from relationships.actions.endorse import endorse, stop_endorsing
from relationships.actions.filter_keywords import add_keyword, change_keyword, remove_keyword
from relationships.actions.follow import follow_user, remove_follower, unfollow_user
from relationships.actions.leave import remove_follows_of
from relationships.actions.mute import end_past_mutes, mute_user, unmute_user
from relationships.actions.note import write_note
from relationships.actions.requests import accept_every_request, accept_follow, refuse_follow
from relationships.actions.word_filters import (
    FilterDraft,
    change_filter,
    create_filter,
    delete_filter,
    note_tweets,
)

__all__ = [
    "FilterDraft",
    "accept_every_request",
    "accept_follow",
    "add_keyword",
    "block_domain",
    "block_user",
    "change_filter",
    "change_keyword",
    "create_filter",
    "decline_suggestion",
    "delete_filter",
    "end_past_mutes",
    "endorse",
    "follow_user",
    "mute_user",
    "note_tweets",
    "refuse_follow",
    "remove_follower",
    "remove_follows_of",
    "remove_keyword",
    "stop_endorsing",
    "unblock_domain",
    "unblock_user",
    "unfollow_user",
    "unmute_user",
    "write_note",
]
