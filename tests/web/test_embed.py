"""Tweets on other sites: the page in the frame, the code for it, and oEmbed."""

import json
import re
from urllib.parse import quote

import pytest

from relationships.actions import block_user
from tests.factories import make_image, make_quote, make_tweet, make_user
from tweets.actions import delete_tweet, retweet
from tweets.draft import PollDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "Frame me, #please", images=[make_image(alice, "a hill")])


def asked(client, tweet, **query):
    answer = client.get("/oembed", {"url": f"http://localhost:8000{tweet.path}", **query})
    return answer, json.loads(answer.content)


def test_any_site_may_frame_it_and_nothing_runs_in_it(client, tweet):
    answer = client.get(f"{tweet.path}/embed")
    html, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert "Frame me" in html
    assert 'alt="a hill"' in html
    assert '<base target="_blank">' in html
    assert "<script" not in html
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_other_pages_stay_unframed(client, tweet):
    for path in (tweet.path, f"{tweet.path}/embed-code"):
        answer = client.get(path)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_it_knows_nobody(as_bob, bob, client, tweet, django_assert_num_queries):
    """No cookie is read or set, no session asked for: a blocked reader gets what a visitor gets."""
    block_user(tweet.author, bob)
    as_bob.cookies["theme"] = "dim"
    with django_assert_num_queries(3):
        theirs = as_bob.get(f"{tweet.path}/embed")
    assert theirs.content == client.get(f"{tweet.path}/embed").content
    assert not theirs.cookies
    assert "Cookie" not in theirs.get("Vary", "")


def test_the_frame_has_room_for_a_picture_alone(client, alice):
    flat, tall = (
        make_tweet(alice, "A hill", images=[make_image(alice, size=size)])
        for size in ((800, 100), (100, 800))
    )
    plain = asked(client, make_tweet(alice, "A hill"))[1]["height"]
    assert asked(client, flat)[1]["height"] < plain + 110
    assert asked(client, tall)[1]["height"] >= plain + 500


def test_the_frame_has_room_for_a_poll(client, alice):
    plain = make_tweet(alice, "What do you drink?")
    polls = [
        make_tweet(alice, "What do you drink?", poll=PollDraft(choices, 300))
        for choices in (("tea", "rum"), ("tea", "rum", "milk", "ale"))
    ]
    heights = [asked(client, tweet)[1]["height"] for tweet in (plain, *polls)]
    assert heights[0] + 100 < heights[1]
    assert heights[1] + 70 < heights[2]


def test_what_is_not_for_everybody_is_not_there(client, alice, tweet):
    secret = make_tweet(alice, "among us", visibility="followers")
    absent = client.get("/@alice/123456/embed")
    delete_tweet(alice, tweet)
    for gone in (secret, tweet):
        answer = client.get(f"{gone.path}/embed")
        assert answer.status_code == absent.status_code == 404
        assert answer.content == absent.content
        assert "X-Frame-Options" not in answer
        assert asked(client, gone)[0].status_code == 404
        assert client.get(f"{gone.path}/embed-code").status_code == 404


def test_a_retweet_is_embedded_as_what_it_spreads(client, bob, tweet):
    assert "Frame me" in client.get(f"{retweet(bob, tweet).path}/embed").content.decode()


def test_a_quote_shows_what_it_quotes(client, bob, tweet):
    html = client.get(f"{make_quote(bob, tweet, 'look here').path}/embed").content.decode()
    assert "look here" in html
    assert "Frame me" in html


def test_the_code_page_shows_code_and_tweet(client, tweet):
    answer = client.get(f"{tweet.path}/embed-code")
    html = answer.content.decode()
    assert f"&lt;iframe src=&quot;http://localhost:8000{tweet.path}/embed&quot;" in html
    assert f'<iframe class="embed__frame" src="{tweet.path}/embed"' in html
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert f'href="{tweet.path}/embed-code"' in client.get(f"{tweet.path}/share").content.decode()


def test_oembed_speaks_as_the_protocol_wants(client, tweet):
    answer, said = asked(client, tweet)
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (said["type"], said["version"], said["width"]) == ("rich", "1.0", 550)
    assert said["author_url"] == "http://localhost:8000/@alice"
    assert re.match(rf'<iframe src="http://localhost:8000{tweet.path}/embed" width="550" ', said["html"])


def test_oembed_stays_within_the_room_there_is(client, tweet):
    said = asked(client, tweet, maxwidth="300", maxheight="200")[1]
    assert (said["width"], said["height"]) == (300, 200)
    assert 'width="300" height="200"' in said["html"]
    assert asked(client, tweet, maxwidth="wide", maxheight="0")[1]["width"] == 550


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no address",
        "http://[",
        "http://evil.example/@alice/{id}",
        "javascript://localhost:8000/@alice/{id}",
        "http://localhost:8000@evil.example/@alice/{id}",
        "http://localhost:8000/@alice",
        "http://localhost:8000/@alice/99999999999999999999",
        "http://localhost:8000/@alice/{id}/likes",
        "http://localhost:8000/@alice/٣",
        "\0",
    ],
)
def test_oembed_knows_only_tweets_of_ours(client, tweet, url):
    answer = client.get("/oembed", {"url": url.format(id=tweet.id)})
    assert answer.status_code == 404
    assert "html" not in json.loads(answer.content)


def test_oembed_speaks_no_xml(client, tweet):
    assert asked(client, tweet, format="xml")[0].status_code == 501


def test_a_name_cannot_leave_the_code(client):
    nasty = make_user("nasty", display_name='"><script>alert(1)</script>')
    tweet = make_tweet(nasty, "hello")
    assert "<script" not in asked(client, tweet)[1]["html"]
    for part in ("embed", "embed-code"):
        assert "<script>alert" not in client.get(f"{tweet.path}/{part}").content.decode()


# --- What other sites show of a link ----------------------------------------------------------------


def meta(client, path):
    page = client.get(path).content.decode()
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page))


def test_a_tweet_tells_what_it_is(client, tweet):
    told = meta(client, tweet.path)
    assert told["og:title"] == "Alice Ashdown (@alice@localhost:8000)"
    assert told["og:description"] == "Frame me, #please"
    assert told["og:url"] == f"http://localhost:8000{tweet.path}"
    assert told["og:image"].startswith("http://localhost:8000/media/")
    assert told["twitter:card"] == "summary_large_image"
    page = client.get(tweet.path).content.decode()
    link = f"http://localhost:8000/oembed?url={quote(f'http://localhost:8000{tweet.path}', safe='')}"
    assert f'type="application/json+oembed" title="Tweet by Alice Ashdown" href="{link}"' in page


def test_a_profile_tells_who_it_is(client, tweet):
    told = meta(client, "/@alice")
    assert (told["og:type"], told["twitter:card"]) == ("profile", "summary")
    assert told["og:image"].endswith(".png")


def test_what_is_not_for_everybody_tells_nothing(as_alice, alice):
    secret = make_tweet(alice, "among us", visibility="followers")
    told = meta(as_alice, secret.path)
    assert not [name for name in told if name.startswith(("og:", "twitter:"))]
    assert told["robots"] == "noindex"
    assert "oembed" not in as_alice.get(secret.path).content.decode()


def test_a_blocked_reader_is_told_nothing_about_the_person(as_bob, alice, bob):
    block_user(alice, bob)
    assert "og:title" not in meta(as_bob, "/@alice")
