"""What the product tells of the month, beside what the ledger holds."""

import csv
import io
import re
from collections import Counter

from audit.models import AuditEntry
from tests.journeys.village import CROWD
from tweets.models import Tweet

LEAST = 5  # readers in a day, below which no number is told


def alice_reads_what_really_happened(village):
    alice, ledger = village.people["alice"], village.ledger
    page = alice.open("/statistics/?days=30")
    rows = rows_of(alice.open("/statistics/days.csv?days=30"))
    assert len(rows) == 30
    followers = 0
    for day, row in enumerate(rows, 1):
        followers += ledger.followed[day]
        told = [kind[day] for kind in (ledger.likes, ledger.retweets, ledger.quotes, ledger.replies)]
        assert row["readers"] == shown(len(ledger.readers[day])), (day, row, ledger.readers[day])
        assert row["profile_visits"] == shown(len(ledger.visits[day])), (day, ledger.visits[day])
        assert row["link_clicks"] == shown(len(ledger.clicks[day])), (day, ledger.clicks[day])
        assert [int(row[name]) for name in ("likes", "retweets", "quotes", "replies")] == told, day
        assert row["followers"] in ({str(followers)} if followers else {"", "0"}), day
    figures = figures_on(page)
    for name, counted in (
        ("Likes", ledger.likes),
        ("Retweets", ledger.retweets),
        ("Quotes", ledger.quotes),
        ("Replies", ledger.replies),
    ):
        assert sum(counted.values())  # or nothing was compared
        assert figures[name] == f"{sum(counted.values()):,}"
    assert figures["Views"] == f"{in_all(ledger.readers):,}"
    assert figures["Profile visits"] == f"{in_all(ledger.visits):,}"
    assert figures["Link clicks"] == f"{in_all(ledger.clicks):,}" != "0"
    assert figures["Followers"] == str(followers) == str(len(CROWD))
    few = [day for day in range(1, 30) if 0 < len(ledger.readers[day]) < LEAST]
    assert few  # or nothing was hidden, and nothing tried
    tweet = Tweet.objects.filter(author__username="alice").latest("id").path
    for name in ("bob", "olga"):
        village.people[name].open(f"{tweet}/statistics", 404)
        assert figures_on(village.people[name].open("/statistics/?days=30")) != figures
    assert figures_on(alice.open(f"{tweet}/statistics"))["Likes"] == f"{ledger.likes[29]:,}"


def staff_read_what_really_happened(village):
    mona, ledger = village.people["mona"], village.ledger
    mona.open("/")
    village.at(30, 11)
    village.strike()
    page = mona.open("/moderation/statistics/?days=30")
    rows = rows_of(mona.open("/moderation/statistics/days.csv?days=30"))
    people = 0
    for day, row in enumerate(rows, 1):
        people += ledger.joined[day]
        assert int(row["people"]) == people, day
        assert (int(row["joined"]), int(row["tweets"])) == (ledger.joined[day], ledger.tweets[day]), day
        for span in (1, 7, 30):
            came = set().union(*(ledger.active[one] for one in range(day - span + 1, day + 1)))
            assert int(row[f"active_{span}"]) == len(came), (day, span)
        closed = (int(row["reports_made"]), int(row["reports_closed"]))
        assert closed == (ledger.reports[day], ledger.handled[day]), day
    figures = figures_on(page)
    assert figures["People"] == str(people)
    assert figures["Joined"] == str(people)
    assert figures["Tweets"] == str(sum(ledger.tweets.values()))
    assert figures["Reports"] == str(sum(ledger.reports.values()))
    assert f"{sum(ledger.handled.values())} handled" in page


def the_audit_log_holds_every_deed(village):
    rows = AuditEntry.objects.values_list("actor", "deed")
    assert Counter(rows) == village.ledger.deeds
    page = village.people["ada"].open("/moderation/audit/?subject=@lucky")
    assert "You came to advertise." in page


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def figures_on(html):
    found = re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", html)
    return {name: re.sub(r"<.+?>", "", number) for name, number in found}


def shown(people):
    return str(people) if people >= LEAST else f"<{LEAST}"


def in_all(days):
    """What is hidden counts as none, so that no sum tells it."""
    return sum(len(people) for people in days.values() if len(people) >= LEAST)
