"""What can be done to the index."""

from search.actions.index import index_people, index_tweets
from search.actions.walk import Walk, catch_up, rebuild, walks

__all__ = ["Walk", "catch_up", "index_people", "index_tweets", "rebuild", "walks"]
