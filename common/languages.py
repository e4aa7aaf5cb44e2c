"""The languages people write in: their codes, and the names their speakers call them by."""

from functools import cache

from django.conf.locale import LANG_INFO


@cache
def language_names() -> dict[str, str]:
    """Names by BCP 47 code, in the order of the names: those that Django knows."""
    names = {code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def known_language(code: str) -> str | None:
    """The code as we write it; of a regional form unknown to us the language (fr-CA: fr). None if unknown."""
    code = code.strip().lower().replace("_", "-")
    while code:
        if code in language_names():
            return code
        code = code.rpartition("-")[0]
    return None
