"""What is read from a page, honest or hostile."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attachments.link_pages import PageFacts, read_page, tidy
from common.charsets import decode

URL = "https://harbour.example/tides/today.html"


def read(head: str) -> PageFacts:
    return read_page(f"<!doctype html><html><head>{head}</head><body>Hello", URL)


def test_opengraph_is_read():
    facts = read(
        """<title>Plain title</title>
        <meta property="og:title" content="The tide table that fits in 9 kilobytes">
        <meta property="og:description" content="What a harbour office learned &amp; forgot.">
        <meta property="og:site_name" content="Harbour office">
        <meta property="og:image" content="/img/coast.png">
        <meta property="og:image:alt" content="Rocks in the evening">
        <meta name="author" content="Marta Kowal">
        <meta name="twitter:card" content="summary_large_image">"""
    )

    assert facts == PageFacts(
        title="The tide table that fits in 9 kilobytes",
        description="What a harbour office learned & forgot.",
        site_name="Harbour office",
        author_name="Marta Kowal",
        picture_url="https://harbour.example/img/coast.png",
        picture_description="Rocks in the evening",
        form="summary_large_image",
    )


def test_twitter_tags_and_plain_ones_stand_in():
    assert read("<title>Plain &amp; simple</title><meta name=description content=Words>") == PageFacts(
        title="Plain & simple", description="Words"
    )
    facts = read(
        "<title>Plain</title><meta name=twitter:title content=A><meta name=twitter:description content=B>"
        "<meta name=twitter:image content=//cdn.example/a.png>"
    )
    assert (facts.title, facts.description) == ("A", "B")
    assert facts.picture_url == "https://cdn.example/a.png"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<meta name=description content=Words>",
        "<title> \u200b\n</title>",
        "<meta property=og:title content=' '>",
    ],
)
def test_page_without_a_title_has_none(head):
    assert read(head).title == ""


def test_empty_saying_does_not_hide_a_full_one():
    assert read("<meta property=og:title content=''><title>Plain</title>").title == "Plain"
    assert read("<meta property=og:title content='&#8203;'><title>Plain</title>").title == "Plain"


def test_names_are_found_in_either_attribute_and_any_case():
    assert read("<META NAME=OG:Title CONTENT='Loud'>").title == "Loud"
    assert read("<meta property=description name=og:title content=Both>").title == "Both"


def test_description_that_repeats_the_title_is_left_out():
    assert read("<title>Same</title><meta name=description content=Same>").description == ""


def test_author_is_a_name():
    assert (
        read("<title>A</title><meta property=article:author content=https://a.example/me>").author_name == ""
    )
    assert read("<meta property=article:author content=Ana>").author_name == "Ana"


@pytest.mark.parametrize(
    ("written", "creator"),
    [
        ("@alice@localhost:8000", "alice"),
        ("Alice@LOCALHOST:8000", "alice"),
        ("@alice@other.example", "alice@other.example"),
        ("@alice", ""),
        ("alice", ""),
        ("@@localhost:8000", ""),
        ("@al ice@localhost:8000", ""),
        ("https://localhost:8000/@alice", ""),
        ("", ""),
    ],
)
def test_who_wrote_it_is_a_handle_with_its_server(written, creator):
    assert read(f"<title>A</title><meta name=fediverse:creator content='{written}'>").creator == creator


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("coast.png", "https://harbour.example/tides/coast.png"),
        ("../coast.png?w=1200&amp;h=630", "https://harbour.example/coast.png?w=1200&h=630"),
        ("HTTP://Harbour.Example:80/a b.png", "http://harbour.example/a%20b.png"),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
        ("blob:https://harbour.example/1", ""),
        ("file:///etc/passwd", ""),
        ("https://user:secret@harbour.example/a.png", ""),
        ("https://[", ""),
        ("https://xn--/a.png", ""),
        ("https://harbour.example/" + "a" * 3000, ""),
    ],
)
def test_picture_is_a_whole_web_address_or_none(written, meant):
    assert read(f'<meta property="og:image" content="{written}">').picture_url == meant


def test_next_picture_stands_in_for_one_that_is_no_address():
    head = "<meta property=og:image content=javascript:1><meta name=twitter:image content=/b.png>"

    assert read(head).picture_url == "https://harbour.example/b.png"


def test_base_of_the_page_is_heeded():
    head = '<base href="https://cdn.example/x/"><meta property="og:image" content="a.png">'

    assert read(head).picture_url == "https://cdn.example/x/a.png"
    assert read(head.replace("https:", "javascript:")).picture_url == "https://harbour.example/tides/a.png"


def test_words_are_short_and_clean(settings):
    long = read(f"<title>{'word ' * 2000}</title><meta name=description content='{'w' * 900}'>")
    assert len(long.title) <= settings.LINK_TITLE_MAX_LENGTH
    assert long.title.endswith("word…")
    assert len(long.description) == settings.LINK_DESCRIPTION_MAX_LENGTH

    assert tidy("a\0b\r\n c\u202egpj.exe\u2066 \ufffc d\ud800", 100) == "a b c gpj.exe d"
    assert tidy("e\u0301", 10) == "é"
    assert tidy("\u200b\u2800", 10) == ""


def test_markup_in_words_stays_words():
    facts = read("<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>")

    assert facts.title == "<script>alert(1)</script>"  # escaped wherever it is drawn


def test_tags_in_scripts_and_comments_do_not_count():
    head = "<!-- <title>A</title> --><script>'<title>B</title>'</script><title>C</title>"

    assert read(head).title == "C"


def test_title_of_a_drawing_is_not_the_pages():
    assert read_page("<title>Page</title><svg><title>Drawing</title></svg>", URL).title == "Page"


@given(st.binary(max_size=400))
def test_no_bytes_raise(body):
    facts = read_page(decode(body), URL)
    assert all(
        text.encode().decode() == text and "\0" not in text for text in (facts.title, facts.description)
    )


_PIECES = [
    "<meta ",
    "property=",
    "og:title",
    "og:image",
    ' content="',
    "<title>",
    "</title",
    "<base href=",
    "'",
    '"',
    ">",
    "http://[",
    "&#0;",
    "&#xD800;",
    "&",
    "\0",
    "ü",
    "=",
    "<!--",
    "<",
]


@given(
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=30).map("".join),
    st.text(max_size=30),
)
def test_no_page_raises_and_what_it_says_can_be_kept(page, url):
    for facts in (read_page(page, URL), read_page(page, url)):
        for text in (facts.title, facts.description, facts.site_name, facts.author_name, facts.picture_url):
            assert len(text) <= 2048
            assert "\0" not in text
            text.encode()


@pytest.mark.parametrize(
    "piece",
    [
        "<meta property=og:title content=x>",
        "<meta name=a content='&amp;'>",
        "<title>a</title>",
        "<base href=/>",
        "<",
    ],
)
def test_hostile_page_of_a_megabyte_takes_no_time(piece):
    page = piece * (1024 * 1024 // len(piece))
    began = time.process_time()

    read_page(page, URL)
    assert time.process_time() - began < 2
