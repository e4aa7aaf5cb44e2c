"""What holds for every text, whoever made it up."""

import string
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from tweets.text import address, clean, find_entities, parse, plain_excerpt, render, weigh

# Pieces that together make entities, nearly make them, or spoil them.
PIECES = st.one_of(
    st.sampled_from(
        [
            *"@#＠＃./:?()&<>\"'_-!, \n\r\t1",
            "\n\n",
            "http://",
            "HTTPS://",
            "example.com",
            "t.co/",
            "www.",
            "rt",
        ]
    ),
    st.sampled_from(
        [
            "alice",
            "@other.example",
            "xn--",
            "みんな",
            "é",
            "e\u0301",
            "日本",
            "עברית",
            "</p>",
            "\x00",
            "\ud800",
        ]
    ),
    st.sampled_from(
        ["\u200d", "\ufe0f", "\u20e3", "\u202e", "\u2067", "\U0001f468", "\U0001f3fd", "\U0001f1e9"]
    ),
    st.text(max_size=4),
    st.text(alphabet=string.printable, max_size=8),
)
ANY_TEXT = st.one_of(
    st.lists(PIECES, max_size=30).map("".join),
    st.text(alphabet=st.characters(), max_size=80),
)

ALLOWED = {
    "p": [{"dir"}, {"class", "dir"}],
    "br": [set()],
    "a": [{"class", "href"}, {"href", "rel", "title"}],
}


@given(ANY_TEXT)
def test_entities_are_in_range_in_order_and_apart(text):
    end = 0
    for entity in find_entities(text):
        assert end <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end].lower().endswith(entity.value.lower())
        assert "\n" not in text[entity.start : entity.end]
        end = entity.end


@given(ANY_TEXT, st.integers(0, 300))
def test_parsing_never_fails_and_agrees_with_itself(text, limit):
    parsed = parse(text, limit=limit, home="our.example")
    composed = unicodedata.normalize("NFC", text)
    assert parsed.weight == weigh(text)
    assert (parsed.fits_until == len(composed)) is (parsed.weight <= limit)
    assert parsed.weight <= limit or not parsed.valid


@given(ANY_TEXT)
def test_weight_is_the_same_in_every_normal_form(text):
    assert (
        weigh(text) == weigh(unicodedata.normalize("NFC", text)) == weigh(unicodedata.normalize("NFD", text))
    )


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert "\n\n\n" not in once
    assert once == unicodedata.normalize("NFC", once)
    once.encode("utf-8")
    assert parse(once, limit=10_000).valid is bool(once)


@given(ANY_TEXT, st.integers(0, 60))
def test_an_excerpt_is_one_line_and_never_too_long(text, length):
    excerpt = plain_excerpt(text, length)
    assert len(excerpt) <= length
    assert "\n" not in excerpt


@given(ANY_TEXT)
def test_html_holds_nothing_but_what_we_put_there(text):
    for version in (clean(text), text):
        entities = find_entities(version)
        page = Page(render(version, entities))
        assert page.violations == []
        assert page.open_tags == []
        assert len(page.links) == len(entities)


@given(ANY_TEXT)
def test_html_shows_the_text(text):
    stored = clean(text)
    entities = find_entities(stored)
    page = Page(render(stored, entities))
    links = [entity for entity in entities if entity.kind == "url"]
    for entity in reversed(links):
        shown = page.links[entities.index(entity)]
        full = address(entity.value).partition("://")[2]
        assert full.startswith(shown.removesuffix("…").rstrip("/"))
        stored = stored[: entity.start] + shown + stored[entity.end :]
    assert "".join(page.text.split()) == "".join(stored.split())
    if "tweet__tags" not in page.classes:
        assert page.text == stored


class Page(HTMLParser):
    """Reads finished HTML back as a browser would."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.links, self.open_tags, self.violations, self.classes = "", [], [], [], set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.classes |= {attributes.get("class")}
        if set(attributes) not in ALLOWED.get(tag, []) or len(attributes) != len(attrs):
            self.violations.append((tag, attrs))
        if tag == "a":
            self._check_target(attributes)
            self.links.append("")
        if tag == "p" and self.text:
            self.text += "\n\n"
        if tag == "br":
            self.text += "\n"
        else:
            self.open_tags.append(tag)

    def handle_endtag(self, tag):
        if not self.open_tags or self.open_tags.pop() != tag:
            self.violations.append(("end", tag))

    def handle_data(self, data):
        self.text += data
        if "a" in self.open_tags:
            self.links[-1] += data

    def handle_comment(self, data):
        self.violations.append(("comment", data))

    handle_decl = handle_pi = unknown_decl = handle_comment

    def _check_target(self, attributes):
        href, kind = attributes["href"], attributes.get("class")
        beginnings = {"mention": ("/@",), "hashtag": ("/tags/",), None: ("http://", "https://")}
        if not href.lower().startswith(beginnings[kind]) or any(mark in href for mark in '"<> \n'):
            self.violations.append(("href", href))
        if kind is None and not (urlsplit(href).hostname and "@" not in urlsplit(href).netloc):
            self.violations.append(("host", href))
