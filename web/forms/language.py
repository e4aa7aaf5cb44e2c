"""The language of a tweet, as the composer asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from accounts.models import User
from common.languages import known_language, language_names
from web.forms.audience import Choice


@dataclass(slots=True)
class LanguageChoice:
    """`chosen` is a code, "" for none; anything else stays as it is: the action refuses it.

    `usual` is what the author writes in, `near` what they read: a small form offers these alone.
    """

    chosen: str = ""
    usual: str = ""
    near: tuple[str, ...] = ()

    @classmethod
    def usual_of(cls, author: User) -> Self:
        return cls(author.posts_language, author.posts_language, author.languages_read)

    @property
    def few(self) -> list[Choice]:
        return self._choices((self.usual, self.chosen, *self.near))

    @property
    def all(self) -> list[Choice]:
        """The usual one first."""
        return self._choices((self.usual, *language_names()))

    @property
    def short(self) -> str:
        """On the button: DE."""
        return self.chosen.partition("-")[0].upper() if self.chosen in language_names() else ""

    @property
    def chip(self) -> str:
        """What differs from the usual, in words."""
        return next((choice.chip for choice in self.few if choice.is_chosen), "")

    def _choices(self, codes: Iterable[str]) -> list[Choice]:
        names = language_names()
        return [
            Choice(code, names[code], "" if code == self.usual else f"In {names[code]}", code == self.chosen)
            for code in dict.fromkeys(codes)
            if code in names
        ]


def language_of_browser(request: HttpRequest) -> str:
    """The first of the browser's languages that we know, "" without any."""
    wished = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return next((known for tag, _ in wished if (known := known_language(tag))), "")
