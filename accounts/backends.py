"""Sign in by name or by e-mail address: people of this server only."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accounts.models import User
from accounts.queries import claimant_of, owner_of
from common.prepared import Prepared
from common.replicas.routing import primary

_FOR_REQUEST = Prepared(lambda user_id: User.objects.for_request().filter(pk=user_id))  # by each request


class LocalPeople(ModelBackend):
    """Answers in the same time whether or not there is such an account."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **others: Any,
    ) -> User | None:
        login = (email or username or "").strip().removeprefix("@")
        if not login or not password:
            return None
        # Every candidate costs one hash, also the missing one, and none is left out after a hit.
        right = [person for person in _candidates(login) if _has_password(person, password)]
        person = right[0] if right else None
        if person and not self.user_can_authenticate(person):
            if request is not None:
                request.suspended = True  # type: ignore[attr-defined]  # the form may say so: they know the password
            return None
        return person

    def user_can_authenticate(self, user: User | None) -> bool:  # type: ignore[override]
        """Who is leaving may come back; logging in is how (web/adapter)."""
        return user is not None and (user.is_active or user.is_leaving)

    def get_user(self, user_id: int) -> User | None:
        """The person behind a session, by one query; nobody once they are suspended."""
        with primary():
            found = _FOR_REQUEST.instances(User, user_id=user_id)
        return next((person for person in found if person.is_local and person.is_active), None)


def _candidates(login: str) -> list[User | None]:
    if "@" in login:
        return [owner_of(login), claimant_of(login)]
    return [User.objects.named(login).local().first()]


def _has_password(person: User | None, password: str) -> bool:
    if person is None:
        make_password(password)
        return False
    return person.check_password(password)
