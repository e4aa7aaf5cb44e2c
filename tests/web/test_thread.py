"""The page of a tweet as the middle of a conversation."""

import pytest

from relationships.actions import block_user
from tests.factories import make_image, make_quote, make_reply, make_tweet
from tests.web.gestures import FRAGMENT
from tweets.actions import delete_tweet, like_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def test_parents_stand_above_and_answers_beneath(client, alice, bob, carol):
    first = make_tweet(alice, "the question")
    second = make_reply(bob, first, "the answer")
    make_reply(carol, second, "the thanks")
    page = client.get(second.path).content.decode()
    places = [page.index(f">{words}</p>") for words in ("the question", "the answer", "the thanks")]
    assert places == sorted(places)
    assert places[0] < page.index("tweet--focus") < places[1]


def test_a_deleted_parent_is_shown_as_gone(client, alice, bob):
    first = make_tweet(alice, "the question")
    second = make_reply(bob, first)
    delete_tweet(alice, first)
    page = client.get(second.path).content.decode()
    assert 'class="gone"' in page
    assert "the question" not in page


def test_what_one_may_not_see_above_is_gone_too(client, as_bob, alice, bob):
    first = make_tweet(alice, "@bob a secret", visibility="direct")
    second = make_reply(bob, first)
    Tweet.objects.filter(pk=second.pk).update(visibility="public")
    page = client.get(second.path).content.decode()
    assert 'class="gone"' in page
    assert "a secret" not in page
    assert "a secret" in as_bob.get(second.path).content.decode()


def test_where_no_reply_may_be_seen_a_sentence_says_so(as_bob, alice, bob, carol):
    tweet = make_tweet(alice)
    make_reply(carol, tweet)
    sentence = "No reply here can be shown to you."
    assert sentence not in as_bob.get(tweet.path).content.decode()
    block_user(bob, carol)
    assert sentence in as_bob.get(tweet.path).content.decode()
    assert sentence not in as_bob.get(make_tweet(alice).path).content.decode()


def test_ones_own_thread_is_numbered(client, alice):
    first = make_tweet(alice)
    second = make_reply(alice, first)
    third = make_reply(alice, second)
    assert client.get(third.path).content.decode().count("tweet__step") == 2
    for tweet in (first, second, third):
        page = client.get(tweet.path).content.decode()
        assert all(step in page for step in ("1/3", "2/3", "3/3"))


def test_deeper_answers_have_pages_of_their_own(client, alice, bob):
    tweets = [make_tweet(alice)]
    for person in (bob, alice, bob, alice):
        tweets.append(make_reply(person, tweets[-1]))
    page = client.get(tweets[0].path).content.decode()
    assert f'class="nest__more" href="{tweets[3].path}">Show this conversation' in page
    assert f'id="t{tweets[3].id}"' in page
    assert f'id="t{tweets[4].id}"' not in page


def test_pages_lead_on_with_and_without_scripts(client, alice, bob, settings):
    settings.FEED_PAGE_SIZE = 2
    tweet = make_tweet(alice)
    replies = [make_reply(bob, tweet) for _ in range(3)]
    first = client.get(tweet.path)
    link = first.context["thread"].next_url
    assert first.content.decode().count(f'href="{link}"') == 2
    rest = client.get(link).content.decode()
    assert f'id="t{replies[2].id}"' in rest
    assert f'id="t{replies[0].id}"' not in rest
    assert "First replies" in rest
    fragment = client.get(link, headers=FRAGMENT).content.decode()
    assert fragment.startswith("<li>")
    assert "Those are all replies." in fragment


@pytest.mark.parametrize("link", ["?after=x", "?own=-1", f"?after={2**64}", "?after=1&own=1"])
def test_strange_links_still_show_the_page(client, alice, link):
    assert client.get(make_tweet(alice).path + link).status_code == 200


def test_counts_lead_to_their_lists(client, alice, bob):
    tweet = make_tweet(alice)
    like_tweet(bob, tweet)
    make_quote(bob, tweet)
    make_reply(bob, tweet)
    page = client.get(tweet.path).content.decode()
    assert "<b>1</b> Like<" in page
    assert "<b>1</b> Quote<" in page
    assert "<h2>1 reply</h2>" in page


@pytest.mark.parametrize("is_visitor", [True, False])
def test_as_many_queries_for_three_as_for_thirty(
    client, as_bob, alice, bob, carol, is_visitor, settings, django_assert_max_num_queries
):
    settings.FEED_PAGE_SIZE = 30
    reader = client if is_visitor else as_bob
    first = make_tweet(alice, "@bob hello")
    tweet = make_reply(bob, first)
    for number in range(1, 31):
        reply = make_reply(carol, tweet)
        make_reply(bob, make_reply(alice, reply))
        make_quote(alice, first, reply_to_id=reply.id)
        if number in (3, 30):
            reader.get(tweet.path)
            with django_assert_max_num_queries(11 if is_visitor else 18):
                page = reader.get(tweet.path)
            assert len(page.context["thread"].replies) == number


def test_pictures_and_quotes_are_shown_in_a_thread(client, alice, bob):
    tweet = make_tweet(alice)
    make_reply(bob, tweet, quote_of_id=make_tweet(alice, "", [make_image(alice, "a lake")]).id)
    assert 'alt="a lake"' in client.get(tweet.path).content.decode()
