"""What can be done to the index."""

from search.actions.index import index_people, index_tags, index_tweets
from search.actions.walk import Walk, begin_rebuild, catch_up, rebuild, rebuilt, walks

__all__ = [
    "Walk",
    "begin_rebuild",
    "catch_up",
    "index_people",
    "index_tags",
    "index_tweets",
    "rebuild",
    "rebuilt",
    "walks",
]
