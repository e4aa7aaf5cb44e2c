"""Whatever text there is: no error, offsets within it, and no markup but ours."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.html import escape
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from common.paging import Window
from search.marking import mark_beginnings, mark_found
from search.queries import Asked, latest, top
from search.query_language import read_question
from search.words import rows_to_keep, runs_of, words_to_find
from web.forms.search import SearchForm

SCRIPTS = (
    "aé ß_7 ﷺ½ ﬁ İ 漢字かなカナー ภาษาไทยำ ລາວ မြန်မာ ភាសា हिन्दी 한국어 "
    "עִבְרִית العَرَبيّة 🎉👩\u200d👩\u200d👧🏳\ufe0f <>&\"';#@:-*() \u200b\u00ad\u0301\u202e"
)
SIGNS = [
    "from:",
    "to:",
    "has:media",
    "has:poll",
    "is:reply",
    "lang:de",
    "before:2026-01-02",
    "#tag",
    "@bob",
    '"',
    "-",
]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(SCRIPTS, max_size=60),
    st.lists(st.one_of(st.sampled_from(SIGNS), st.text(SCRIPTS, max_size=6)), max_size=8).map(" ".join),
)


@given(TEXTS)
def test_words_lie_within_the_text_in_order(text):
    end = 0
    for run in runs_of(text):
        assert end <= run.start < run.end <= len(text)
        assert run.folded
        end = run.end


@given(TEXTS)
def test_no_word_holds_what_an_engine_could_take_for_a_sign(text):
    words, last = rows_to_keep(text)
    for word in [*words, *last, *(found.rstrip("*") for found in words_to_find(text))]:
        assert word
        assert not re.search(r"[\s:'\"()&|!*<>\\\0]", word)


@given(TEXTS, TEXTS)
def test_marking_changes_nothing_but_adds_marks(text, asked):
    question = read_question(asked)
    html = escape(text)
    for marked in (mark_found(html, question), mark_beginnings(text, question)):
        assert marked.replace("<mark>", "").replace("</mark>", "") == html
        assert unescape(re.sub("</?mark>", "", marked)) == unescape(html)
        assert "<" not in re.sub("</?mark>", "", marked)
        assert marked.count("<mark>") == marked.count("</mark>")


@given(TEXTS)
def test_the_form_says_what_was_typed(text):
    question = read_question(text)
    form = SearchForm.holding(question)
    filled = SearchForm({name: value for name, value in form.initial.items() if value})
    assert filled.is_valid() or len(text) > 400, filled.errors
    again = read_question(filled.question())
    key = lambda it: (it.kind, it.words or it.value, it.is_negated)  # noqa: E731
    assert sorted(map(key, again.conditions)) == sorted(map(key, question.conditions))
    assert (again.after, again.before) == (question.after, question.before)


@pytest.mark.django_db
@hypothesis_settings(max_examples=60)
@given(TEXTS)
def test_no_question_is_an_error_of_the_engine(text):
    asked = Asked(read_question(text))
    assert latest(asked, AnonymousUser(), Window(5)).ids == []
    assert top(asked, AnonymousUser()).ids == []
