"""A moderator and an admin beside the owner of the cast, and time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from tests.factories import make_user


@pytest.fixture
def moderator(db) -> User:
    return make_user("mona", role="moderator")


@pytest.fixture
def admin(db) -> User:
    return make_user("ada", role="admin")


@pytest.fixture
def travel_on():
    """Some time passes."""
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield lambda **time: traveller.shift(timedelta(**time))
