"""What is counted, and what staff decide about it."""

from analytics.actions.active import note_active, write_active
from analytics.actions.days import close_days, forget_days
from analytics.actions.forget import forget_author, forget_tweet
from analytics.actions.links import hide_link_trend, recount_link_trends, show_link_trend, undo_link_decision
from analytics.actions.roll_up import count_left_out, roll_up_days
from analytics.actions.server_days import count_server_day
from analytics.actions.tags import hide_trend, recount_trends, show_trend
from analytics.actions.tweets import recount_tweet_trends
from analytics.actions.views import (
    Shown,
    count_link,
    count_views,
    note_again,
    note_profile,
    note_tweet,
    noting_shown,
    shown_so_far,
    write_views,
)

__all__ = [
    "Shown",
    "close_days",
    "count_left_out",
    "count_link",
    "count_server_day",
    "count_views",
    "forget_author",
    "forget_days",
    "forget_tweet",
    "hide_link_trend",
    "hide_trend",
    "note_active",
    "note_again",
    "note_profile",
    "note_tweet",
    "noting_shown",
    "recount_link_trends",
    "recount_trends",
    "recount_tweet_trends",
    "roll_up_days",
    "show_link_trend",
    "show_trend",
    "shown_so_far",
    "undo_link_decision",
    "write_active",
    "write_views",
]
