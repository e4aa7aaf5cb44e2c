"""What can be asked of trends, and of statistics."""

from analytics.queries.best import BestTweet, TweetDay, TweetStatistics, best_tweets, statistics_of_tweet
from analytics.queries.figures import DayFigures, Figures, Statistics, statistics_of
from analytics.queries.server import Cohort, cohorts, server_days
from analytics.queries.trends import (
    TREND_DAYS,
    Day,
    TrendingLink,
    TrendingTag,
    link_days,
    tag_days,
    trending_links,
    trending_tags,
    trending_tweet_ids,
)

__all__ = [
    "TREND_DAYS",
    "BestTweet",
    "Cohort",
    "Day",
    "DayFigures",
    "Figures",
    "Statistics",
    "TrendingLink",
    "TrendingTag",
    "TweetDay",
    "TweetStatistics",
    "best_tweets",
    "cohorts",
    "link_days",
    "server_days",
    "statistics_of",
    "statistics_of_tweet",
    "tag_days",
    "trending_links",
    "trending_tags",
    "trending_tweet_ids",
]
