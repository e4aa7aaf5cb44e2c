"""`manage.py import_tweets FILE --authors N`: one tweet for each line, said by N people."""

import hashlib
import itertools
import re
import sys
import time
from argparse import ArgumentParser
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseTrouble

from accounts.models import User
from common.errors import HouseError
from common.ids import new_id
from common.progress import Progress
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.management.authors import authors_for

_LONGEST_LINE = 64 * 1024  # bytes; far beyond any tweet, and all that is ever held in memory
_LINES_NAMED = 5  # of those rejected for the same reason
_INTERRUPTED = 130  # the exit code of a command that was stopped by Ctrl+C
_EMPTY, _TOO_LONG = "The line is empty.", f"The line is longer than {_LONGEST_LINE // 1024} KB."
_NOT_TEXT = "The line is not text in UTF-8."


class Command(BaseCommand):
    help = (
        "Import a text file in UTF-8, one tweet for each line, through the same action as the web form. "
        "Safe to interrupt and to repeat, also while the server runs: what is there already stays as it "
        "is, as long as FILE, --authors and --seed are the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--authors", metavar="N", type=int, required=True, help="how many people say it")
        parser.add_argument(
            "--seed", metavar="S", type=int, default=0, help="decides who they are and who says what"
        )

    def handle(self, *args: Any, file: Path, authors: int, seed: int, **options: Any) -> None:
        if authors < 1:
            raise CommandError("--authors must be at least 1: somebody has to say it.")
        try:
            with file.open("rb") as stream:
                self._import(stream, file.stat().st_size, authors, seed)
        except OSError as trouble:
            raise CommandError(f"{file} cannot be read: {trouble.strerror}.") from None

    def _import(self, stream: BinaryIO, size: int, authors: int, seed: int) -> None:
        tally = Tally()
        progress = Progress(sys.stderr, size)
        try:
            said_by = Distribution(authors_for(authors, seed), seed)
            done = 0  # bytes; a pipe cannot tell
            for number, (length, line, trouble) in enumerate(_lines(stream), 1):
                if trouble:
                    tally.reject(number, trouble)
                else:
                    tally.post(said_by.author_of(number), line, number, seed)
                done += length
                progress.show(done, tally.progress)
        except KeyboardInterrupt:
            progress.end()
            self.stdout.write(f"Stopped. Run the same command again to go on.\n{tally.summary}")
            sys.exit(_INTERRUPTED)
        except DatabaseTrouble as trouble:
            progress.end()
            raise CommandError(
                f"The database gave up ({trouble}). Run the same command again to go on.\n{tally.summary}"
            ) from None
        progress.end()
        self.stdout.write(tally.summary)


class Distribution:
    """Who says which line: the second person says half as much as the first, the third a third (Zipf)."""

    def __init__(self, authors: Sequence[User], seed: int) -> None:
        self._authors = authors
        self._seed = seed
        self._bounds = list(itertools.accumulate(1 / rank for rank in range(1, len(authors) + 1)))

    def author_of(self, number: int) -> User:
        """Depends on nothing but the seed, how many authors there are, and the line's number."""
        point = int.from_bytes(_digest(self._seed, number, "")[:6]) / 2**48 * self._bounds[-1]
        return self._authors[min(bisect(self._bounds, point), len(self._authors) - 1)]


class Tally:
    """Posts line by line and keeps the count of what became of them."""

    def __init__(self) -> None:
        self.imported = self.known = 0
        self._rejected: Counter[str] = Counter()
        self._examples: defaultdict[str, list[int]] = defaultdict(list)
        self._began_at = time.monotonic()
        self._began_with = new_id()

    def post(self, author: User, text: str, number: int, seed: int) -> None:
        key = f"import:{_digest(seed, number, text).hex()}"
        try:
            tweet = post_tweet(author, TweetDraft(text=text, key=key))
        except HouseError as refusal:
            # Lines that are too long by different lengths are rejected for one reason.
            self.reject(number, re.sub(r"\b\d+ characters?", "some characters", refusal.message))
            return
        if tweet.id > self._began_with:
            self.imported += 1
        else:
            self.known += 1

    def reject(self, number: int, reason: str) -> None:
        self._rejected[reason] += 1
        if len(self._examples[reason]) < _LINES_NAMED:
            self._examples[reason].append(number)

    @property
    def progress(self) -> str:
        return f"{self.imported} imported, {self._rejected.total()} rejected, {self._speed:.0f} tweets/s"

    @property
    def summary(self) -> str:
        counts = f"{self.imported} imported, {self.known} already there, {self._rejected.total()} rejected"
        lines = [f"{counts}; {self._seconds:.1f} s, {self._speed:.0f} tweets/s."]
        for reason, count in self._rejected.most_common():
            numbers = ", ".join(map(str, self._examples[reason]))
            more = " …" if count > _LINES_NAMED else ""
            lines.append(f"  {count} × {reason} (line {numbers}{more})")
        return "\n".join(lines)

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._began_at

    @property
    def _speed(self) -> float:
        return self.imported / max(self._seconds, 0.001)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str, str]]:
    """Each line: its length in bytes, its text, and what is wrong with it. One at a time in memory."""
    while raw := stream.readline(_LONGEST_LINE):
        if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
            yield len(raw) + _skip_line(stream), "", _TOO_LONG
            continue
        try:
            line = raw.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            yield len(raw), "", _NOT_TEXT
        else:
            yield len(raw), line, "" if line else _EMPTY


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of the line; returns how many bytes that were."""
    skipped = 0
    while rest := stream.readline(_LONGEST_LINE):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _digest(seed: int, number: int, text: str) -> bytes:
    return hashlib.blake2b(f"{seed}\n{number}\n{text}".encode(), digest_size=16).digest()
