"""Markdown as people write it in terms and announcements, turned into HTML that can hold nothing else.

Paragraphs, headings, lists, quotations, rules, emphasis, code and links. Everything is escaped first, so what
this does not know stands there as it was typed; links lead to http, https, mail and pages of this site only.
"""

import re
from collections.abc import Iterator
from html import escape

_HEADING = re.compile(r"(#{1,4})\s+(.+?)\s*#*$")
_BULLET = re.compile(r"[-*+]\s+(.*)$")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(.*)$")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})$")
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^\s()]+)\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])")
_SAFE = re.compile(r"(?:https?://|mailto:|/(?![/\\]))")
_LOWEST_HEADING = 2  # the page has the first


def to_html(text: str) -> str:
    """Finished and safe, whatever the text says."""
    return "\n".join(_blocks(text.replace("\r\n", "\n").replace("\0", "").split("\n")))


def _blocks(lines: list[str]) -> Iterator[str]:
    """One piece of HTML for each block; what belongs together is read until something else begins."""
    place = 0
    while place < len(lines):
        line = lines[place].strip()
        if not line:
            place += 1
        elif _RULE.match(line):
            place += 1
            yield "<hr>"
        elif found := _HEADING.match(line):
            place += 1
            level = len(found[1]) + _LOWEST_HEADING - 1
            yield f"<h{level}>{_inline(found[2])}</h{level}>"
        elif kind := _kind(line):
            taken = _while(lines, place, kind)
            place += len(taken)
            yield _group(kind, taken)
        else:
            taken = _paragraph(lines, place)
            place += len(taken)
            yield f"<p>{'<br>'.join(map(_inline, taken))}</p>"


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "ul"
    if _NUMBER.match(line):
        return "ol"
    return "blockquote" if line.startswith(">") else ""


def _while(lines: list[str], place: int, kind: str) -> list[str]:
    taken = []
    while (
        place < len(lines) and _kind(lines[place].strip()) == kind and not _RULE.match(lines[place].strip())
    ):
        taken.append(lines[place].strip())
        place += 1
    return taken


def _group(kind: str, taken: list[str]) -> str:
    if kind == "blockquote":
        return f"<blockquote><p>{'<br>'.join(_inline(line.lstrip('> ')) for line in taken)}</p></blockquote>"
    mark = _BULLET if kind == "ul" else _NUMBER
    items = (found[1] for line in taken if (found := mark.match(line)))
    return f"<{kind}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{kind}>"


def _paragraph(lines: list[str], place: int) -> list[str]:
    taken: list[str] = []
    while place < len(lines) and (line := lines[place].strip()):
        if taken and (_HEADING.match(line) or _kind(line) or _RULE.match(line)):
            break
        taken.append(line)
        place += 1
    return taken


def _inline(text: str) -> str:
    """Code first: what stands in it means nothing."""
    parts = _CODE.split(text)
    return "".join(
        f"<code>{escape(part)}</code>" if number % 2 else _emphasised(part)
        for number, part in enumerate(parts)
    )


def _emphasised(text: str) -> str:
    """Links are put in last, so that no mark in an address is taken for emphasis."""
    links = []

    def keep(found: re.Match[str]) -> str:
        if not _SAFE.match(found[2]):
            return found[0]
        links.append((found[1], found[2]))
        return f"\0{len(links) - 1}\0"

    marked = escape(_LINK.sub(keep, text))
    marked = _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", marked))
    return re.sub(r"\0(\d+)\0", lambda found: _link(*links[int(found[1])]), marked)


def _link(words: str, address: str) -> str:
    relation = "" if address.startswith("/") else ' rel="nofollow noopener"'
    return f'<a href="{escape(address)}"{relation}>{escape(words)}</a>'
