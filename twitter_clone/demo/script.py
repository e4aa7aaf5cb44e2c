"""The demo as it is written down in demo.toml: who is there, and who says what."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LOGIN = "demo"  # the person a visitor signs in as


@dataclass(frozen=True, slots=True)
class Person:
    """`follows` and `asks` are usernames; somebody locked is asked, and lets in who stands in `follows`."""

    username: str
    display_name: str
    bio: str = ""
    location: str = ""
    website: str = ""
    portrait: str = ""
    header: str = ""
    follows: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """`size` in pixels."""

    scene: str
    description: str
    size: tuple[int, int] = (1500, 1000)
    moves: bool = False


@dataclass(frozen=True, slots=True)
class DemoPoll:
    """Open for so many days; `votes` says how many pick each choice."""

    choices: tuple[str, ...]
    votes: tuple[int, ...]
    days: int = 7
    is_multiple: bool = False
    hides_totals: bool = False
    guest_votes: bool = False


@dataclass(frozen=True, slots=True)
class DemoPage:
    """What the page at `url` would say of itself, were there one; without a scene it has no picture."""

    url: str
    title: str
    description: str = ""
    scene: str = ""
    size: tuple[int, int] = (1200, 630)


@dataclass(frozen=True, slots=True)
class Saying:
    """`answers` and `quotes` are names of earlier sayings; `likes` is left to the dice when it is None."""

    hours_ago: float
    author: str
    text: str
    pictures: tuple[DemoPicture, ...] = ()
    before_edit: str = ""
    answers: str = ""
    quotes: str = ""
    visibility: str = "public"
    likes: int | None = None
    spread_by: tuple[str, ...] = ()
    pinned: bool = False
    kept: bool = False
    warning: str = ""
    is_sensitive: bool = False
    language: str = ""
    poll: DemoPoll | None = None
    page: DemoPage | None = None

    @property
    def name(self) -> str:
        return f"{self.author} {self.hours_ago}"


@cache
def people() -> list[Person]:
    return [Person(**_with_tuples(person, "follows", "asks")) for person in _written()["people"]]


@cache
def sayings() -> list[Saying]:
    """The oldest first."""
    return [
        Saying(
            **{
                **_with_tuples(saying, "spread_by"),
                "pictures": tuple(map(_picture, saying.get("pictures", []))),
                "poll": _poll(saying.get("poll")),
                "page": _page(saying.get("page")),
            }
        )
        for saying in _written()["sayings"]
    ]


def _picture(written: dict[str, Any]) -> DemoPicture:
    return DemoPicture(**{**written, "size": tuple(written.get("size", (1500, 1000)))})


def _poll(written: dict[str, Any] | None) -> DemoPoll | None:
    return DemoPoll(**_with_tuples(written, "choices", "votes")) if written else None


def _page(written: dict[str, Any] | None) -> DemoPage | None:
    return DemoPage(**{**written, "size": tuple(written.get("size", (1200, 630)))}) if written else None


def _with_tuples(written: dict[str, Any], *names: str) -> dict[str, Any]:
    return written | {name: tuple(written.get(name, ())) for name in names}


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("demo.toml").read_text(encoding="utf-8"))
