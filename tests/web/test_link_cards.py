"""The card of a linked page, as pages draw it."""

import pytest

from attachments.models import LinkCard
from tests.factories import make_quote, make_tweet_with_page
from tweets.actions import take_up_link

pytestmark = pytest.mark.django_db


def test_feed_tweet_and_embed_draw_it_as_one_link(client, alice):
    tweet = make_tweet_with_page(alice, title="Tides & <b>more</b>", picture=(1200, 630))
    for path in ("/", tweet.path, f"{tweet.path}/embed"):
        html = client.get(path).content.decode()
        assert html.count('class="linkcard linkcard--large"') == 1
        assert "Tides &amp; &lt;b&gt;more&lt;/b&gt;" in html
        assert 'rel="nofollow noopener ugc"' in html


def test_a_small_picture_stands_beside_and_none_leaves_words(client, alice):
    make_tweet_with_page(alice, picture=(400, 400))
    make_tweet_with_page(alice)
    html = client.get("/").content.decode()
    assert html.count('class="linkcard linkcard--small"') == 1
    assert html.count('class="linkcard"') == 1


def test_a_quoted_tweet_leaves_it_to_its_own_page(client, alice, bob):
    quoting = make_quote(bob, make_tweet_with_page(alice))
    assert 'class="linkcard' not in client.get(quoting.path).content.decode()


def test_behind_a_warning_it_stands_within_the_fold(client, alice):
    tweet = make_tweet_with_page(alice, title="Who did it")
    type(tweet).objects.update(warning="The end of the film")
    fold = client.get(tweet.path).content.decode().partition('<details class="warning"')[2]
    assert "Who did it" in fold.partition("</details>")[0]


def test_a_change_of_the_page_is_seen_at_once(client, alice):
    make_tweet_with_page(alice, title="Before")
    assert "Before" in client.get("/").content.decode()
    LinkCard.objects.update(title="After")
    html = client.get("/").content.decode()
    assert "After" in html
    assert "Before" not in html


def test_what_a_page_says_never_becomes_markup(client, alice):
    tweet = make_tweet_with_page(
        alice, title='"><script>alert(1)</script>', description="<img src=x onerror=1>"
    )
    take_up_link(tweet.id)
    html = client.get(tweet.path).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
