"""Doors write no rows, and templates ask no questions: actions do the one, cards answer the other."""

import ast
import re

import pytest
from django.db import connection
from django.template.base import Template

from relationships.actions import follow_user
from tests.architecture.house import modules, tree, where
from tests.factories import make_image, make_tweet
from timelines.actions import add_to_list, create_list

DOORS = ("web", "api")
ALWAYS_A_WRITE = {
    "save", "asave", "create", "acreate", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip
# Dictionaries have these too: a write only when it ends a query.
WRITES_OF_QUERIES = {"update", "aupdate", "delete", "adelete"}
A_QUERY = re.compile(r"\.objects\b|\.(filter|exclude|all|get|select_for_update)\(|_set\b|get_object_or_404\(")
# “file: call” -> why this is no rule of ours broken.
EXCUSED = {
    "web/views/joining/registration.py: form.save(self.request)": "allauth's form ends in accounts.actions",
    "web/adapter.py: UserSession.objects.filter(session_key=request.session.session_key).delete()": (
        "allauth's own row about a session ends with the session"
    ),
}


def test_doors_never_write_rows():
    found = {
        f"{where(path)}: {ast.unparse(node)}": where(path, node)
        for path in modules(*DOORS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and writes(node.func)
    }

    assert {call: place for call, place in found.items() if call not in EXCUSED} == {}
    assert set(EXCUSED) <= set(found), "an excuse is no longer needed: remove it"


@pytest.mark.parametrize(
    ("code", "is_write"),
    [
        ("tweet.save()", True),
        ("Tweet.objects.create(text='')", True),
        ("Tweet.objects.filter(id=1).update(text='')", True),
        ("author.tweet_set.all().delete()", True),
        ("context.update(page=page)", False),
        ("response.delete_cookie('theme')", False),
    ],
)
def test_the_search_tells_a_write_from_a_dictionary(code, is_write):
    call = ast.parse(code, mode="eval").body

    assert writes(call.func) is is_write


@pytest.fixture
def asked_while_drawing(monkeypatch):
    """The queries that run while a template draws, when its view and context are done."""
    draw, asked = Template._render, []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    def noting(template, context):
        with connection.execute_wrapper(note):
            return draw(template, context)

    monkeypatch.setattr(Template, "_render", noting)
    return asked


@pytest.mark.parametrize(
    "page",
    [
        *("/", "/@alice", "/@alice/{tweet}", "/create/", "/edit/{tweet}/", "/delete/{tweet}/", "/bookmarks/"),
        *("/create/?reply_to={tweet}", "/create/?quote={tweet}", "/@alice/{tweet}/quotes"),
        *("/@alice/{tweet}/likes", "/@alice/{tweet}/retweets"),
        *("/lists/", "/lists/{list}/", "/lists/{list}/members/", "/@bob/lists"),
    ],
)
def test_templates_ask_the_database_nothing(page, alice, bob, as_alice, asked_while_drawing):
    make_tweet(alice, "Good morning @bob #coffee")
    tweet = make_tweet(alice, "Look at this", images=[make_image(alice), make_image(alice)])
    make_tweet(bob, "Good morning")
    follow_user(alice, bob)
    people_list = create_list(alice, "Friends")
    add_to_list(alice, people_list, bob)
    address = page.format(tweet=tweet.id, list=people_list.id)
    as_alice.get(address)  # what is kept in memory for a minute is kept now
    asked_while_drawing.clear()

    answer = as_alice.get(address)

    assert answer.status_code == 200
    assert asked_while_drawing == []


def writes(call):
    if call.attr in ALWAYS_A_WRITE:
        return True
    return call.attr in WRITES_OF_QUERIES and bool(A_QUERY.search(ast.unparse(call.value)))
