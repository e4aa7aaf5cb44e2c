"""What stands between people, and words one would rather not see."""

from relationships.models.blocked_domain import BlockedDomain
from relationships.models.people import (
    Block,
    DeclinedSuggestion,
    Follow,
    FollowRequest,
    Mute,
    PersonNote,
    written_languages,
)
from relationships.models.word_filter import FilterKeyword, WordFilter

__all__ = [
    "Block",
    "BlockedDomain",
    "DeclinedSuggestion",
    "FilterKeyword",
    "Follow",
    "FollowRequest",
    "Mute",
    "PersonNote",
    "WordFilter",
    "written_languages",
]
