"""Where a person may be sent back to with a code: which addresses an app may name when it registers."""

import re
from urllib.parse import SplitResult, urlsplit

from common.errors import Invalid

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"  # nowhere: the person copies the code from a page of ours
MOST_ADDRESSES, MAX_LENGTH = 50, 2000  # of one app; characters of each

# Schemes that a browser acts on itself instead of handing them to an app.
_OF_BROWSERS = {
    *("about", "blob", "chrome", "data", "feed", "file", "filesystem", "ftp", "intent", "jar", "javascript"),
    *("mailto", "moz-extension", "resource", "sms", "tel", "urn", "vbscript", "view-source", "ws", "wss"),
}
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*")
_ODD = re.compile(r"[\s\x00-\x1f\x7f\"'<>\\^`{|}]")


def check_addresses(addresses: list[str]) -> list[str]:
    """The addresses, each once. Raises Invalid when there is none, or one we would not send anybody to."""
    wanted = list(dict.fromkeys(filter(None, map(str.strip, addresses))))
    if not wanted or len(wanted) > MOST_ADDRESSES:
        raise Invalid(f"Name 1 to {MOST_ADDRESSES} redirect URIs.", "redirect_uris")
    for address in wanted:
        if address != OUT_OF_BAND and not _is_good(address):
            raise Invalid("A redirect URI must be an absolute address without a fragment.", "redirect_uris")
    return wanted


def form_target(address: str) -> str:
    """What the content policy of the consent page calls the address: an origin, or a scheme."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} else f"{parts.scheme}:"


def _is_good(address: str) -> bool:
    if len(address) > MAX_LENGTH or not address.isascii() or _ODD.search(address):
        return False
    try:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"}:
            return _is_web(parts)
    except ValueError:  # a bracket that is not closed, a port that is no number
        return False
    is_scheme = _SCHEME.fullmatch(parts.scheme) is not None and parts.scheme not in _OF_BROWSERS
    return is_scheme and len(address) > len(parts.scheme) + 1 and "#" not in address


def _is_web(parts: SplitResult) -> bool:
    has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    return has_host and "@" not in parts.netloc and ";" not in parts.netloc and "#" not in parts.geturl()
