"""A person's page."""

from xml.etree import ElementTree

import pytest

from accounts.actions import note_check, suspend_user, update_privacy, update_profile
from relationships.actions import follow_user
from tests.factories import make_image, make_reply, make_tweet, make_user
from tweets.actions import like_tweet, pin_tweet, post_tweet, retweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db


def test_it_shows_the_person_and_only_their_tweets(client, alice, bob):
    make_tweet(alice, "hers")
    make_tweet(bob, "his")
    page = client.get("/@alice").content.decode()
    assert "Alice Ashdown" in page
    assert "@alice" in page
    main = page[page.index("<main") : page.index("</main")]
    assert "hers" in main
    assert "his</p>" not in main


def test_its_pages_go_on_by_cursor(client, alice):
    tweets = [make_tweet(alice) for _ in range(12)]
    first = client.get("/@alice")
    rest = client.get(first.context["page"].next_url, headers={"HX-Request": "true"})
    shown = [card.id for card in [*first.context["page"].cards, *rest.context["page"].cards]]
    assert shown == [tweet.id for tweet in reversed(tweets)]
    assert "<html" not in rest.content.decode()


def test_a_name_in_another_case_leads_to_the_right_address(client, alice):
    response = client.get("/@Alice")
    assert response.status_code == 301
    assert response.url == "/@alice"


@pytest.mark.parametrize("name", ["nobody", "a" * 300, "%00", "a b", "<script>", "é"])
def test_nobody_of_that_name(client, db, name):
    response = client.get(f"/@{name}")
    assert response.status_code == 404
    assert "<script>" not in response.content.decode()


def test_the_suspended_are_gone(client, alice, staff):
    tweet = make_tweet(alice)
    suspend_user(staff, alice)
    for path in ("/@alice", "/@alice.rss", tweet.path):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_a_fixed_number_of_queries(
    as_bob, as_alice, client, alice, bob, number, django_assert_num_queries
):
    """Session, reader, unread notices, person, fields, five of what is between them, pinned, the cards."""
    for _ in range(number):
        tweet = make_tweet(alice, images=[make_image(alice)])
        like_tweet(alice, tweet)
        retweet(alice, make_tweet(bob))
        post_tweet(alice, TweetDraft("so it is", reply_to_id=tweet.id, quote_of_id=tweet.id))
    pin_tweet(alice, tweet)
    for browser, address, queries in (
        (as_bob, "/@alice", 15),
        (as_bob, "/@alice/replies", 12),
        (as_bob, "/@alice/media", 12),
        (client, "/@alice", 8),
        (as_alice, "/@alice/likes", 8),
    ):
        browser.get(address)
        with django_assert_num_queries(queries):
            browser.get(address)


def test_the_tabs_sort_what_was_said(as_alice, as_bob, client, alice, bob):
    plain = make_tweet(alice, "plain words")
    pictured = make_tweet(alice, "with a picture", [make_image(alice)])
    spread = make_tweet(bob, "from bob")
    retweet(alice, spread)
    answer = post_tweet(alice, TweetDraft("an answer", reply_to_id=spread.id))
    pin_tweet(alice, plain)
    like_tweet(alice, spread)
    like_tweet(alice, plain)
    for browser in (client, as_bob, as_alice):
        page = browser.get("/@alice")
        assert [card.id for card in page.context["pinned"]] == [plain.id]
        assert [card.id for card in page.context["page"].cards] == [spread.id, pictured.id]
        assert page.content.decode().count(">Pinned<") == 1
        assert ids_on(browser.get("/@alice/replies")) == [answer.id]
        assert ids_on(browser.get("/@alice/media")) == [pictured.id]
    assert ids_on(as_alice.get("/@alice/likes")) == [plain.id, spread.id]


def test_likes_are_seen_by_oneself_alone(as_alice, as_bob, client, alice):
    assert 'href="/@alice/likes"' in as_alice.get("/@alice").content.decode()
    for browser in (as_bob, client):
        assert 'href="/@alice/likes"' not in browser.get("/@alice").content.decode()
        answer = browser.get("/@alice/likes")
        assert answer.status_code == 403
        assert "seen by themselves alone" in answer.content.decode()


def test_likes_go_on_in_the_order_of_liking(as_alice, alice, bob):
    tweets = [make_tweet(bob) for _ in range(12)]
    for tweet in reversed(tweets):
        like_tweet(alice, tweet)
    first = as_alice.get("/@alice/likes")
    rest = as_alice.get(first.context["page"].next_url, headers={"HX-Request": "true"})
    assert ids_on(first) + ids_on(rest) == [tweet.id for tweet in tweets]
    assert "<html" not in rest.content.decode()


@pytest.mark.parametrize("part", ["", "/replies", "/media", "/likes"])
def test_an_empty_tab_says_so_and_shows_a_way_on(as_alice, as_bob, alice, part):
    for browser in (as_alice, as_bob) if part != "/likes" else (as_alice,):
        page = browser.get(f"/@alice{part}").content.decode()
        empty = page[page.index('class="empty"') :]
        assert "<h2>" in empty
        assert "btn-quiet" in empty


