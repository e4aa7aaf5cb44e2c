"""What one emoji is."""

import pytest

from common.emoji import is_emoji


@pytest.mark.parametrize("one", ["👍", "👍🏽", "❤️", "❤", "🇪🇺", "1️⃣", "👩🏽‍🚀", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏳️‍🌈", "©️"])
def test_one_emoji(one):
    assert is_emoji(one)


@pytest.mark.parametrize("other", ["", " ", "a", "1", "©", "👍👍", "👍 ", "🇪", ":+1:", "👨‍👩‍👧‍👦‍👦", "x👍"])
def test_what_is_none(other):
    assert not is_emoji(other)
