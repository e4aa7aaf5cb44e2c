"""Real questions and answers, one for each operation: recorded by a test, shown on /developers/.

examples.json is written by `RECORD_EXAMPLES=yes` of tests/api/test_examples.py, which fails as soon as an
answer has other attributes than the recorded one.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from django.conf import settings

_FILE = Path(__file__).with_name("examples.json")
_RECORDED_AT = "social.example"


class Example(NamedTuple):
    """`path` with its query. `answer` is what came, or `entity` the name of what came, `is_list` several;
    `others` are names of what may come instead.
    """

    path: str
    body: dict[str, Any] | None = None
    is_upload: bool = False
    answer: Any = None
    entity: str = ""
    is_list: bool = False
    others: Sequence[str] = ()


@cache
def examples() -> dict[str, Example]:
    """By operation: "GET /api/v1/bookmarks"."""
    return {name: Example(**said) for name, said in _recorded()["operations"].items()}


@cache
def entities() -> dict[str, Any]:
    """One of each thing that answers are made of, by the name Mastodon's documentation gives it."""
    found: dict[str, Any] = _recorded()["entities"]
    return found


@cache
def schemas() -> dict[str, Any]:
    """The JSON schema of each of these things, as many answers were."""
    found: dict[str, Any] = _recorded()["schemas"]
    return found


def _recorded() -> dict[str, Any]:
    """With the address of this server in place of the recorded one."""
    text = _FILE.read_text()
    scheme = settings.SITE_URL.partition("://")[0]
    for ours, recorded in (("https", "http"), ("wss", "ws")):
        if scheme == "http":
            text = text.replace(f"{ours}://{_RECORDED_AT}", f"{recorded}://{settings.SITE_HOST}")
    found: dict[str, Any] = orjson.loads(text.replace(_RECORDED_AT, settings.SITE_HOST))
    return found
