"""The words of a profile are tidied, checked and made safe when they are written."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.texts import bio_to_html, tidy_line, tidy_text, tidy_website
from common.errors import Invalid


def test_a_line_has_no_breaks_and_no_hidden_characters():
    assert tidy_line("  Alice\n\t Ash\x00down\u202e ") == "Alice Ashdown"


def test_joined_emoji_and_other_scripts_stay_whole():
    assert tidy_line("👩‍👩‍👧 علي") == "👩‍👩‍👧 علي"


def test_a_text_keeps_single_empty_lines():
    assert tidy_text("one  \r\n\r\n\r\n\r\ntwo\r") == "one\n\ntwo"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  example.org ", "https://example.org"),
        ("http://example.org/a?b=c", "http://example.org/a?b=c"),
    ],
)
def test_a_website_gets_its_scheme(typed, kept):
    assert tidy_website(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "ftp://example.org",
        "nonsense",
        "https://a b.org",
        "https://me:secret@example.org",
        "data:text/html,x",
    ],
)
def test_only_web_addresses_are_websites(typed):
    with pytest.raises(Invalid) as refused:
        tidy_website(typed)
    assert refused.value.field == "website"


def test_a_bio_becomes_html_with_links_and_breaks():
    assert bio_to_html("Hi <b>\nhttps://example.org/a?b=1&c=2.") == (
        'Hi &lt;b&gt;<br><a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener ugc">'
        "example.org/a?b=1&amp;c=2</a>."
    )


def test_a_long_address_is_shown_cut_and_linked_whole():
    html = bio_to_html("https://example.org/" + "x" * 80)
    assert f'href="https://example.org/{"x" * 80}"' in html
    assert html.endswith("…</a>")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert set(dict(attrs)) <= {"href", "rel"}
        if tag == "a":
            self.links.append(dict(attrs)["href"])


@given(st.text(alphabet=st.sampled_from("<>\"'&;:/ahtps.x \n)(=")) | st.text())
def test_no_bio_smuggles_markup(bio):
    reader = _Reader()
    reader.feed(str(bio_to_html(bio)))
    reader.close()
    assert set(reader.tags) <= {"a", "br"}
    assert all(link.lower().startswith(("http://", "https://")) for link in reader.links)
