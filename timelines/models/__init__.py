"""Who has which tweet on the home timeline, and lists of people to read apart."""

from timelines.models.entry import HomeTimeline, TimelineEntry
from timelines.models.people_list import ListMember, PeopleList
from timelines.models.read_marker import ReadMarker
from timelines.models.tag_follow import TagFollow

__all__ = ["HomeTimeline", "ListMember", "PeopleList", "ReadMarker", "TagFollow", "TimelineEntry"]
