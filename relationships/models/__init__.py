"""What stands between people, and words one would rather not see."""

from relationships.models.people import Block, Follow, FollowRequest, Mute, PersonNote
from relationships.models.word_filter import FilterKeyword, WordFilter

__all__ = ["Block", "FilterKeyword", "Follow", "FollowRequest", "Mute", "PersonNote", "WordFilter"]
