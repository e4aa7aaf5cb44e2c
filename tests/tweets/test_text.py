"""What a person would notice about the text of a tweet; these cases need no data from elsewhere."""

import pytest

from tweets.text import Entity, clean, find_entities, parse, plain_excerpt, render, tag_key, weigh
from tweets.text.tlds import IDN_TLDS, TLDS

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
KEYCAP = "1\ufe0f\u20e3"
FLAG = "\U0001f1e9\U0001f1ea"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
WAVE = "\U0001f44b\U0001f3fd"


def values(text, kind, **options):
    return [entity.value for entity in find_entities(text, **options) if entity.kind == kind]


def html(text, **options):
    return render(text, find_entities(text, **options))


# Mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@alice", ["alice"]),
        ("hello @alice, meet (@bob).", ["alice", "bob"]),
        ("@alice's tweet", ["alice"]),
        ("＠alice", ["alice"]),
        ("RT @alice: hi", ["alice"]),
        ("写给@alice的信", ["alice"]),
        ("@alice/friends", ["alice"]),
        ("@" + "a" * 30, ["a" * 30]),
        ("@" + "a" * 31, []),
        ("alice@bob", []),
        ("@alice@", []),
        ("@@alice", []),
        ("@ alice", []),
        ("@aliceé", []),
        ("write to alice@other.example", []),
    ],
)
def test_mention(text, names):
    assert values(text, "mention") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@alice@other.example", ["alice@other.example"]),
        ("@alice@Other.Example.", ["alice@other.example"]),
        ("(@alice@other.example)", ["alice@other.example"]),
        ("@alice@other.exampleさん", ["alice@other.example"]),
        ("@al.ice-b@other.example", ["al.ice-b@other.example"]),
        ("@alice@xn--bcher-kva.example", ["alice@xn--bcher-kva.example"]),
        ("@alice@nonsense", []),
        ("@alice@-other.example", []),
        ("@alice@other.example@third.example", []),
        ("@alice@192.168.0.1", []),
        ("@" + "a" * 65 + "@other.example", []),
    ],
)
def test_mention_of_a_person_elsewhere(text, names):
    assert values(text, "mention") == names


@pytest.mark.parametrize("home", ["our.example", "localhost:8000"])
def test_full_handle_of_this_server_means_the_name_alone(home):
    assert values(f"@alice@{home}: hi", "mention", home=home) == ["alice"]
    assert parse(f"@alice and @Alice@{home}", home=home).mentions == ("alice",)
    assert 'href="/@alice"' in html(f"@alice@{home}", home=home)


def test_mentions_are_listed_once_in_order_and_in_lower_case():
    assert parse("@Bob @alice @BOB @alice@Other.example").mentions == ("bob", "alice", "alice@other.example")


# Hashtags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#sun", ["sun"]),
        ("#Sun_2026!", ["Sun_2026"]),
        ("（#日本語）", ["日本語"]),
        ("#été #स्वागत", ["été", "स्वागत"]),
        ("#2026", []),
        ("a#b", []),
        ("#one#two", []),
        ("#\ufe0f\u20e3", []),
        ("https://example.com/#part", []),
        ("#" + "a" * 100, ["a" * 100]),
        ("#" + "a" * 101, []),
    ],
)
def test_hashtag(text, tags):
    assert values(text, "hashtag") == tags


def test_all_ways_to_write_a_tag_are_one_tag():
    assert parse("#Sun #SUN #ｓｕｎ").hashtags == ("sun",)
    assert tag_key(tag_key("İstanbul")) == tag_key("İstanbul")


# Links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://example.com/a?b=c#d.", ["https://example.com/a?b=c#d"]),
        ("(https://example.com/a_(b)_c)", ["https://example.com/a_(b)_c"]),
        ("(https://example.com/a(b", ["https://example.com/a"]),
        ("https://example.com/a,b, and", ["https://example.com/a,b"]),
        ('"https://example.com"', ["https://example.com"]),
        ("example.com and www.example.co.uk/x", ["example.com", "www.example.co.uk/x"]),
        ("http://bücher.example http://例え.みんな/", ["http://bücher.example", "http://例え.みんな/"]),
        ("https://something.brandnewending/x", ["https://something.brandnewending/x"]),
        ("something.brandnewending/x", []),
        ("http://192.168.0.1:8000/x http://[::1]/", ["http://192.168.0.1:8000/x", "http://[::1]/"]),
        ("http://999.168.0.1/ http://[::1::]/", []),
        ("https://alice:secret@example.com/", []),
        ("javascript:alert(1) ftp://example.com", []),
        ("alice@example.com first.last@example.com", []),
        ("so good.It was. see example.com.Then", ["example.com"]),
        ("http://localhost http://nodots/", []),
        ("https://example.com/" + "a" * 4076, ["https://example.com/" + "a" * 4076]),
        ("https://example.com/" + "a" * 4077, []),
    ],
)
def test_link(text, links):
    assert values(text, "url") == links


def test_links_are_listed_once_with_their_scheme():
    assert parse("example.com https://example.com HTTP://a.example").urls == (
        "https://example.com",
        "HTTP://a.example",
    )


def test_entities_say_where_they_stand_in_code_points():
    assert find_entities(f"{WAVE}@alice #hi example.com") == (
        Entity("mention", 2, 8, "alice"),
        Entity("hashtag", 9, 12, "hi"),
        Entity("url", 13, 24, "example.com"),
    )


def test_the_list_of_endings_is_whole():
    assert {"com", "org", "de", "jp", "museum"} <= TLDS
    assert {"рф", "中国", "みんな"} <= IDN_TLDS
    assert all(name.isascii() and name.islower() for name in TLDS)


# Weight


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("hello", 5),
        ("héllo", 5),
        ("he\u0301llo", 5),
        ("日本語", 6),
        ("€", 2),
        (FAMILY, 2),
        (KEYCAP, 2),
        (FLAG, 2),
        (SCOTLAND, 2),
        (WAVE, 2),
        ("☺\ufe0f", 2),
        ("©", 1),
        ("©\ufe0f", 2),
        ("a" + FAMILY + "b", 4),
        ("https://example.com/" + "a" * 500, 23),
        ("a.example b.de", 9 + 1 + 23),
        ("@alice@other.example", 6),
        ("@alice@other.example hi", 9),
        ("alice@other.example", 19),
    ],
)
def test_weight(text, weight):
    assert weigh(text) == weight
    assert parse(text).weight == weight


def test_joining_many_emoji_does_not_make_them_weigh_as_one():
    assert weigh("\u200d".join(["\U0001f468"] * 100)) >= 50


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a" * 280, True),
        ("a" * 281, False),
        ("語" * 140, True),
        ("語" * 141, False),
        ("", False),
        (" \n\u200b\u2800\u3164", False),
        ("nul\x00", False),
        ("half \ud83d", False),
        ("\ufeffhi", False),
    ],
)
def test_valid(text, valid):
    assert parse(text).valid is valid


def test_limit_comes_from_the_caller():
    assert parse("a" * 500, limit=500).valid
    assert not parse("abc", limit=2).valid


def test_the_part_that_fits_ends_before_a_link_or_emoji_that_does_not():
    assert parse("abc").fits_until == 3
    assert parse("a" * 300).fits_until == 280
    assert parse("a" * 279 + FAMILY + "b").fits_until == 279
    assert parse("a" * 270 + " https://example.com").fits_until == 271


# Cleaning


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


# HTML


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
