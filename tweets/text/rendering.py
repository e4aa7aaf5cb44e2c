"""Text and entities into the finished HTML that is stored with a tweet."""

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from django.utils.safestring import SafeString

from tweets.text.entities import Entity, tag_key
from tweets.text.links import address, split_link

SHOWN_TAIL_LENGTH = 24  # characters of a link shown after its host
MOST_TAGS_INLINE = 3  # at the end of a text; more of them move into a line of their own

_PARAGRAPH_BREAK = re.compile(r"\n{2,}")
# Each paragraph finds its own direction, and keeps stray direction marks to itself.
_PARAGRAPH = '<p dir="auto">'
_TAGS_PARAGRAPH = '<p class="tweet__tags" dir="auto">'


def render(text: str, entities: Sequence[Entity]) -> SafeString:
    """Escaped HTML of `p`, `br` and `a` only. The entities must be those found in this text.

    Links go to http and https addresses alone, and promise nothing to search engines (nofollow, ugc).
    """
    tail = _tag_tail(text, entities)
    if not tail:
        return SafeString(_paragraphs(_inline(text, entities, 0, len(text))))
    body = _inline(text, entities[: -len(tail)], 0, tail[0].start)
    tags = _inline(text, tail, tail[0].start, len(text))
    return SafeString(f"{_paragraphs(body.rstrip())}{_TAGS_PARAGRAPH}{' '.join(tags.split())}</p>")


def _tag_tail(text: str, entities: Sequence[Entity]) -> Sequence[Entity]:
    """The hashtags that end the text, if they are too many to read past and not all there is."""
    start, count = len(text), 0
    for entity in reversed(entities):
        if entity.kind != "hashtag" or text[entity.end : start].strip():
            break
        start, count = entity.start, count + 1
    return entities[-count:] if count > MOST_TAGS_INLINE and text[:start].strip() else ()


def _paragraphs(html: str) -> str:
    if not html:
        return ""
    inner = _PARAGRAPH_BREAK.sub(f"</p>{_PARAGRAPH}", html).replace("\n", "<br>")
    return f"{_PARAGRAPH}{inner}</p>"


def _inline(text: str, entities: Sequence[Entity], start: int, end: int) -> str:
    """Text and links from `start` to `end`, line breaks still as they are."""
    parts = []
    for entity in entities:
        parts.append(escape(text[start : entity.start]))
        parts.append(_ANCHORS[entity.kind](text[entity.start : entity.end], entity.value))
        start = entity.end
    parts.append(escape(text[start:end]))
    return "".join(parts)


def _mention_anchor(typed: str, name: str) -> str:
    return f'<a class="mention" href="/@{escape(name)}">{escape(typed)}</a>'


def _hashtag_anchor(typed: str, tag: str) -> str:
    return f'<a class="hashtag" href="/tags/{quote(tag_key(tag), safe="")}">{escape(typed)}</a>'


def _url_anchor(typed: str, link: str) -> str:
    full = escape(address(link))
    return f'<a href="{full}" rel="nofollow noopener ugc" title="{full}">{escape(_shown(typed))}</a>'


def _shown(link: str) -> str:
    host, tail = split_link(link)
    if tail == "/":
        return host
    return host + (tail if len(tail) <= SHOWN_TAIL_LENGTH else f"{tail[:SHOWN_TAIL_LENGTH]}…")


_ANCHORS = {"mention": _mention_anchor, "hashtag": _hashtag_anchor, "url": _url_anchor}
