"""Counting readers: noted in the memory of the process while a page is drawn, written together later.

A page costs no query and no write: it leaves one entry in a line. Every STATISTICS_WRITTEN_SECONDS a thread
of the process takes the line and adds what it tells to the sketches of the day, in short transactions. Who
read stands only in that line; what is written is a mark that nobody can trace without the day's salt.

Of what a process has not written yet, a kill loses the last seconds; one that ends in order writes it first.
While the database is away the line is kept, up to STATISTICS_LINE_MAX entries; then the oldest go.
"""

import heapq
import secrets
import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from time import time

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection, transaction
from django.utils import timezone

from analytics.actions.beside import beside
from analytics.models import CountedDay, Kind, Sketch
from analytics.policies import counts_as_reader
from analytics.sketch import marks_of, merged, sign_of
from common.rates import address_key

Shown = tuple[int, int, int]  # kind, thing, author
_Entry = tuple[float, bytes, Sequence[Shown]]  # seconds since 1970, reader, what was shown
_Marks = dict[tuple[int, int], tuple[int, set[int]]]  # kind and thing -> author, marks

# Plain numbers: a page of cards asks for them often.
_TWEET, _AUTHOR, _PROFILE, _LINK, _LINKS = (kind.value for kind in Kind)
_WHOLE = {_TWEET: _AUTHOR, _LINK: _LINKS}
_PUT = """INSERT INTO analytics_sketch (day, kind, thing, author_id, marks) VALUES {}
  ON CONFLICT (day, thing, kind) DO UPDATE SET marks = excluded.marks"""
_shown: ContextVar[list[Shown] | None] = ContextVar("shown", default=None)


@contextmanager
def noting_shown() -> Iterator[list[Shown]]:
    """Inside, what is drawn for a reader is noted in the list that this gives."""
    noted: list[Shown] = []
    token = _shown.set(noted)
    try:
        yield noted
    finally:
        _shown.reset(token)


def note_tweet(tweet_id: int, author_id: int) -> None:
    """This tweet is being drawn; nothing happens where nobody notes."""
    noted = _shown.get()
    if noted is not None:
        noted.append((_TWEET, tweet_id, author_id))


def note_profile(person_id: int) -> None:
    """This person's page is being drawn."""
    noted = _shown.get()
    if noted is not None:
        noted.append((_PROFILE, person_id, person_id))


def note_again(shown: Iterable[Shown]) -> None:
    """What was drawn before and kept is shown to somebody else."""
    noted = _shown.get()
    if noted is not None:
        noted.extend(shown)


def shown_so_far() -> tuple[Shown, ...]:
    """What was noted for the answer in hand."""
    return tuple(_shown.get() or ())


def count_link(tweet_id: int, author_id: int, meta: Mapping[str, object], reader_id: int | None) -> None:
    """A reader follows a link in that tweet."""
    count_views([(_LINK, tweet_id, author_id)], meta, reader_id)


def count_views(shown: Sequence[Shown], meta: Mapping[str, object], reader_id: int | None) -> None:
    """All this was shown to a reader: the person of that id, or the visitor who sent these headers, as WSGI
    names them. What is one's own does not count. No query: it is written later.
    """
    if not shown or not counts_as_reader(meta, is_person=reader_id is not None):
        return
    others = [one for one in shown if one[2] != reader_id] if reader_id is not None else shown
    if others:
        _line.add((time(), _reader(meta, reader_id), others))


def write_views() -> int:
    """Write what this process noted so far. Returns how many sketches changed.

    Raises a database error when it cannot, and keeps what it had. Queries: three for each day, and three for
    each STATISTICS_ROWS_AT_ONCE sketches.
    """
    with _writing:
        entries = _line.take()
        try:
            return sum(_write_day(day, seen) for day, seen in _by_day(entries).items())
        except DatabaseTrouble:
            _line.put_back(entries)
            raise


class _Line:
    """What waits to be written, oldest first. A deque may be used by all threads at once."""

    def __init__(self) -> None:
        self._entries: deque[_Entry] = deque(maxlen=settings.STATISTICS_LINE_MAX)

    def add(self, entry: _Entry) -> None:
        self._entries.append(entry)
        beside.wake()

    def take(self) -> list[_Entry]:
        entries = []
        while self._entries:
            entries.append(self._entries.popleft())
        return entries

    def put_back(self, entries: list[_Entry]) -> None:
        """Before what came meanwhile; what does not fit goes, the oldest first."""
        room = settings.STATISTICS_LINE_MAX - len(self._entries)
        self._entries.extendleft(reversed(entries[-room:] if room > 0 else []))


