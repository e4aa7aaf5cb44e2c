"""Where a link in a text begins and ends, by the rules of the public twitter-text library."""

import re
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address

import regex

from tweets.text.tlds import IDN_TLDS, LONGEST_IDN_TLD, TLDS

MAX_LINK_LENGTH = 4096  # characters; longer ones stay text, as in twitter-text
MAX_HOST_LENGTH = 253  # RFC 1035
MAX_LABEL_LENGTH = 63  # of one part of a host, in its encoded form, RFC 1035

LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
BARE_LABEL = rf"[A-Za-z0-9{LATIN}_\-]"  # in a host written without http://
ANY_LABEL = r"[\p{L}\p{M}\p{N}\p{So}_\-]"

_HOST = regex.compile(rf"{ANY_LABEL}++(?:\.{ANY_LABEL}++)*+")
# Text in another script may stand directly before and after: only the ending may be in it.
_BARE_HOST = regex.compile(rf"{BARE_LABEL}++(?:\.{BARE_LABEL}++)*+(?:\.(?!{BARE_LABEL}){ANY_LABEL}++)?+")
_IPV6 = re.compile(r"\[([0-9A-Fa-f:.]{2,45})\]")
_ASCII_TLD = re.compile(r"(?:xn--[a-z0-9-]{1,59}|[a-z]{2,63})(?![a-z0-9_-])", re.ASCII | re.IGNORECASE)
_PORT = re.compile(r":[0-9]{1,5}(?![0-9])")
_TAIL_CHARACTER = rf"A-Za-z0-9{LATIN}\u0400-\u04ff!?*';:=+,.$/%#\[\]\-\u2013_~@|&"
_TAIL_PART = re.compile(rf"[{_TAIL_CHARACTER}]*")
_TAIL_CLOSING = re.compile(rf"[A-Za-z0-9{LATIN}\u0400-\u04ff+\-=_#/&)]")
_BRACKET_OR_BREAK = re.compile(rf"[()]|[^{_TAIL_CHARACTER}()]+")
# The shortener's paths are known to be letters and digits, so that "t.co/abc's" ends before the apostrophe.
_SHORT_TAIL = re.compile(r"/[A-Za-z0-9]+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def address(link: str) -> str:
    """The full address of a link as typed: without a scheme it is taken for https."""
    return link if _SCHEME.match(link) else f"https://{link}"


def split_link(link: str) -> tuple[str, str]:
    """Host with port, and what follows it, of a link as typed."""
    scheme = _SCHEME.match(link)
    shown = link[scheme.end() :] if scheme else link
    host_length = min((at for at in (shown.find("/"), shown.find("?")) if at >= 0), default=len(shown))
    return shown[:host_length], shown[host_length:]


def read_link(text: str, start: int, host_start: int, brackets: Mapping[int, int]) -> tuple[int, bool]:
    """Read the link that begins at `start`: (its end, True), or (where to go on looking, False).

    `host_start` is `start` for a link without a scheme; then the ending must be a known one.
    `brackets` comes from `closing_brackets` of the same text.
    """
    is_bare = host_start == start
    host_end, run_end = _read_host(text, host_start, is_bare)
    if host_end is None:
        return run_end, False
    port = _PORT.match(text, host_end)
    after_host = port.end() if port else host_end
    end = _read_tail(text, after_host, text[host_start:host_end], brackets)
    if is_bare and end == host_end and _is_two_sentences(text[host_start:host_end]):
        return end, False
    return end, end - start <= MAX_LINK_LENGTH


def closing_brackets(text: str) -> dict[int, int]:
    """Where each bracket that is closed within one run of link characters is closed.

    Worked out once for a text, so that many links full of open brackets do not each search to the end.
    """
    closed_at: dict[int, int] = {}
    open_at: list[int] = []
    for found in _BRACKET_OR_BREAK.finditer(text):
        if found[0] == "(":
            open_at.append(found.start())
        elif found[0] == ")":
            if open_at:
                closed_at[open_at.pop()] = found.start()
        else:
            open_at.clear()
    return closed_at


def is_label(label: str, *, with_underscore: bool) -> bool:
    """Whether this may stand between two dots of a host name."""
    if not label or label[0] in "-_" or label[-1] in "-_" or len(label) > MAX_LABEL_LENGTH:
        return False
    if "_" in label and not with_underscore:
        return False
    if label.isascii():
        return True
    return not label.lower().startswith("xn--") and len(label.encode("punycode")) + 4 <= MAX_LABEL_LENGTH


def _read_host(text: str, start: int, is_bare: bool) -> tuple[int | None, int]:
    """Where the host ends, or None; and where the run of host characters ends."""
    if not is_bare and (bracketed := _IPV6.match(text, start)):
        return (bracketed.end() if _is_ip(bracketed[1]) else None), bracketed.end()
    run = (_BARE_HOST if is_bare else _HOST).match(text, start)
    if run is None:
        return None, start
    run_end: int = run.end()
    if text[run_end : run_end + 1] in {"@", "＠", "+"}:  # a mail address, or a name and password
        return None, run_end
    if not is_bare and _is_ip(run[0]):
        return run_end, run_end
    length = _host_length(run[0], is_bare)
    return (start + length if length else None), run_end


def _host_length(run: str, is_bare: bool) -> int:
    """How much of this run of labels and dots is a host; 0 if it is none.

    The last known ending counts, so "example.com.Then" holds example.com. After a scheme an
    unknown ending is fine too, if it is the last: new ones are sold every year.
    """
    labels = run.split(".")
    end = len(run)
    for index in range(len(labels) - 1, 0, -1):
        label = labels[index]
        is_last = index == len(labels) - 1
        tld_length = _tld_length(label, known_only=is_bare or not is_last)
        if tld_length:
            host_end = end - len(label) + tld_length
            return host_end if host_end <= MAX_HOST_LENGTH and _are_labels(labels[:index]) else 0
        end -= len(label) + 1
    return 0


def _tld_length(label: str, *, known_only: bool) -> int:
    """How many characters of this label are a top-level domain; 0 if none.

    Text may follow without a space where the script has none: "example.comです", "example.みんなです".
    """
    ascii_part = _ASCII_TLD.match(label)
    if ascii_part:
        name = ascii_part[0].lower()
        if name in TLDS or not known_only or _decoded(name) in IDN_TLDS:
            return ascii_part.end()
    lowered = label[:LONGEST_IDN_TLD].lower()
    return next((size for size in range(len(lowered), 1, -1) if lowered[:size] in IDN_TLDS), 0)


def _decoded(tld: str) -> str:
    if not tld.startswith("xn--"):
        return tld
    try:
        return tld[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return tld


def _are_labels(labels: list[str]) -> bool:
    """The name itself, before the ending, has no underscore; names in front of it may."""
    *subdomains, name = labels
    return is_label(name, with_underscore=False) and all(
        is_label(label, with_underscore=True) for label in subdomains
    )


def _is_ip(host: str) -> bool:
    try:
        IPv6Address(host) if ":" in host else IPv4Address(host)
    except ValueError:
        return False
    return True


def _is_two_sentences(host: str) -> bool:
    """A space is missing in "so good.It was"; it is no link to good.It."""
    return host.rpartition(".")[2].istitle()


def _read_tail(text: str, start: int, host: str, brackets: Mapping[int, int]) -> int:
    """Where path and query end: before an open or stray bracket, and before closing punctuation."""
    if host.lower() == "t.co":
        short = _SHORT_TAIL.match(text, start)
        return short.end() if short else start
    if text[start : start + 1] not in {"/", "?"}:
        return start
    end = start
    while part := _TAIL_PART.match(text, end):
        end = part.end()
        if text[end : end + 1] != "(" or end not in brackets:
            break
        end = brackets[end] + 1
    while end > start and not _TAIL_CLOSING.match(text, end - 1):
        end -= 1
    return end
