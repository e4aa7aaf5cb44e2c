"""A person's page and its RSS feed."""

from xml.etree import ElementTree

import pytest

from accounts.actions import suspend_user
from tests.factories import make_image, make_tweet, make_user

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


@pytest.mark.parametrize("number", [3, 10])
def test_it_takes_a_fixed_number_of_queries(as_bob, alice, number, django_assert_num_queries):
    for _ in range(number):
        make_tweet(alice, images=[make_image(alice)])
    as_bob.get("/@alice")
    with django_assert_num_queries(5):
        as_bob.get("/@alice")


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


def test_no_address_comes_from_the_host_header(client, alice, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_tweet(alice, "hello")
    for path in ("/", "/@alice", "/@alice.rss"):
        assert b"evil.example" not in client.get(path, headers={"host": "evil.example"}).content