_line = _Line()
_writing = threading.Lock()
beside.writes(write_views)


def _reader(meta: Mapping[str, object], reader_id: int | None) -> bytes:
    """Visitors are told apart by their household's address and what their browser calls itself."""
    if reader_id is not None:
        return b"%d" % reader_id
    address, agent = address_key(str(meta.get("REMOTE_ADDR", ""))), meta.get("HTTP_USER_AGENT", "")
    return f"{address}\n{agent}".encode(errors="replace")


def _by_day(entries: Iterable[_Entry]) -> dict[date, list[_Entry]]:
    found: dict[date, list[_Entry]] = {}
    for entry in entries:
        found.setdefault(datetime.fromtimestamp(entry[0], UTC).date(), []).append(entry)
    return found


def _write_day(day: date, entries: list[_Entry]) -> int:
    salt = _salt_of(day)
    if salt is None:  # that day is over, and closed
        return 0
    marks = _most_read(_marks_of(entries, salt))
    keys, size = sorted(marks), settings.STATISTICS_ROWS_AT_ONCE
    parts = (keys[start : start + size] for start in range(0, len(keys), size))
    return sum(_merge(day, {key: marks[key] for key in part}) for part in parts)


def _salt_of(day: date) -> bytes | None:
    """Drawn by whoever comes first on that day; None of a day before today that has none any more."""
    found = CountedDay.objects.filter(day=day).first()
    if found is None and day >= timezone.now().astimezone(UTC).date():
        found, _ = CountedDay.objects.get_or_create(day=day, defaults={"salt": _new_salt()})
    return bytes(found.salt) if found else None


def _new_salt() -> bytes:
    return secrets.token_bytes(32)


def _marks_of(entries: Iterable[_Entry], salt: bytes) -> _Marks:
    """Whoever reads a tweet reads its author, and whoever follows a link of it one of the author's."""
    signs: dict[bytes, int] = {}
    readers: defaultdict[Shown, set[int]] = defaultdict(set)
    for _, reader, shown in entries:
        sign = signs.get(reader) or signs.setdefault(reader, sign_of(salt, reader))
        for thing in shown:  # the one place where each card of each page is looked at
            readers[thing].add(sign)
    for (kind, _, author_id), found in list(readers.items()):
        if kind in _WHOLE:
            readers[_WHOLE[kind], author_id, author_id] |= found
    return {
        (kind, thing): (author_id, marks_of(found, sign_of(salt, b"%d:%d" % (kind, thing))))
        for (kind, thing, author_id), found in readers.items()
    }


def _most_read(marks: _Marks) -> _Marks:
    """At most STATISTICS_THINGS_MAX at once: a crawler without a name must not fill the table."""
    if len(marks) <= settings.STATISTICS_THINGS_MAX:
        return marks
    most = heapq.nlargest(settings.STATISTICS_THINGS_MAX, marks, key=lambda key: len(marks[key][1]))
    return {key: marks[key] for key in most}


@transaction.atomic
def _merge(day: date, marks: _Marks) -> int:
    """Under the lock of the day: of two processes that write, the second sees what the first wrote."""
    if not list(CountedDay.objects.select_for_update().filter(day=day)):
        return 0  # closed since
    things = {thing for _, thing in marks}
    rows = Sketch.objects.filter(day=day, thing__in=things).values_list("kind", "thing", "marks")
    kept = {(kind, thing): bytes(sketch) for kind, thing, sketch in rows}
    changed = []
    for (kind, thing), (author_id, new) in marks.items():
        before = kept.get((kind, thing), b"")
        after = merged(before, new)
        if after != before:
            changed.append((day, kind, thing, author_id, after))
    _put(changed)
    return len(changed)


def _put(rows: Sequence[tuple[date, int, int, int, bytes]]) -> None:
    """By hand: there is about a row for each page, and the ORM takes four times as long."""
    if rows:
        places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
        with connection.cursor() as cursor:
            cursor.execute(_PUT.format(places), [value for row in rows for value in row])
