"""A village that lives on the server for a month, and a ledger of what really happened there.

People use pages as a browser without scripts does. What others saw of alice is noted by looking at the pages
they got, and not by asking the product.
"""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

from analytics.actions import count_server_day, write_active, write_views
from jobs import clock
from jobs.engines.embedded import run_pending
from tests.api.calling import Caller
from tests.factories import PASSWORD
from tests.journeys.browsing import Browser
from tests.second_steps import code_of
from tweets.models import Tweet

CROWD = ["bob", "carol", "dave", "erin", "frank", "grace", "heidi"]
FIRST_DAY = datetime(2026, 3, 2, tzinfo=UTC)
_CARD = re.compile(r'<article class="tweet[^"]*" id="t(\d+)"')


class Ledger:
    """For each day of the month; readers, visits and responses are those of alice, by others."""

    def __init__(self) -> None:
        self.readers: dict[int, set[str]] = defaultdict(set)
        self.visits: dict[int, set[str]] = defaultdict(set)
        self.clicks: dict[int, set[str]] = defaultdict(set)
        self.active: dict[int, set[str]] = defaultdict(set)
        self.likes, self.retweets, self.quotes, self.replies = Counter(), Counter(), Counter(), Counter()
        self.followed: Counter[int] = Counter()
        self.joined, self.tweets = Counter(), Counter()
        self.reports, self.handled = Counter(), Counter()
        self.deeds: Counter[tuple[str, str]] = Counter()  # of staff: who, what


class Village:
    """`mails` is the outbox, `travel` moves the time of day."""

    def __init__(self, travel, mails) -> None:
        self.ledger, self.people = Ledger(), {}
        self.day, self._travel, self._mails = 1, travel, mails
        self._addresses = 0

    def at(self, day: int, hour: int) -> None:
        """It becomes that hour; each midnight between the clock strikes."""
        while self.day < day:
            self._travel.move_to(self._moment(23, 59))
            self.flush()
            count_server_day()  # as the clock does every ten minutes, while the day lasts
            self.day += 1
            self._travel.move_to(self._moment(0, 3))
            self.strike()
        self._travel.move_to(self._moment(hour))

    def flush(self) -> None:
        """What a process does every few seconds beside its pages."""
        write_views()
        write_active()

    def strike(self) -> None:
        """Workers look at the clock, and do what is due."""
        self.flush()
        clock.tick()
        run_pending()

    def pass_seconds(self, seconds: int = 40) -> None:
        run_pending()
        self._travel.shift(timedelta(seconds=seconds))

    def visitor(self) -> Browser:
        self._addresses += 1
        address = f"198.51.100.{self._addresses}"
        return Browser(address, lambda path, answer: self.note(address, path, answer))

    def mail_to(self, name: str) -> str:
        """The newest one."""
        return next(one.body for one in reversed(self._mails) if one.to == [f"{name}@example.org"])

    def note(self, who: str, path: str, answer) -> None:
        """Somebody sees an answer."""
        if answer.wsgi_request.user.is_authenticated:
            self.ledger.active[self.day].add(who)
        if who == "alice" or answer.status_code != 200:
            return
        self.note_seen(who, _CARD.findall(answer.content.decode()))
        if re.fullmatch(r"/@alice(\?.*)?", path):
            self.ledger.visits[self.day].add(who)

    def note_seen(self, who: str, tweet_ids: list[str]) -> None:
        """Somebody is shown these tweets."""
        if Tweet.objects.filter(pk__in=tweet_ids, author__username="alice").exists():
            self.ledger.readers[self.day].add(who)

    def _moment(self, hour: int, minute: int = 0) -> datetime:
        return FIRST_DAY + timedelta(days=self.day - 1, hours=hour, minutes=minute)