def test_a_locked_person_says_so(as_alice, client):
    make_user("shy", is_locked=True)
    for browser in (as_alice, client):
        page = browser.get("/@shy").content.decode()
        assert "chooses who follows" in page
        assert "Nothing for everyone yet" in page


def test_followers_read_what_is_meant_for_them(as_bob, client, alice, bob):
    post_tweet(alice, TweetDraft("for followers", visibility="followers"))
    assert "for followers" not in as_bob.get("/@alice").content.decode()
    follow_user(bob, alice)
    assert "for followers" in as_bob.get("/@alice").content.decode()
    assert "for followers" not in client.get("/@alice").content.decode()


def test_who_wants_no_counts_sees_none(as_bob, client, alice, bob):
    tweet = make_tweet(alice)
    like_tweet(bob, tweet)
    count = 'aria-label="Like, 1"'
    assert count in as_bob.get("/@alice").content.decode()
    update_privacy(
        bob,
        is_locked=False,
        is_findable=True,
        hides_network=False,
        hides_counts=True,
        messages_from="everyone",
    )
    for path in ("/@alice", tweet.path):
        assert count not in as_bob.get(path).content.decode()
        assert count in client.get(path).content.decode()


def ids_on(answer):
    return [card.id for card in answer.context["page"].cards]


def test_rss_is_well_formed_and_has_absolute_addresses(client, settings):
    person = make_user("writer", display_name="A & B <c>", bio="Bio & more")
    tweet = make_tweet(person, "First & <b>bold</b> #tag", [make_image(person)])
    response = client.get("/@writer.rss")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(response.content).find("channel")
    item = channel.find("item")
    assert channel.findtext("link") == "http://localhost:8000/@writer"
    assert item.findtext("link") == f"http://localhost:8000{tweet.path}"
    assert "&lt;b&gt;" in item.findtext("description")
    assert item.find("enclosure").get("url").startswith("http://localhost:8000/media/")


def test_rss_holds_first_hand_words_for_everybody(as_bob, alice, bob):
    follow_user(bob, alice)
    root = make_tweet(bob, "said by another")
    retweet(alice, root)
    make_reply(alice, root, "an answer")
    make_tweet(alice, "among us", visibility="followers")
    make_tweet(alice, "quietly", visibility="quiet")
    feed = as_bob.get("/@alice.rss").content.decode()
    assert "quietly" in feed
    for words in ("said by another", "an answer", "among us"):
        assert words not in feed


def test_no_address_comes_from_the_host_header(client, alice, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_tweet(alice, "hello")
    for path in ("/", "/@alice", "/@alice.rss"):
        assert b"evil.example" not in client.get(path, headers={"host": "evil.example"}).content


def test_fields_stand_there_with_their_ticks(client, alice):
    said = [
        ("Pro<b>", "she & her"),
        ("Garden", "https://garden.example.org/"),
        ("Old", "http://old.example"),
    ]
    update_profile(alice, display_name="", bio="", location="", website="", fields=said)
    garden = alice.fields.get(name="Garden")
    page = client.get("/@alice").content.decode()
    assert "Pro&lt;b&gt;" in page
    assert "she &amp; her" in page
    assert '<a href="https://garden.example.org/" rel="nofollow noopener me">garden.example.org</a>' in page
    assert 'href="http://old.example"' not in page
    assert "This page links back here" not in page

    note_check(garden.pk, garden.value, links_back=True)
    garden.refresh_from_db()
    page = client.get("/@alice").content.decode()
    assert page.count("This page links back here") == 1
    assert f"checked {garden.verified_at:%-d %b %Y}" in page


def test_it_says_what_pictures_show_and_that_a_program_writes(client, as_alice, alice):
    page = client.get("/@alice").content.decode()
    assert 'alt="Profile picture of Alice Ashdown"' in page
    assert ">Automated<" not in page
    words = {"display_name": "Alice", "avatar_description": "a cup", "is_automated": "on"}
    assert as_alice.post("/settings/profile/", words).status_code == 302
    page = client.get("/@alice").content.decode()
    assert 'alt="a cup"' in page
    assert ">Automated<" in page
    form = as_alice.get("/settings/profile/").content.decode()
    assert 'value="a cup"' in form


def test_sites_that_may_name_one_as_their_author(as_alice, alice):
    page = as_alice.get("/settings/profile/").content.decode()
    assert 'name="fediverse:creator" content="@alice@localhost:8000"' in page
    words = {"display_name": "Alice", "attribution_domains": "example.org\r\nhttps://b.example/me"}
    assert as_alice.post("/settings/profile/", words).status_code == 302
    alice.refresh_from_db()
    assert alice.attribution_domains == ["example.org", "b.example"]
    assert "example.org\nb.example" in as_alice.get("/settings/profile/").content.decode()
    refused = as_alice.post("/settings/profile/", {"attribution_domains": "nonsense"})
    assert refused.status_code == 422
    assert "is no name of a site" in refused.content.decode()
