"""What can be asked of timelines, one file per page."""

from timelines.queries.home import home_ids, people_to_meet
from timelines.queries.lists import list_for, list_ids, lists_of, lists_with, members_of

__all__ = [
    "home_ids",
    "list_for",
    "list_ids",
    "lists_of",
    "lists_with",
    "members_of",
    "people_to_meet",
]
