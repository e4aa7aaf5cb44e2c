"""The search page: what it finds, its tabs and pages, and what it says when nothing is understood."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import suspend_user
from accounts.models import User
from relationships.actions import block_user
from search.actions import index_people
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import like_tweet, post_tweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db


def ids_shown(response):
    return [
        int(an_id) for an_id in re.findall(r'<article class="tweet" id="t(\d+)"', response.content.decode())
    ]


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def plums(alice, bob, events_happen):
    """Twelve tweets, oldest first; the third is liked, the last has a picture."""
    with events_happen():
        tweets = [make_tweet(alice, f"plum number {number}") for number in range(11)]
        tweets.append(make_tweet(alice, "a picture of a plum", [make_image(alice)]))
        like_tweet(bob, tweets[2])
    return [tweet.id for tweet in tweets]


def test_an_empty_box_shows_what_one_may_ask(client):
    page = client.get("/search/").content.decode()

    assert "What are you looking for?" in page
    assert 'href="/search/?q=%23art%20has%3Amedia"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_top_is_by_liveliness_and_latest_by_time(client, plums):
    assert ids_shown(client.get("/search/?q=plum"))[0] == plums[2]
    assert ids_shown(client.get("/search/?q=plum&tab=latest")) == plums[::-1][:10]
    assert ids_shown(client.get("/search/?q=plum&tab=media")) == plums[-1:]
    assert ids_shown(client.get("/search/?q=plum&tab=nonsense"))[0] == plums[2]


@pytest.mark.parametrize("tab", ["top", "latest"])
def test_pages_hold_everything_once_and_lead_both_ways(client, plums, tab):
    first = client.get(f"/search/?q=plum&tab={tab}")
    second = client.get(first.context["page"].older_url)

    assert sorted(ids_shown(first) + ids_shown(second)) == plums
    assert second.context["page"].older_url == ""
    assert ids_shown(client.get(second.context["page"].newer_url)) == ids_shown(first)
    fragment = client.get(first.context["page"].next_url, headers={"HX-Request": "true"})
    assert ids_shown(fragment) == ids_shown(second)
    assert "<html" not in fragment.content.decode()


def test_found_words_are_marked_and_markup_is_not(client, alice, events_happen):
    with events_happen():
        make_tweet(alice, 'A <b>Plum</b> & plümage, "PLUM" amp class https://plum.example #plum')

    page = client.get("/search/?q=plum+amp+class&tab=latest").content.decode()

    assert "&lt;b&gt;<mark>Plum</mark>&lt;/b&gt; &amp; plümage" in page
    assert "<mark>PLUM</mark>" in page
    assert 'class="hashtag" href="/tags/plum">#<mark>plum</mark></a>' in page
    assert page.count("<mark>amp</mark>") == page.count("<mark>class</mark>") == 1


def test_parts_of_unspaced_scripts_are_marked(client, alice, events_happen):
    with events_happen():
        make_tweet(alice, "今日は東京都の桜")

    assert "今日は<mark>東京</mark>都の<mark>桜</mark>" in client.get("/search/?q=東京+桜").content.decode()


def test_people_are_found_by_the_beginning_of_their_words(client, as_alice, bob, events_happen):
    names = [("zoe", "Zoë Zimmermann", 5), ("max", "Max", 9), ("zim", "", 50)]
    people = [make_user(name, display_name=shown, followers_count=count) for name, shown, count in names]
    make_user("zimt", confirmed=False)
    index_everybody()

    for reader in (client, as_alice):
        page = reader.get("/search/?q=zim&tab=people")
        assert [row.person for row in page.context["page"].rows] == [people[2], people[0]]
    both = client.get("/search/?q=zoe+zimm&tab=people").context["page"].rows
    assert [row.person for row in both] == people[:1]
    assert "Nothing found" in client.get("/search/?q=has:media&tab=people").content.decode()


def test_tags_that_begin_so_stand_above(client, alice, events_happen):
    with events_happen():
        make_tweet(alice, "#plumcake #plums #apple")

    page = client.get("/search/?q=Plum").content.decode()

    assert page.index('href="/tags/plums"') < page.index('href="/tags/plumcake"')
    assert 'href="/tags/apple"' not in page


def test_the_form_becomes_a_line(client):
    filled = {
        "words": "plum jam",
        "phrase": 'very "good"',
        "without": "rain snow",
        "author": "@alice",
        "answered": "bob",
        "tag": "#food",
        "after": "2026-01-31",
        "before": "2026-12-24",
        "pictures": "on",
        "links": "on",
        "polls": "on",
        "replies": "without",
        "lang": "de",
    }

    answer = client.get("/search/", filled)

    assert answer.status_code == 302
    asked = client.get(answer["Location"]).context["question"]
    assert asked.text == (
        'plum jam "very good" -rain -snow from:alice to:bob #food'
        " has:media has:link has:poll -is:reply lang:de after:2026-01-31 before:2026-12-24"
    )


def test_a_day_that_is_none_is_explained_in_the_form(client):
    page = text_of(client.get("/search/?words=plum&after=tomorrow"))

    assert "Enter a valid date." in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from:zork", "Nobody here is called @zork."),
        ("plum has:cats", "there are has:media, has:link and has:poll"),
        ("plum lang:klingon", "“lang:klingon” is no language we know"),
        ("plum from:", "“from:” wants something right behind it, like from:alice."),
        ("plum before:soon", "needs a day like before:2026-11-22"),
        ("zwetschge", "Nothing found for “ zwetschge ”"),
        ("<script>alert(1)</script>", "Nothing found for “ &lt;script&gt;alert(1)&lt;/script&gt; ”"),
    ],
)
def test_what_cannot_be_found_is_said(client, plums, asked, said):
    assert said in text_of(client.get("/search/", {"q": asked}))


HOSTILE = [
    "\0", "\ud800".encode("utf-8", "surrogatepass"), '"' * 300, "(" * 300, "a" * 10_000, "* OR 1=1",
    "'; DROP TABLE", "NEAR(a b)", "words:x", "-" * 100, "\\", "a:b:c:d", "'a':*", "!x & y | z", "every:",
    "from:1 apart:", "%", "🏳️\u200d🌈" * 50,
    "#" + "ﷺ" * 120, "ﷺ" * 300, '"' + "the " * 120, "-a " * 20,
    "after:9999-12-31", "before:0001-01-01", "after:0001-01-01",
    "from:" + "x" * 400, "#" + "x" * 400, "ﷺ ㎏ ½", "\u3000",
]  # fmt: skip


@pytest.mark.parametrize("tab", ["top", "latest", "people", "media"])
def test_nothing_that_is_asked_breaks_the_page(client, alice, tab):
    make_tweet(alice, "plum")
    statuses = {asked: client.get("/search/", {"q": asked, "tab": tab}).status_code for asked in HOSTILE}

    assert statuses == dict.fromkeys(HOSTILE, 200)


@pytest.mark.parametrize(
    "junk", ["cursor=0", "cursor=x", "newer=99999999999999999999", "page=-1", "page=1e9", "from=zz"]
)
def test_odd_pages_are_forgiven(client, plums, junk):
    for tab in ("top", "latest", "people"):
        assert client.get(f"/search/?q=plum&tab={tab}&{junk}").status_code == 200


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize("tab", ["top", "latest"])
def test_it_takes_the_same_queries_however_many_are_found(
    as_alice, bob, events_happen, settings, number, tab
):
    settings.FEED_PAGE_SIZE = 100
    with events_happen():
        for _ in range(number):
            make_tweet(bob, "plum", [make_image(bob)] if number < 10 else None)
    as_alice.get("/search/")
    with CaptureQueriesContext(connection) as counted:
        response = as_alice.get(f"/search/?q=plum&tab={tab}")
    assert len(ids_shown(response)) == number
    assert len(counted) <= 10


def index_everybody():
    index_people(User.objects.values_list("pk", flat=True))


def test_tags_and_names_tell_nothing_of_what_is_hidden(client, as_bob, alice, bob, staff, events_happen):
    with events_happen():
        make_tweet(alice, "#plumsecret", visibility="followers")
        make_tweet(alice, "#plumhidden for @bob", visibility="direct")
        make_tweet(alice, "#plumgone").delete()
        make_tweet(bob, "#plumopen")
        suspend_user(staff, make_user("gone"))
        make_user("fresh", confirmed=False)
    assert client.get("/search/?q=plum").context["found"].tags == ["plumopen"]
    for name in ("gone", "fresh"):
        assert f"Nobody here is called @{name}." in text_of(client.get(f"/search/?q=from:{name}"))


def test_people_on_the_other_side_of_a_block_are_not_found(as_alice, as_bob, alice, bob):
    index_everybody()
    assert "/@bob" in as_alice.get("/search/?q=bob&tab=people").content.decode()
    block_user(alice, bob)
    for reader, name in ((as_alice, "bob"), (as_bob, "alice")):
        assert reader.get(f"/search/?q={name}&tab=people").context["page"].rows == []


def test_the_form_below_holds_what_was_typed(client, plums):
    question = 'zwetschge "very good" -rain from:alice -from:bob is:reply has:poll lang:de after:2026-01-31'
    form = client.get("/search/", {"q": question}).context["form"]

    assert form.initial["words"] == "zwetschge -from:bob"
    assert form.initial["phrase"] == "very good"
    assert (form.initial["without"], form.initial["author"]) == ("rain", "alice")
    assert (form.initial["replies"], form.initial["polls"], form.initial["lang"]) == ("only", "on", "de")


def test_beginnings_are_marked_in_people(client):
    make_user("zoe", display_name="Zoë <b> Zimmermann", bio="Writes about zimt & ice")
    index_everybody()
    page = client.get("/search/?q=zim&tab=people").content.decode()

    assert "Zoë &lt;b&gt; <mark>Zimmermann</mark>" in page
    assert "about <mark>zimt</mark> &amp; ice" in page


def test_a_slip_of_the_pen_is_forgiven_and_said(client, alice, events_happen):
    make_user("rosalind")
    index_everybody()
    with events_happen():
        make_tweet(alice, "#breakfast")

    assert "Did you mean: Rosalind @rosalind" in text_of(
        client.get("/search/?q=roslaind&tab=people")
    ).replace("rosalind @rosalind", "Rosalind @rosalind")
    assert "Did you mean #breakfast ?" in text_of(client.get("/search/?q=braekfast"))


def test_found_words_of_a_warning_are_marked(client, alice, events_happen):
    with events_happen():
        post_tweet(alice, TweetDraft("He did it", warning="The <end> of a film"))

    page = client.get("/search/?q=film+end&tab=latest").content.decode()
    assert "The &lt;<mark>end</mark>&gt; of a <mark>film</mark>" in page


def test_what_was_asked_can_be_changed_in_the_form(client, plums):
    answer = client.get("/search/?q=plum+has:media")
    change = client.get("/search/?change=plum+has:media")

    assert 'href="/search/?change=plum%20has%3Amedia"' in answer.content.decode()
    assert change.context["found"] is None
    assert 'value="plum"' in change.content.decode()
    assert '<details class="fold" open>' in change.content.decode()
