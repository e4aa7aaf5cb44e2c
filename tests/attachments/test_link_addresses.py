"""Which addresses are one and the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attachments.link_addresses import host_of, is_our_own, joined, normalised


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/Path", "https://example.org/Path"),
        ("http://example.org:80/", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org./a#part", "https://example.org/a"),
        ("https://example.org/?utm_source=x&a=1&FBCLID=2&b&utm_x", "https://example.org/?a=1&b"),
        ("https://example.org/?utm_source=x", "https://example.org/"),
        ("https://example.org/?", "https://example.org/"),
        ("https://bücher.example/ä?q=ü", "https://xn--bcher-kva.example/%C3%A4?q=%C3%BC"),
        ("https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"),
        ("https://example.org/%2Fa+b", "https://example.org/%2Fa+b"),
    ],
)
def test_one_spelling_for_all(written, kept):
    assert normalised(written) == kept
    assert normalised(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        *("", "nonsense", "javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "mailto:a@b.org"),
        *("https://", "https://localhost/", "https://[::1]/", "https://[", "https://xn--/"),
        *("https://user@example.org/", "https://user:secret@example.org/", "https://example.org/\0"),
        "https://example.org/" + "a" * 2048,
    ],
)
def test_what_is_no_page_has_no_spelling(written):
    assert normalised(written) is None


@given(st.text(max_size=60), st.text(":/.@[]%0\0\\?#xn-ü", max_size=20))
def test_no_address_raises(text, sign):
    for address in (text, sign, f"https://{text}", f"https://{sign}", f"https://a.example/{text}{sign}"):
        kept = normalised(address)
        if kept is not None:
            assert normalised(kept) == kept
            assert kept.isascii()
            host_of(kept)
        joined(address, sign)
        joined("https://a.example/", text)


def test_our_own_pages_are_known(settings):
    settings.SITE_URL = "https://clone.example"

    assert is_our_own("https://clone.example/@alice/1")
    assert is_our_own("http://clone.example/")
    assert not is_our_own("https://clone.example.org/")
    assert not is_our_own("https://sub.clone.example/")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://example.org:8080/", "example.org"),
        ("https://xn--bcher-kva.example/", "bücher.example"),
        ("https://xn--fiq228c.com/", "中文.com"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),  # apple, in Cyrillic letters
        ("https://xn--e1aybc.xn--p1ai/", "тест.рф"),
    ],
)
def test_host_reads_as_where_one_gets(url, host):
    assert host_of(url) == host
