"""What is found in a text; these cases need no data from elsewhere."""

import pytest

from tweets.text import Entity, find_entities, parse, tag_key
from tweets.text.tlds import IDN_TLDS, TLDS

WAVE = "\U0001f44b\U0001f3fd"


def values(text, kind, **options):
    return [entity.value for entity in find_entities(text, **options) if entity.kind == kind]


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
