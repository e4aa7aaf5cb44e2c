"""The languages people write in: their codes, and the names their speakers call them by."""

from collections.abc import Iterable
from functools import cache, lru_cache

from django.conf.locale import LANG_INFO

from common.words import fold

_SCRIPT_LENGTH = 4  # hans and latn are scripts and stay; gb and br are regions and do not
_MEANT: dict[str, list[str]] = {
    "zh": ["zh-hans"],
    **{code: info["fallback"] for code, info in LANG_INFO.items() if "fallback" in info},
}


@cache
def language_names() -> dict[str, str]:
    """Names by BCP 47 code, in the order of the names: those that Django knows, whatever the region."""
    names = {code: _capital(LANG_INFO[code]["name_local"]) for code in LANG_INFO if _is_language(code)}
    return dict(sorted(names.items(), key=lambda item: fold(item[1])))


def names_of(codes: Iterable[str]) -> list[str]:
    """The names of codes as we write them, in their order."""
    return [language_names()[code] for code in codes]


@lru_cache(maxsize=1000)
def known_language(code: str) -> str | None:
    """The code as we write it without region (fr-CA: fr, zh-TW: zh-hant). None if unknown."""
    code = code.strip().lower().replace("_", "-")
    while code:
        candidates: list[str] = [code, *_MEANT.get(code, [])]
        for meant in candidates:
            if meant in language_names():
                return meant
        code = code.rpartition("-")[0]
    return None


def english_name(code: str) -> str:
    """Of a code as we write it."""
    return str(LANG_INFO[code]["name"])


def _is_language(code: str) -> bool:
    _, _, rest = code.partition("-")
    return "name_local" in LANG_INFO[code] and len(rest) in (0, _SCRIPT_LENGTH)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
