"""Which key does what: a page, and what the dialog behind “?” shows. The script is keys.js."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from web.fragments import wants_fragment


@dataclass(frozen=True, slots=True)
class Way:
    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    ways: tuple[Way, ...]


def _group(name: str, *ways: tuple[str, str]) -> Group:
    return Group(name, tuple(Way(tuple(keys.split()), does) for keys, does in ways))


GROUPS = (
    _group(
        "Reading",
        ("j", "Next tweet"),
        ("k", "Previous tweet"),
        ("o Enter", "Open it"),
        ("u", "Its author"),
        ("x", "Show hidden text"),
        ("e", "Open its picture"),
        (".", "Show new tweets"),
    ),
    _group(
        "Doing",
        ("n", "Write a tweet"),
        ("r", "Reply"),
        ("l", "Like"),
        ("t", "Retweet"),
        ("q", "Quote"),
        ("b", "Bookmark"),
        ("m", "Mute its author"),
    ),
    _group(
        "Going",
        ("g h", "Home"),
        ("g e", "Explore"),
        ("g n", "Notifications"),
        ("g m", "Messages"),
        ("g b", "Bookmarks"),
        ("g l", "Lists"),
        ("g p", "Your profile"),
        ("g s", "Settings"),
    ),
    _group("Anywhere", ("/", "Search"), ("?", "This list"), ("Esc", "Close what is open")),
)


@require_safe
@vary_on_headers("HX-Request")
def keyboard(request: HttpRequest) -> HttpResponse:
    template = "web/_keys.html" if wants_fragment(request) else "web/keyboard.html"
    return render(request, template, {"groups": GROUPS})
