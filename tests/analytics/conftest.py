"""A day in the past on which statistics are looked at, and a tweet of alice's."""

import pytest
import time_machine

from tests.analytics.readers import NOON
from tests.factories import make_tweet
from tweets.models import Tweet


@pytest.fixture
def travel():
    """It is noon, on a Tuesday, and stays so until somebody moves on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hello(alice) -> Tweet:
    return make_tweet(alice, "hello")
