"""What feed readers get: the same tweets as RSS and as Atom, and no second copy of what they have."""

from xml.etree import ElementTree

import pytest

from relationships.actions import block_user
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import delete_tweet, edit_tweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize("path", ["/@writer", "/tags/tag"])
def test_atom_is_well_formed_and_has_absolute_addresses(client, path):
    person = make_user("writer", display_name="A & B <c>", bio="Bio & more")
    tweet = make_tweet(person, "First & <b>bold</b> #tag", [make_image(person)])
    response = client.get(f"{path}.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {
        "alternate": f"http://localhost:8000{path}",
        "self": f"http://localhost:8000{path}.atom",
    }
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:id", "", ATOM) == f"http://localhost:8000{tweet.path}"
    assert entry.findtext("a:author/a:name", "", ATOM) == "A & B <c>"
    assert "&lt;b&gt;" in entry.findtext("a:summary", "", ATOM)
    pictures = [link for link in entry.findall("a:link", ATOM) if link.get("rel") == "enclosure"]
    assert pictures[0].get("href").startswith("http://localhost:8000/media/")


def test_atom_tells_when_it_was_edited(client, alice):
    tweet = make_tweet(alice, "frist")
    edit_tweet(alice, tweet, TweetDraft("first"), revision=1)
    tweet.refresh_from_db()
    entry = ElementTree.fromstring(client.get("/@alice.atom").content).find("a:entry", ATOM)
    assert entry.findtext("a:updated", "", ATOM) == tweet.edited_at.isoformat()


@pytest.mark.parametrize("path", ["/@alice.rss", "/@alice.atom", "/tags/tag.rss", "/tags/tag.atom"])
def test_what_a_reader_has_is_not_sent_again(client, alice, path):
    older, _ = make_tweet(alice, "breakfast #tag"), make_tweet(alice, "supper #tag")
    known = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": known})
    assert (again.status_code, again.content) == (304, b"")
    delete_tweet(alice, older)
    changed = client.get(path, headers={"If-None-Match": known})
    assert changed.status_code == 200
    assert b"supper" in changed.content
    assert b"breakfast" not in changed.content


def test_pages_say_where_both_feeds_are(client, alice):
    make_tweet(alice, "#tag")
    for path in ("/@alice", "/tags/tag"):
        page = client.get(path).content.decode()
        assert 'type="application/rss+xml" title="Tweets ' in page
        assert f'href="{path}.rss"' in page
        assert f'href="{path}.atom"' in page


def test_behind_a_block_no_feed_is_offered(as_bob, alice, bob):
    block_user(alice, bob)
    page = as_bob.get("/@alice").content.decode()
    assert "/@alice.rss" not in page
    assert "/@alice.atom" not in page


@pytest.mark.parametrize("path", ["/@alice.atom", "/tags/tag.atom"])
def test_a_feed_takes_a_fixed_number_of_queries(client, alice, path, django_assert_max_num_queries):
    for _ in range(3):
        make_tweet(alice, "#tag")
    client.get(path)
    with django_assert_max_num_queries(5) as few:
        client.get(path)
    for _ in range(27):
        make_tweet(alice, "#tag", [make_image(alice)])
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(path)
