"""Check every counter of people and tweets against what is there, and correct those that are wrong."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand

from accounts.actions import correct_counts
from tweets.actions.counts import correct_tweet
from tweets.actions.poll import correct_poll
from tweets.queries.recount import Drift, wrong_people, wrong_polls, wrong_tweets

_LISTED = 20  # of each kind; all with --verbosity 2


class Command(BaseCommand):
    help = "Check all counters and correct the wrong ones. Safe while the site is in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        self._dry, self._listed = options["dry_run"], _LISTED if options["verbosity"] < 2 else None
        self._repair("people", wrong_people(), correct_counts)
        self._repair("tweets", wrong_tweets(), correct_tweet)
        self._repair("polls", wrong_polls(), correct_poll)

    def _repair(self, kind: str, wrong: Iterable[Drift], correct: Callable[..., None]) -> None:
        number = 0
        for number, drift in enumerate(wrong, 1):
            if self._listed is None or number <= self._listed:
                self.stdout.write(f"{drift.name}: {_told(drift)}")
            if not self._dry:
                correct(drift.id, **drift.missing)
        if not number:
            self.stdout.write(f"All counts of {kind} are right.")
            return
        done = "Found" if self._dry else "Corrected"
        self.stdout.write(f"{done} wrong counts of {number} {kind}.")


def _told(drift: Drift) -> str:
    return ", ".join(f"{name} {said} is {true}" for name, (said, true) in drift.counts.items())
