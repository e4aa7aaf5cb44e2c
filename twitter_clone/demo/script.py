"""The demo as it is written down in demo.toml: who is there, and who says what."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LOGIN = "demo"  # the person a visitor signs in as


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    display_name: str
    bio: str = ""
    location: str = ""
    website: str = ""
    portrait: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """`size` in pixels."""

    scene: str
    description: str
    size: tuple[int, int] = (1500, 1000)
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    hours_ago: float
    author: str
    text: str
    pictures: tuple[DemoPicture, ...] = ()
    before_edit: str = ""


@cache
def people() -> list[Person]:
    return [Person(**person) for person in _written()["people"]]


@cache
def sayings() -> list[Saying]:
    """The oldest first."""
    return [
        Saying(**{**saying, "pictures": tuple(map(_picture, saying.get("pictures", [])))})
        for saying in _written()["sayings"]
    ]


def _picture(written: dict[str, Any]) -> DemoPicture:
    return DemoPicture(**{**written, "size": tuple(written.get("size", (1500, 1000)))})


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("demo.toml").read_text(encoding="utf-8"))
