"""The newest tweets of many authors: what is read of each is bounded, whether they say much or nothing.

Walking the tweets newest first is slow where the authors have been silent for long, and reading each
author's last ones is slow where they are many. So one probe of the index by author finds the newest of
each; a page of n comes from the n authors with the newest of these, and never from below the n-th.

Of fewer authors than n that would be no bound at all. Then the k-th newest of each is looked up, where k
times the authors are n or more, and the page never comes from below that of the (n/k)-th author.
"""

from typing import Any

from django.db import connection

from common.paging import Window
from common.replicas.routing import ask
from timelines.wanted import now

# SQLite has no LATERAL, PostgreSQL no good plan for a correlated IN.
_EACH = {
    "postgresql": "JOIN LATERAL ({rows}) AS row ON TRUE",
    "sqlite": "CROSS JOIN tweets_tweet row ON row.id IN (SELECT id FROM ({rows}))",
}
_ROWS = """SELECT {columns} FROM {tweets} WHERE t.author_id = f.followed_id {stretch} AND {wanted}
    {sorting} LIMIT {limit}"""
_SORTING = "ORDER BY t.id {order}"
_ALL = "tweets_tweet t"
_SOME = """(SELECT
    id, author_id, visibility, language, is_reply, reply_to_author_id, retweet_of_id, quote_of_id
    FROM tweets_tweet t WHERE t.author_id = f.followed_id {stretch}
    {sorting} LIMIT {read}) t"""
_NEWEST = """
WITH first AS MATERIALIZED (
  SELECT f.id AS follow_id, ({first}) AS id FROM {source} ORDER BY 2 {order} NULLS LAST LIMIT {most})
SELECT {owner} row.id, COALESCE(row.retweet_of_id, row.id)
FROM first CROSS JOIN relationships_follow f {each}
WHERE f.id = first.follow_id AND first.id IS NOT NULL
ORDER BY row.id {order} LIMIT {most}
"""
_STRETCHES = {"max_id": "AND t.id < %(max_id)s", "min_id": "AND t.id > %(min_id)s",
              "since_id": "AND t.id > %(since_id)s"}  # fmt: skip
# As _NEWEST, for few authors: `first` has the k-th newest of each, and all of them are read.
_NEWEST_OF_FEW = """
WITH first AS MATERIALIZED (SELECT f.id AS follow_id, ({first}) AS id FROM {source}),
bound AS MATERIALIZED (
  SELECT id FROM first WHERE id IS NOT NULL ORDER BY id {order} LIMIT {number})
SELECT {owner} row.id, COALESCE(row.retweet_of_id, row.id)
FROM first CROSS JOIN relationships_follow f {each}
WHERE f.id = first.follow_id
ORDER BY row.id {order} LIMIT {most}
"""
# The last of so many first ones: nothing beyond it can belong to the page.
_LAST = "(SELECT CASE WHEN COUNT(id) < {number} THEN {open} ELSE {last}(id) END FROM {first})"
_BOUNDS = {"DESC": ("AND t.id >= ", 0, "MIN"), "ASC": ("AND t.id <= ", 2**63 - 1, "MAX")}


def newest_sql(
    source: str, wanted: str, window: Window, *, owner: str = "", authors: int = 0, read: int = 0
) -> str:
    """SQL for the newest tweets of the people in `source`, rows of relationships_follow AS f.

    Columns: `owner`, if given; the tweet's id; the id of the tweet it shows. See `newest_values`. `authors`
    is how many people that are, about; 0 for many. `read` of each are looked at, at most; 0: until enough
    are wanted.
    """
    order = "DESC" if window.min_id is None else "ASC"
    stretch = " ".join(sql for name, sql in _STRETCHES.items() if getattr(window, name) is not None)
    nth = -(-window.limit // authors) if 0 < authors < window.limit else 1
    number, bounding, newest = (
        (window.limit, "first", _NEWEST) if nth == 1 else (-(-window.limit // nth), "bound", _NEWEST_OF_FEW)
    )
    asked: dict[str, Any] = {"wanted": wanted, "order": order, "read": read}
    first = _rows("t.id", stretch, limit=f"1 OFFSET {nth - 1}", **asked)
    beyond, open_end, last = _BOUNDS[order]
    bound = beyond + _LAST.format(number=number, open=open_end, last=last, first=bounding)
    rows = _rows("t.id, t.retweet_of_id", f"{stretch} {bound}", limit=window.limit, **asked)
    each = _EACH[connection.vendor].format(rows=rows)
    found = {"source": source, "first": first, "order": order, "owner": owner, "each": each}
    return newest.format(number=number, most=window.limit, **found)


def _rows(columns: str, stretch: str, *, order: str, read: int, **asked: Any) -> str:
    tweets, sorting = _ALL, _SORTING.format(order=order)
    if read:
        tweets = _SOME.format(stretch=stretch, sorting=sorting, read=read)
        # They come sorted, which only PostgreSQL knows: SQLite would look at all of them to sort them again.
        sorting = sorting if connection.vendor == "postgresql" else ""
    return _ROWS.format(columns=columns, tweets=tweets, stretch=stretch, sorting=sorting, **asked)


def newest_values(window: Window) -> dict[str, Any]:
    """The values `newest_sql` needs beside those of its source."""
    ends = {name: getattr(window, name) for name in _STRETCHES}
    return {"now": now(), **ends}


def newest(source: str, wanted: str, window: Window, **values: Any) -> list[tuple[int, int]]:
    """Pairs of entry and shown tweet, newest first. One query."""
    found: Any = ask(newest_sql(source, wanted, window), {**newest_values(window), **values})
    return sorted(found, reverse=True)
