"""The words by which a person is found while their name is typed."""

import unicodedata

from accounts.models.name_word import NAME_WORD_LENGTH

_MOST_WORDS = 8  # of a shown name


def folded(text: str) -> str:
    """As it is looked up: without case, accents and NUL, cut where the words are cut."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("\0", ""))
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", plain)[:NAME_WORD_LENGTH]


def words_of(username: str, display_name: str) -> set[str]:
    """The user name as a whole, and each word of the shown name."""
    words = {folded(word.strip(".,;:!?()[]\"'“”‘’")) for word in display_name.split()[:_MOST_WORDS]}
    return {folded(username), *words} - {""}
