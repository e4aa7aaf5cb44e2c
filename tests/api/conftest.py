"""Apps that act for the cast."""

from collections.abc import Callable

import pytest

from accounts.models import User
from tests.api.calling import Caller, caller_for


@pytest.fixture
def app_of() -> Callable[..., Caller]:
    """An app that acts for that person, with all scopes unless said otherwise."""
    return caller_for


@pytest.fixture
def alices(alice: User) -> Caller:
    return caller_for(alice)


@pytest.fixture
def bobs(bob: User) -> Caller:
    return caller_for(bob)


@pytest.fixture
def nobodys() -> Caller:
    """No token at all."""
    return Caller()
