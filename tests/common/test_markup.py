"""Elements of foreign pages, however they are written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.markup import Element, elements


def found(page: str) -> list[Element]:
    return list(elements(page, "title", "meta"))


def test_elements_come_in_order_with_their_attributes_and_text():
    page = """<!doctype html><HEAD><Title lang=en>One &amp; two</TITLE ><META Name="a" content='b "c"'>
        <meta name=d content=e/><meta\n  property="f"\n  content="1 &lt; 2"/></head>"""

    assert found(page) == [
        Element("title", {"lang": "en"}, "One &amp; two"),
        Element("meta", {"name": "a", "content": 'b "c"'}),
        Element("meta", {"name": "d", "content": "e/"}),
        Element("meta", {"property": "f", "content": "1 < 2"}),
    ]


def test_first_of_two_attributes_counts():
    assert found("<meta name=a name=b content>") == [Element("meta", {"name": "a", "content": ""})]


@pytest.mark.parametrize(
    "hiding",
    [
        "<!-- {} -->",
        "<script>{}</script>",
        "<style>{}</style>",
        "<template>{}</template>",
        "<metal {}>",
        "<p title='{}'>",
    ],
)
def test_what_a_browser_does_not_see_is_not_found(hiding):
    assert found(hiding.format("<meta name=a>") + "<meta name=b>") == [Element("meta", {"name": "b"})]


@pytest.mark.parametrize(
    "broken", ["<title>never closed", "<meta name=a", "<meta name='a>", "<!--", "<script>x"]
)
def test_what_never_ends_is_passed_over(broken):
    assert found(broken) == []


def test_endless_tag_hides_what_stands_in_it_alone():
    assert found("<meta x='" + "a" * 5000 + "'><meta name=b>") == [Element("meta", {"name": "b"})]


@given(st.text(st.sampled_from("<>!-/= '\"\\ametatitlescr\0\n&;#x")))
def test_no_page_raises(page):
    found(page)
    found(f"<title>{page}</title><meta {page}>")


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<meta ", "<meta '", '<meta a="', "<title>", "<title></", "<meta a>"]
)
def test_a_megabyte_takes_no_time(piece):
    page = piece * (1024 * 1024 // len(piece))
    began = time.process_time()

    found(page)
    assert time.process_time() - began < 5
