"""Attempts to sign in with a password, counted for pages and apps together."""

from common import rates

TOO_MANY = "Too many attempts to log in from here. Wait a few minutes, or ask for a new password."


def count_attempt(address: str, login: str) -> None:
    """Before a password is looked at: as long as it is not known to be right it counts as wrong, so that
    guessing many times at the same moment brings nothing.

    Raises TooMany, and NotNow while nobody can count. Whoever guesses locks out nobody but themselves: a
    name is counted together with the address it is tried from.
    """
    if rates.applies_to(address):
        key = rates.address_key(address)
        rates.check("login_failed", key, TOO_MANY)
        rates.check("login_failed_name", _both(key, login), TOO_MANY)


def attempt_was_right(address: str, login: str) -> None:
    """It does not count. Others of the same address do: a right one in between opens nothing."""
    if rates.applies_to(address):
        key = rates.address_key(address)
        rates.give_back("login_failed", key)
        rates.give_back("login_failed_name", _both(key, login))


def forget_attempts(address: str, login: str) -> None:
    """Whoever chose a new password by mail may try it at once."""
    rates.forget("login_failed_name", _both(rates.address_key(address), login))


def _both(key: str, login: str) -> str:
    return f"{key}:{login.strip().removeprefix('@').lower()}"
