"""What is counted about the life of the server, and for each author about theirs."""

from analytics.models.authors import AuthorDay, LeftOut, RollUp
from analytics.models.readers import CountedDay, Kind, Reach, Sketch
from analytics.models.server import LastActive, Retention, ServerDay
from analytics.models.trends import LinkTrend, LinkTrendQuerySet, Trend, TrendQuerySet, TweetTrend

__all__ = [
    "AuthorDay",
    "CountedDay",
    "Kind",
    "LastActive",
    "LeftOut",
    "LinkTrend",
    "LinkTrendQuerySet",
    "Reach",
    "Retention",
    "RollUp",
    "ServerDay",
    "Sketch",
    "Trend",
    "TrendQuerySet",
    "TweetTrend",
]
