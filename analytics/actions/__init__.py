"""What is counted, and what staff decide about it."""

from analytics.actions.links import hide_link_trend, recount_link_trends, show_link_trend
from analytics.actions.tags import hide_trend, recount_trends, show_trend
from analytics.actions.tweets import recount_tweet_trends

__all__ = [
    "hide_link_trend",
    "hide_trend",
    "recount_link_trends",
    "recount_trends",
    "recount_tweet_trends",
    "show_link_trend",
    "show_trend",
]
