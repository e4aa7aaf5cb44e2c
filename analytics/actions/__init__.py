"""What is counted, and what staff decide about it."""

from analytics.actions.tags import hide_trend, recount_trends, show_trend
from analytics.actions.tweets import recount_tweet_trends

__all__ = ["hide_trend", "recount_trends", "recount_tweet_trends", "show_trend"]