class Person(Browser):
    """Somebody with a browser of their own, and a name."""

    def __init__(self, village: Village, name: str) -> None:
        self.address = f"203.0.113.{len(village.people) + 1}"
        super().__init__(self.address, lambda path, answer: self._see(path, answer))
        self.village, self.name, self.app_key = village, name, ""
        self.app: Caller | None = None
        village.people[name] = self

    def _see(self, path: str, answer) -> None:
        """Signed out they are a visitor like any other."""
        is_known = answer.wsgi_request.user.is_authenticated
        self.village.note(self.name if is_known else self.address, path, answer)

    def send(self, page: str, action: str = "", status: int = 200, **typed: object) -> str:
        html = super().send(page, action, status, **typed)
        self.village.pass_seconds()
        return html

    def join(self, way: str, **more: str) -> None:
        """Up to the mailed link."""
        email = f"{self.name}@example.org"
        typed = {"username": self.name, "email": email, "password1": PASSWORD, **more}
        assert "mail" in self.send(way, "/register/", **typed)
        link = re.search(r"http://localhost:8000(/confirm-email/\S+)", self.village.mail_to(self.name))[1]
        self.send(link)

    def sign_in(self) -> str:
        html = self.send("/login/", login=self.name, password=PASSWORD, remember="on")
        if self.app_key:
            assert "code" in html
            html = self.send("/login/second-step/", code=code_of(self.app_key))
        return html

    def tweet(self, text: str, page: str = "/create/") -> str:
        """Its address."""
        self.send(page, "/create/", text=text)
        self.village.ledger.tweets[self.village.day] += 1
        return Tweet.objects.filter(author__username=self.name, text=text).latest("id").path

    def reply(self, path: str, text: str) -> None:
        self.tweet(text, f"/create/?reply_to={path.rsplit('/', 1)[1]}")
        self._respond(path, self.village.ledger.replies)

    def quote(self, path: str, text: str) -> None:
        self.tweet(text, f"/create/?quote={path.rsplit('/', 1)[1]}")
        self._respond(path, self.village.ledger.quotes)

    def follow_link(self, path: str) -> None:
        """Out of the tweet at that address; the page's script tells that it was done."""
        assert re.search(r'<a href="https://[^"]+"[^>]*>', self.open(path).partition("tweet__text")[2])
        self.tell(f"{path}/opened")
        self.village.ledger.clicks[self.village.day].add(self.name)

    def make_app(self) -> Caller:
        """One of their own, which acts for them; that wants to know who they are."""
        self.send("/logout/")
        self.sign_in()
        page = self.send("/settings/apps/token/", name="Mine", scopes=["read", "write"])
        self.app = Caller(re.search(r'aria-label="The token">([^<]+)<', page)[1])
        return self.app

    def look_by_app(self) -> None:
        """At home, in an app instead of a browser."""
        answer = (self.app or self.make_app()).get("/api/v1/timelines/home?limit=40")
        assert answer.status_code == 200
        self.village.ledger.active[self.village.day].add(self.name)
        self.village.note_seen(self.name, [(row["reblog"] or row)["id"] for row in answer.json()])

    def like(self, path: str) -> None:
        self.send(path, f"{path}/like")
        self._respond(path, self.village.ledger.likes)

    def retweet(self, path: str) -> None:
        self.send(path, f"{path}/retweet")
        self._respond(path, self.village.ledger.retweets)

    def follow(self, name: str) -> None:
        self.send(f"/@{name}", f"/@{name}/follow")
        if name == "alice":
            self.village.ledger.followed[self.village.day] += 1

    def report(self, name: str, words: str) -> None:
        self.send(f"/@{name}/report", category="spam", comment=words)
        self.village.ledger.reports[self.village.day] += 1

    def does(self, deeds: str, page: str, action: str = "", **typed: object) -> str:
        """Something that staff do, which must stand in the audit log under these names."""
        html = self.send(page, action, **typed)
        if self.here.startswith("/settings/confirm/"):  # some want to know again who does it
            html = self.send(self.here, password=PASSWORD)
        self.village.ledger.deeds.update((f"@{self.name}", deed) for deed in deeds.split())
        return html

    def _respond(self, path: str, kind: Counter) -> None:
        if path.startswith("/@alice/"):
            kind[self.village.day] += 1
