"""Names of servers, in the one spelling that machines use."""

import re

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


def host_name(typed: str) -> str | None:
    """As servers are called, however it was typed: bücher.example is xn--bcher-kva.example.

    None for what is no name of a server.
    """
    try:
        host = typed.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return None
    return host if _HOST.fullmatch(host) else None
