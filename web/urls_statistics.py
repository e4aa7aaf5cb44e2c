"""The addresses of statistics."""

from django.urls import URLPattern, path

from web.views.statistics import author, clicks

urlpatterns: list[URLPattern] = [
    path("statistics/", author.statistics, name="statistics"),
    path("statistics/days.csv", author.days_csv, name="statistics_days"),
    path("statistics/tweets.csv", author.tweets_csv, name="statistics_tweets"),
    path("@<str:handle>/<int:tweet_id>/statistics", author.tweet_statistics, name="tweet_statistics"),
    path("@<str:handle>/<int:tweet_id>/opened", clicks.opened_link, name="opened_link"),
]
