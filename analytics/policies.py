"""Whose reading counts."""

import re
from collections.abc import Mapping
from functools import lru_cache

_MACHINES = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|preview|fetch|scan|monitor|uptime|archive|embed|facebookexternal|whatsapp"
    r"|feed|rss|curl|wget|python|ruby|perl|php|java/|okhttp|go-http|httpclient|axios|undici|node|headless",
    re.IGNORECASE,
)


def counts_as_reader(meta: Mapping[str, object], *, is_person: bool) -> bool:
    """Whether a request, by its headers as WSGI names them, counts as somebody who reads.

    Not of those who ask not to be counted (Sec-GPC, DNT), not a page that is loaded before anybody wants it,
    and not of visitors that are machines. What says no name at all is a machine.
    """
    if meta.get("HTTP_SEC_GPC") == "1" or meta.get("HTTP_DNT") == "1":
        return False
    if "prefetch" in str(meta.get("HTTP_SEC_PURPOSE") or meta.get("HTTP_PURPOSE") or ""):
        return False
    return is_person or not is_machine(str(meta.get("HTTP_USER_AGENT", "")))


@lru_cache(maxsize=500)
def is_machine(agent: str) -> bool:
    """By what it calls itself."""
    return not agent or _MACHINES.search(agent) is not None
