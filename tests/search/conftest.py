"""Asking as somebody, for the tests of what is found."""

import pytest
from django.contrib.auth.models import AnonymousUser

from common.paging import Window
from search.queries import Asked, latest, top
from search.query_language import read_question


@pytest.fixture
def found():
    """`found("words", alice)`: ids that she finds, newest first; without a person, those of a visitor."""

    def find(text, viewer=None, limit=50, **window):
        asked = Asked(read_question(text))
        assert asked.problems == []
        return latest(asked, viewer or AnonymousUser(), Window(limit, **window)).ids

    return find


@pytest.fixture
def liveliest():
    def find(text, viewer=None, **end):
        return top(Asked(read_question(text)), viewer or AnonymousUser(), **end).ids

    return find
