"""What an author is told of themselves: pages for the author alone, drawn here, and the same as CSV."""

from datetime import date
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from analytics.queries import (
    Figures,
    Statistics,
    best_tweets,
    statistics_of,
    statistics_of_tweet,
)
from tweets.cards import card_of
from tweets.queries import original_for
from web.charts import Value, bar_chart, heat_map, line_chart
from web.csv_files import csv_file
from web.views.tweet import stands_at

_DEFAULT_DAYS = 30
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS = tuple(f"{hour:02}" for hour in range(24))


@login_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    author, days = cast(User, request.user), days_wanted(request)
    found = statistics_of(author, days)
    context: dict[str, Any] = {
        "found": found,
        "days": days,
        "ranges": settings.STATISTICS_DAYS,
        "least": settings.STATISTICS_LEAST_PEOPLE,
        "step": settings.STATISTICS_TODAY_STEP,
        "figures": _figures(found),
        "newest_first": found.days[::-1],
        "views": bar_chart([_value(day.day, day.views, "reader") for day in found.days]),
        "responses": bar_chart([_value(day.day, day.responses, "response") for day in found.days]),
        "followers": line_chart([_value(day.day, day.followers, "follower") for day in found.days]),
        "hours": heat_map(found.hours, [name[:3] for name in _WEEKDAYS], _HOURS),
        "hours_table": [
            {"hour": hour, "numbers": numbers}
            for hour, numbers in zip(_HOURS, zip(*found.hours, strict=True), strict=True)
        ],
        "best_hours": _best_hours(found),
        "best": best_tweets(author, days),
        "nav": "statistics",
    }
    return render(request, "web/statistics/author.html", context)


@login_required
@require_safe
def days_csv(request: HttpRequest) -> HttpResponse:
    days = days_wanted(request)
    rows = [
        [
            day.day.isoformat(),
            *(_few(number) for number in (day.views, day.visits, day.clicks)),
            *(day.likes, day.retweets, day.quotes, day.replies),
            "" if day.followers is None else day.followers,
        ]
        for day in statistics_of(cast(User, request.user), days).days
    ]
    head = "day,readers,profile_visits,link_clicks,likes,retweets,quotes,replies,followers".split(",")
    return csv_file(f"statistics-{days}-days.csv", [head, *rows])


@login_required
@require_safe
def tweets_csv(request: HttpRequest) -> HttpResponse:
    days = days_wanted(request)
    rows = [
        [
            f"{settings.SITE_URL}{one.tweet.path}",
            one.tweet.created_at.isoformat(timespec="seconds"),
            one.tweet.text,
            *(_few(number) for number in (one.views, one.clicks)),
            *(one.tweet.likes_count, one.tweet.retweets_count),
            *(one.tweet.quotes_count, one.tweet.replies_count),
        ]
        for one in best_tweets(cast(User, request.user), days)
    ]
    head = "address,posted_at,text,readers,link_clicks,likes,retweets,quotes,replies".split(",")
    return csv_file(f"best-tweets-{days}-days.csv", [head, *rows])


@require_safe
def tweet_statistics(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    """For its author; for everybody else there is no such page."""
    found = original_for(request.user, tweet_id)
    if found.author_id != request.user.pk:
        raise Http404
    if not stands_at(found, handle, tweet_id):
        return redirect(f"{found.path}/statistics", permanent=True)
    numbers = statistics_of_tweet(found)
    context = {
        "card": card_of(found, request.user),
        "numbers": numbers,
        "tweet": found,
        "newest_first": numbers.days[::-1],
        "chart": bar_chart([_value(day.day, day.views, "reader") for day in numbers.days]),
        "is_message": found.visibility == found.Visibility.DIRECT,
        "least": settings.STATISTICS_LEAST_PEOPLE,
        "step": settings.STATISTICS_TODAY_STEP,
    }
    return render(request, "web/statistics/tweet.html", context)


def days_wanted(request: HttpRequest) -> int:
    """`?days=7`; what is no range on offer is the usual one."""
    wanted = request.GET.get("days", "")
    return next((days for days in settings.STATISTICS_DAYS if str(days) == wanted), _DEFAULT_DAYS)


def _value(day: date, number: int | None, what: str) -> Value:
    label = f"{day.day} {day:%b}"
    if number is None:
        return Value(label, f"{day.day} {day:%B}: few", None)
    return Value(label, f"{day.day} {day:%B}: {number:,} {what}{'' if number == 1 else 's'}", number)


def _few(number: int | None) -> int | str:
    return f"<{settings.STATISTICS_LEAST_PEOPLE}" if number is None else number


def _figures(found: Statistics) -> list[dict[str, Any]]:
    """The numbers at the top, each with how it changed against the range before."""
    now, before = found.totals, found.before
    rows = [
        _figure("Views", now.views, before.views),
        *(_figure(name.capitalize(), *_both(now, before, name)) for name in ("likes", "retweets", "replies")),
        _figure("Quotes", now.quotes, before.quotes),
        _figure("Profile visits", now.visits, before.visits),
        _figure("Link clicks", now.clicks, before.clicks),
    ]
    gained = found.followers_gained
    followers = {"name": "Followers", "number": now.followers, "change": "", "way": ""}
    if gained is not None:
        followers["change"] = f"{gained:+,}".replace("-", "−") if gained else "No change"
        followers["way"] = "up" if gained > 0 else "down" if gained < 0 else "same"
    return [*rows, followers]


def _both(now: Figures, before: Figures, name: str) -> tuple[int, int]:
    return getattr(now, name), getattr(before, name)


def _figure(name: str, now: int | None, before: int | None) -> dict[str, Any]:
    figure = {"name": name, "number": now, "change": "", "way": ""}
    if now is not None and before:
        percent = round((now - before) * 100 / before)
        figure["change"] = f"{percent:+}%".replace("-", "−") if percent else "No change"
        figure["way"] = "up" if percent > 0 else "down" if percent < 0 else "same"
    return figure


def _best_hours(found: Statistics) -> list[str]:
    """The three hours of the week in which most happened, in words."""
    cells = [
        (number, -weekday, -hour)
        for weekday, hours in enumerate(found.hours)
        for hour, number in enumerate(hours)
        if number
    ]
    return [f"{_WEEKDAYS[-weekday]} {-hour:02}:00" for _, weekday, hour in sorted(cells, reverse=True)[:3]]
