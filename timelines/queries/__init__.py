"""What can be asked of timelines, one file per page."""

from timelines.queries.home import Home, home_ids, people_to_meet
from timelines.queries.lists import list_for, list_ids, lists_of, lists_with, members_of
from timelines.queries.tags import follows_tag, tags_followed

__all__ = [
    "Home",
    "follows_tag",
    "home_ids",
    "list_for",
    "list_ids",
    "lists_of",
    "lists_with",
    "members_of",
    "people_to_meet",
    "tags_followed",
]
