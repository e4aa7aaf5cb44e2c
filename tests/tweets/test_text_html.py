"""How a text is stored, shortened and shown."""

import pytest

from tweets.text import clean, find_entities, is_visible, plain_excerpt, render

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


def html(text, **options):
    return render(text, find_entities(text, **options))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("a  \nb\t\n", "a\nb"),
        ("\n\n a", "a"),
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("a\tb", "a b"),
        ("e\u0301", "é"),
        ("a\x00b\x1bc\x7f\ud800d\ufeffe\uffff", "abcde"),
        ("good\u202edab\u202c", "gooddab"),
        ("\u2067עברית\u2069 \u200fok", "\u2067עברית\u2069 \u200fok"),
        (FAMILY, FAMILY),
        ("\u3000段落", "\u3000段落"),
        (" \u200b\u3164\u2800 ", ""),
    ],
)
def test_clean(text, stored):
    assert clean(text) == stored


@pytest.mark.parametrize(
    ("text", "length", "excerpt"),
    [
        ("short", 10, "short"),
        ("one\n\ntwo  three", 20, "one two three"),
        ("one two three four", 14, "one two three…"),
        ("one two three four", 12, "one two…"),
        ("a" * 20, 10, "a" * 9 + "…"),
        ("ab" + FAMILY, 5, "ab…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_plain_excerpt(text, length, excerpt):
    assert plain_excerpt(text, length) == excerpt


def test_what_a_reader_would_see():
    assert is_visible("a")
    assert is_visible(FAMILY)
    assert not is_visible(" \u200b\u3164\u2800\n")


def test_paragraphs_and_line_breaks_are_kept():
    assert html("one\ntwo\n\nthree") == '<p dir="auto">one<br>two</p><p dir="auto">three</p>'
    assert html("") == ""


def test_markup_is_shown_as_text():
    assert html("<script>alert('x')</script> & \"y\"") == (
        '<p dir="auto">&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;y&quot;</p>'
    )


def test_mention_and_hashtag_lead_to_their_pages():
    assert html("@alice #Sün") == (
        '<p dir="auto"><a class="mention" href="/@alice">@alice</a> '
        '<a class="hashtag" href="/tags/s%C3%BCn">#Sün</a></p>'
    )


def test_mention_with_the_domain_of_this_server_leads_to_the_same_page():
    assert html("@alice@our.example", home="our.example") == (
        '<p dir="auto"><a class="mention" href="/@alice">@alice@our.example</a></p>'
    )


def test_link_shows_its_host_and_the_beginning_of_its_path():
    long = "https://example.com/" + "abcdefghij" * 4
    assert html(long) == (
        f'<p dir="auto"><a href="{long}" rel="nofollow noopener ugc" title="{long}">'
        "example.com/abcdefghijabcdefghijabc…</a></p>"
    )
    assert html("http://example.com/").endswith('title="http://example.com/">example.com</a></p>')
    assert 'href="https://example.com/?a=1&amp;b=2"' in html("example.com/?a=1&b=2")
    assert ">example.com/http://a.example/</a>" in html("example.com/http://a.example/")


def test_a_tail_of_more_than_three_hashtags_gets_a_line_of_its_own():
    tail = '<p class="tweet__tags" dir="auto">'
    assert tail not in html("Hello #a #b #c")
    assert tail not in html("#a #b #c #d")
    assert tail not in html("Hello #a #b #c #d now")
    drawn = html("Hello #a\n#b #c\n\n#d")
    assert drawn.startswith(f'<p dir="auto">Hello</p>{tail}<a class="hashtag" href="/tags/a">#a</a> <a ')
    assert "<br>" not in drawn
    assert drawn.count("<p") == 2
