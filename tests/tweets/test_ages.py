"""Moments in the words of cards."""

import pytest

from tweets.ages import time_left


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, ""),
        (0, ""),
        (0.1, "1 minute left"),
        (300, "5 minutes left"),
        (3599.5, "1 hour left"),
        (5400, "2 hours left"),
        (86399.9, "1 day left"),
        (25 * 3600, "1 day left"),
        (7 * 86400, "7 days left"),
    ],
)
def test_how_long_it_goes_on(seconds, words):
    assert time_left(seconds) == words
