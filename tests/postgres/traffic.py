"""People who read and write without a pause, while a test takes something away from their server."""

import itertools
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests.postgres.servers import until
from tests.postgres.sites import Browser

MORE = 8  # answers of each kind between two events


@dataclass
class Traffic:
    """People who read and write without a pause, and what they were told."""

    read: list[httpx.Response] = field(default_factory=list)
    posted: dict[str, httpx.Response] = field(default_factory=dict)  # words -> the last answer
    sent_again: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def reads(self, browser: httpx.Client, path: str) -> None:
        self._forever(lambda: self.read.append(browser.get(path)))

    def writes(self, author: str, browser: Browser) -> None:
        """Each tweet with a one-time key of its own, sent again with the same key until it is taken."""
        numbers = itertools.count()

        def post() -> None:
            words, key = f"{author} says {next(numbers)}", secrets.token_urlsafe(16)
            while True:
                self.posted[words] = answer = browser.submit("/create/", text=words, key=key)
                if answer.status_code != 503 or self._stop.is_set():
                    return
                self.sent_again += 1
                time.sleep(0.05)

        self._forever(post)

    def goes_on(self) -> None:
        """Wait until pages are read and tweets are posted again."""
        for answers in (lambda: self.read, lambda: list(self.posted.values())):
            so_far = len(answers())
            until(lambda answers=answers, so_far=so_far: well(answers()[so_far:]) >= MORE)

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _forever(self, act: Callable[[], object]) -> None:
        def acting() -> None:
            while not self._stop.is_set():
                act()

        self._threads.append(threading.Thread(target=acting))
        self._threads[-1].start()


def well(answers: list[httpx.Response]) -> int:
    return sum(answer.status_code in {200, 302} for answer in answers)


def refusals(answers: list[httpx.Response]) -> list[httpx.Response]:
    return [answer for answer in answers if answer.status_code == 503]
