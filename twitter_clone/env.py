"""Four helpers that read the environment and fail loudly on a wrong value."""

import os

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable as text, without surrounding spaces."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no. Raises ImproperlyConfigured on anything else."""
    value = text(name, "yes" if default else "no").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")


def number(name: str, default: int, *, at_least: int = 0) -> int:
    """The variable as a whole number. Raises ImproperlyConfigured when it is none, or too small."""
    value = text(name)
    if not value:
        return default
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is “{value}”; write a whole number.") from None
    if found < at_least:
        raise ImproperlyConfigured(f"{name} is {found}; it must be at least {at_least}.")
    return found


def choice(name: str, words: tuple[str, ...]) -> str:
    """One of the words; the first without the variable. Raises ImproperlyConfigured on anything else."""
    value = text(name, words[0]).lower() or words[0]
    if value not in words:
        raise ImproperlyConfigured(f"{name} is “{value}”; write {' or '.join(words)}.")
    return value
