"""Attempts to sign in, counted for pages and apps together.

Whoever guesses locks out nobody but themselves: a name is counted together with the address it is tried
from, and all addresses together only so far that a crowd of them is slowed. A device on which the person
has signed in before (web/devices) is counted apart from all of them: whatever strangers try, it has tries of
its own.
"""

from collections.abc import Iterator

from accounts.queries import claimant_of, owner_of
from common import rates

TOO_MANY = "Too many attempts to log in from here. Wait a few minutes, or ask for a new password."
TOO_MANY_ANYWHERE = (
    "Many wrong passwords were tried for this account, from many places. Log in on a device where you have"
    " been logged in before, with a passkey, or after asking for a new password."
)
TOO_MANY_CODES = "Too many wrong codes. Wait a few minutes, or use a passkey."


def count_attempt(address: str, login: str, device: str = "") -> None:
    """Before a password is looked at: as long as it is not known to be right it counts as wrong, so that
    guessing many times at the same moment brings nothing. `device` names one that the person is known on.

    Raises TooMany, and NotNow while nobody can count.
    """
    if rates.applies_to(address):
        rates.check_each(
            (rate, key, TOO_MANY_ANYWHERE if rate == "login_failed_anywhere" else TOO_MANY)
            for rate, key in _counted(address, login, device)
        )


def attempt_was_right(address: str, login: str, device: str = "") -> None:
    """It does not count. Others of the same address do: a right one in between opens nothing."""
    if rates.applies_to(address):
        for rate, key in _counted(address, login, device):
            rates.give_back(rate, key)


def forget_attempts(address: str, login: str) -> None:
    """Whoever chose a new password by mail may try it at once."""
    rates.forget("login_failed_name", _both(rates.address_key(address), login))


def count_code(address: str, user_id: int, device: str = "") -> None:
    """Before a code of the second step is looked at, right or wrong: codes are short, and whoever may try
    them knows the password. Raises TooMany, and NotNow while nobody can count.
    """
    if not rates.applies_to(address):
        return
    if device:
        rates.check("code", f"{device}:{user_id}", TOO_MANY_CODES)
        return
    here = f"{rates.address_key(address)}:{user_id}"
    rates.check_each([("code", here, TOO_MANY_CODES), ("code_anywhere", str(user_id), TOO_MANY_CODES)])


def _counted(address: str, login: str, device: str) -> Iterator[tuple[str, str]]:
    """What an attempt counts for; one that is refused counts for none of it."""
    if device:
        yield "login_failed_known", _both(device, login)
        return
    key = rates.address_key(address)
    yield "login_failed", key
    yield "login_failed_name", _both(key, login)
    yield "login_failed_anywhere", _name(login)


def _both(key: str, login: str) -> str:
    return f"{key}:{_name(login)}"


def _name(login: str) -> str:
    """One for each person: whoever tries a name and then its mail address has no second allowance."""
    name = login.strip().removeprefix("@").lower()
    person = (owner_of(name) or claimant_of(name)) if "@" in name else None
    return person.username.lower() if person else name
