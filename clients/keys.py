"""Keys that programs hold: made by chance, shown once, kept as a checksum only."""

import hashlib
import secrets


def new_key() -> str:
    """256 bits, so that guessing is hopeless and a plain checksum keeps it as safe as a slow hash would."""
    return secrets.token_urlsafe(32)


def checksum_of(key: str) -> str:
    """What the database knows of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
