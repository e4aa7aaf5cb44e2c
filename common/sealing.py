"""Secrets that have to be read again, as the key of an app for codes: kept so that rows betray nothing.

Sealed with a key made of SECRET_KEY. One that was replaced opens what it sealed as long as it stands in
SECRET_KEY_FALLBACKS.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """What was kept was sealed with a key that we no longer have."""


def seal(text: str) -> str:
    """The text as it may be kept."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises Unreadable."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key)) for key in keys])


def _key_of(secret: str) -> bytes:
    """Fernet wants 32 bytes; of their own, so that what is signed with SECRET_KEY tells nothing of them."""
    return urlsafe_b64encode(sha256(b"sealing:" + secret.encode()).digest())
