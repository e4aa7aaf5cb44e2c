"""What is found: tweets, people and tags. Whatever a person may not read is never part of an answer."""

from search.queries.people_and_tags import people_found, people_nearly, tags_found, tags_nearly
from search.queries.tweets import Asked, Part, Ranked, latest, top

__all__ = [
    "Asked",
    "Part",
    "Ranked",
    "latest",
    "people_found",
    "people_nearly",
    "tags_found",
    "tags_nearly",
    "top",
]
