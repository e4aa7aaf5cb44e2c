"""A moderator beside the owner of the cast."""

import pytest

from accounts.models import User
from tests.factories import make_user


@pytest.fixture
def moderator(db) -> User:
    return make_user("mona", role="moderator")


@pytest.fixture
def admin(db) -> User:
    return make_user("ada", role="admin")
