"""Pages are read in the encoding they are written in, whoever says which."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.charsets import _CODECS, _NAMES, decode

META = '<meta charset="{}"><title>{}</title>'


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("Grüße", "cp1252", "ISO-8859-1"),
        ("“quoted” – €", "cp1252", "latin1"),
        ("Привет", "cp1251", "windows-1251"),
        ("Привет", "koi8-r", "KOI8-R"),
        ("日本語", "cp932", "Shift_JIS"),
        ("日本語", "euc_jp", "euc-jp"),
        ("日本語", "iso2022_jp", "iso-2022-jp"),
        ("汉字", "gb18030", "gb2312"),
        ("漢字", "big5hkscs", "Big5"),
        ("한국어", "cp949", "EUC-KR"),
        ("ไทย", "cp874", "TIS-620"),
        ("Ελληνικά", "iso8859-7", "iso-8859-7"),
        ("naïve ☕", "utf-8", "UTF8"),
    ],
)
def test_an_encoding_is_found_in_the_answer_and_in_the_page(text, codec, name):
    assert decode(text.encode(codec), name) == text
    page = META.format(name, text)
    assert decode(page.encode(codec)) == page
    assert decode(page.encode(codec), "klingon") == page  # an unknown name says nothing


def test_old_way_to_say_it_and_the_one_of_xml_are_known():
    for head in (
        '<META http-equiv=Content-Type content="text/html; charset=windows-1251">',
        "<?xml version='1.0' encoding='windows-1251'?>",
    ):
        assert decode(f"{head}Привет".encode("cp1251")).endswith("Привет")


def test_answer_counts_more_than_page_and_mark_more_than_both():
    page = META.format("koi8-r", "Grüße")

    assert decode(page.encode("cp1252"), "iso-8859-1") == page
    assert decode(b"\xef\xbb\xbf" + page.encode(), "iso-8859-1") == page
    assert decode(b"\xff\xfe" + page.encode("utf-16-le"), "iso-8859-1") == page
    assert decode(b"\xfe\xff" + page.encode("utf-16-be")) == page


def test_what_stands_in_a_comment_says_nothing():
    page = "<!-- <meta charset=koi8-r> --><title>Grüße</title>"

    assert decode(page.encode()) == page


def test_page_that_claims_two_bytes_a_letter_in_one_byte_letters_is_utf_8():
    page = META.format("utf-16", "Grüße")

    assert decode(page.encode()) == page


def test_nobody_says_it():
    assert decode("Grüße".encode()) == "Grüße"
    assert decode("Grüße".encode("cp1252")) == "Grüße"
    assert decode("Grüße €".encode()[:-1]) == "Grüße \N{REPLACEMENT CHARACTER}"  # cut within a letter


@pytest.mark.parametrize(
    "name", ["idna", "undefined", "punycode", "rot13", "unicode_escape", "hex", "mbcs", "utf-7"]
)
def test_codecs_that_are_none_of_the_web_are_not_used(name):
    body = META.format(name, "fine \\u0041 +AGE-").encode()

    assert decode(body, name) == body.decode()


def test_every_name_stands_for_one_codec_of_python():
    assert sum(len(names.split()) for names in _NAMES.values()) == len(_CODECS)
    for codec in _NAMES:
        assert "plain".encode(codec).decode(codec) == "plain"


@given(st.binary(max_size=300), st.one_of(st.sampled_from(sorted(_CODECS)), st.text(max_size=20)))
def test_no_bytes_and_no_name_raise(body, name):
    decode(body, name)
    decode(META.format(name, "").encode("utf-8", "replace") + body).encode()  # no half letter comes out


@pytest.mark.parametrize("codec", sorted(_NAMES))
def test_a_megabyte_takes_no_time(codec):
    started = time.process_time()
    for unit in (b"\x1b$B!!", b"<meta ", b"-a\x80", b"\xff\x81"):
        decode(unit * (1_000_000 // len(unit)), codec)
    assert time.process_time() - started < 3
