"""Which pages link back to a profile, and that no page can make us work for long."""

import time

import pytest

from accounts.link_pages import links_back

PROFILE = "https://clone.example/@alice"
PAGE = "https://garden.example.org/about/"


@pytest.mark.parametrize(
    "markup",
    [
        '<a rel="me" href="https://clone.example/@alice">me</a>',
        "<A REL='nofollow ME noopener' HREF='https://clone.example/@alice'>",
        "<a rel=me href=https://clone.example/@alice>",
        '<link rel="me" href="https://clone.example/@alice" />',
        '<a\n  href="https://clone.example/@Alice/"\n  rel="me">',
        '<a rel="me" href="http://CLONE.example/@alice">',
        '<a rel="me" href="https://clone.example/%40alice">',
        '<a rel="me" href="//clone.example/@alice">',
        '<a rel="me" href=" https://clone.example/@alice#top ">',
        '<a title="a > b" rel="me" href="https://clone.example/@alice">',
        '<a rel="&#109;e" href="https&colon;//clone.example/@alice">',
        '<script>if (a < b) "</script>"</script><!-- x --><a rel=me href="https://clone.example/@alice">',
    ],
)
def test_page_links_back(markup):
    assert links_back(f"<!doctype html><p>Hello</p>{markup}<p>end", PAGE, PROFILE)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        '<a href="https://clone.example/@alice">no rel</a>',
        '<a rel="nofollow" href="https://clone.example/@alice">',
        '<a rel="mellow" href="https://clone.example/@alice">',
        '<a rel="me">',
        '<a rel="me" href="https://clone.example/@alicia">',
        '<a rel="me" href="https://clone.example/@alice/1">',
        '<a rel="me" href="https://clone.example/">',
        '<a rel="me" href="https://clone.example.org/@alice">',
        '<a rel="me" href="https://clone.example:8443/@alice">',
        '<a rel="me" href="https://clone.example/@alice?as=bob">',
        '<a rel="me" href="/@alice">',
        '<a rel="me" href="https://[">',
        '<a rel="nofollow" rel="me" href="https://clone.example/@alice">',
        '<!-- <a rel="me" href="https://clone.example/@alice"> -->',
        '<!-- <a rel="me" href="https://clone.example/@alice">',
        '<script>"<a rel=me href=https://clone.example/@alice>"</script>',
        '<textarea><a rel="me" href="https://clone.example/@alice"></textarea>',
        '<template><a rel="me" href="https://clone.example/@alice"></template>',
        '<abbr rel="me" href="https://clone.example/@alice">',
        '&lt;a rel="me" href="https://clone.example/@alice"&gt;',
        '<a rel="me" href="https://clone.example/@alice',
    ],
)
def test_page_does_not(markup):
    assert not links_back(f"<!doctype html><p>Hello</p>{markup}", PAGE, PROFILE)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<!-- -->",
        "<a ",
        "<a '",
        '<a b="',
        "<a b=c ",
        "<a b>",
        "<script>",
        "<script></",
        "<a <!--",
    ],
)
def test_hostile_page_of_a_megabyte_takes_no_time(piece):
    page = piece * (1024 * 1024 // len(piece))
    began = time.process_time()

    assert not links_back(page, PAGE, PROFILE)
    assert time.process_time() - began < 5
