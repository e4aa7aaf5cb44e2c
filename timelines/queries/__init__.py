"""What can be asked of timelines, one file per page."""

from timelines.queries.delivered import follow_large_author, found_at_home, homes_with
from timelines.queries.home import Home, home_ids
from timelines.queries.lists import list_for, list_ids, lists_naming, lists_of, lists_with, members_of
from timelines.queries.markers import markers_of
from timelines.queries.meeting import Recommended, directory_ids, people_to_meet, recommended
from timelines.queries.tags import follows_tag, tag_follows_of, tags_among, tags_followed

__all__ = [
    "Home",
    "Recommended",
    "directory_ids",
    "follow_large_author",
    "follows_tag",
    "found_at_home",
    "home_ids",
    "homes_with",
    "list_for",
    "list_ids",
    "lists_naming",
    "lists_of",
    "lists_with",
    "markers_of",
    "members_of",
    "people_to_meet",
    "recommended",
    "tag_follows_of",
    "tags_among",
    "tags_followed",
]
