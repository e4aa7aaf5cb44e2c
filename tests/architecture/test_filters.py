"""A list of tweets that forgets the reader's word filters fails here."""

import ast

import pytest

from tests.architecture.house import modules, tree, where

DOORS = ("web",)
LOADS = {"cards_for", "cards_of"}
FILTERS = {"filtered", "_filtered", "numbered_page"}
# “file: function” -> why the reader's filters do not apply.
EXCUSED = {
    "web/paging.py: _stretch": "its callers filter, once the page is full",
    "web/views/bookmarks.py: _page": "kept by oneself",
    "web/views/profile.py: _likes_page": "liked by oneself",
    "web/gestures.py: _actions_row": "the buttons of one card, without its words",
    "web/messages.py: talk_of": "written to oneself",
    "web/views/reports.py: _cards": "what one wants to report, and may not want to read elsewhere",
    "web/messages.py: _lines": "written to oneself",
}


def test_every_list_of_cards_asks_the_word_filters():
    found = {
        f"{where(path).partition(':')[0]}: {function.name}": where(path, function)
        for path in modules(*DOORS)
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef) and forgets_filters(function)
    }

    assert {name: place for name, place in found.items() if name not in EXCUSED} == {}
    assert set(EXCUSED) <= set(found), "an excuse is no longer needed: remove it"


@pytest.mark.parametrize(
    ("code", "forgets"),
    [
        ("def page():\n    return cards_for(ids, viewer)", True),
        ("def page():\n    return cards.cards_of(rows, viewer)", True),
        ("def page():\n    return filtered(cards_for(ids, viewer), viewer, Context.HOME)", False),
        ("def page():\n    return [card for card in cards]", False),
    ],
)
def test_the_search_tells_one_from_the_other(code, forgets):
    assert forgets_filters(ast.parse(code).body[0]) is forgets


def forgets_filters(function):
    called = {name_of(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return bool(called & LOADS) and not called & FILTERS


def name_of(called):
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
