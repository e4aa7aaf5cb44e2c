"""Who opens a socket: the person behind a session, looked up without changing anything of it."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.contrib.auth.models import AnonymousUser
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare

from accounts.models import User

_Store = import_module(settings.SESSION_ENGINE).SessionStore


def session_key_of(headers: list[tuple[bytes, bytes]]) -> str:
    """The session's key in the cookies of these headers, "" without one."""
    lines = [value.decode("latin-1") for name, value in headers if name == b"cookie"]
    return parse_cookie("; ".join(lines)).get(settings.SESSION_COOKIE_NAME, "")


def person_behind(session_key: str) -> User | None:
    """Whose session it is, while it lives. Keys of former years are good here, too; unlike a page this
    does not give the session a new one.
    """
    session = _Store(session_key) if session_key else {}
    person_id, backend = session.get(SESSION_KEY), session.get(BACKEND_SESSION_KEY)
    if person_id is None or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    person = load_backend(backend).get_user(int(person_id))
    signed = session.get(HASH_SESSION_KEY, "")
    if not isinstance(person, User):
        return None
    good = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    return person if any(constant_time_compare(signed, one) for one in good) else None


def viewer_behind(session_key: str) -> User | AnonymousUser:
    return person_behind(session_key) or AnonymousUser()
