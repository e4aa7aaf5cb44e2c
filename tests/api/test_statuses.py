"""Saying something, and reading it: the shape of `Status`."""

import re

import pytest

from relationships.actions import FilterDraft, create_filter, follow_user
from tests.api.shape import assert_is
from tests.factories import make_image, make_quote, make_reply, make_tweet, make_user
from timelines.actions import keep_home
from tweets.actions import edit_tweet, like_tweet, mute_thread, pin_tweet, retweet, vote
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
MARKS = {"favourited", "reblogged", "muted", "bookmarked", "filtered"}


def read(app, tweet):
    return app.get(f"/api/v1/statuses/{tweet.id}").json()


def test_a_plain_tweet(alices, alice):
    tweet = make_tweet(alice, "Good morning")
    status = read(alices, tweet)
    assert_is("Status", status)
    assert status["id"] == str(tweet.id)
    assert status["content"] == "<p>Good morning</p>"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", status["created_at"])
    assert status["url"] == status["uri"] == f"http://localhost:8000/@alice/{tweet.id}"
    assert status["account"]["acct"] == "alice"
    assert status["pinned"] is False


def test_everything_at_once(alices, alice, bob):
    tweet = make_tweet(
        bob,
        "<b> & @alice #Tea https://example.org/a?b=1&c=2\n\nnext\nline",
        images=[make_image(bob, "a cup"), make_image(bob)],
        warning="careful",
        language="de",
        visibility="quiet",
        quoters="followers",
    )
    status = read(alices, tweet)
    assert_is("Status", status)
    assert "<b>" not in status["content"]
    assert 'href="http://localhost:8000/@alice" class="u-url mention"' in status["content"]
    assert 'href="http://localhost:8000/tags/tea" class="mention hashtag"' in status["content"]
    assert "https://example.org/a?b=1&amp;c=2" in re.sub(r"</?span[^>]*>", "", status["content"])
    assert status["content"].count("<p>") == 2
    assert "<br>" in status["content"]
    assert (status["spoiler_text"], status["sensitive"]) == ("careful", True)
    assert (status["language"], status["visibility"]) == ("de", "unlisted")
    assert [(one["username"], one["id"]) for one in status["mentions"]] == [("alice", str(alice.id))]
    assert status["tags"] == [{"name": "tea", "url": "http://localhost:8000/tags/tea"}]
    first, second = status["media_attachments"]
    assert (first["description"], second["description"]) == ("a cup", None)
    assert first["preview_url"].startswith("http://localhost:8000/media/")
    assert first["meta"]["original"] == {"width": 80, "height": 60, "size": "80x60", "aspect": 80 / 60}
    assert status["quote_approval"] == {"automatic": ["followers"], "manual": [], "current_user": "denied"}


def test_pictures_without_words(alices, alice):
    assert read(alices, make_tweet(alice, " ", images=[make_image(alice)]))["content"] == ""


def test_marks_are_the_readers_own(alices, bobs, alice, bob, nobodys):
    tweet = make_tweet(bob, "hello")
    like_tweet(alice, tweet)
    retweet(alice, tweet)
    mute_thread(alice, tweet)
    pin_tweet(bob, tweet)
    assert {name: read(alices, tweet)[name] for name in MARKS} == {
        "favourited": True,
        "reblogged": True,
        "muted": True,
        "bookmarked": False,
        "filtered": [],
    }
    assert read(bobs, tweet)["favourited"] is False
    assert read(bobs, tweet)["pinned"] is True
    assert "pinned" not in read(alices, tweet)
    assert read(nobodys, tweet).keys() & (MARKS | {"pinned"}) == set()
    assert read(nobodys, tweet)["favourites_count"] == 1


def test_an_edit_is_seen_at_once(alices, alice):
    tweet = make_tweet(alice, "before #one")
    assert read(alices, tweet)["tags"][0]["name"] == "one"
    edit_tweet(alice, tweet, TweetDraft("after #two"))
    status = read(alices, tweet)
    assert status["content"].startswith("<p>after")
    assert [tag["name"] for tag in status["tags"]] == ["two"]
    assert status["edited_at"]


def test_an_answer_and_a_retweet(alices, alice, bob):
    tweet = make_tweet(bob, "hello")
    reply = read(alices, make_reply(alice, tweet, "hi"))
    assert (reply["in_reply_to_id"], reply["in_reply_to_account_id"]) == (str(tweet.id), str(bob.id))
    spread = read(alices, retweet(alice, tweet))
    assert_is("Status", spread)
    assert spread["account"]["acct"] == "alice"
    assert (spread["reblog"]["id"], spread["reblog"]["account"]["acct"]) == (str(tweet.id), "bob")
    assert spread["reblogged"] is spread["reblog"]["reblogged"] is True


def test_quotes(alices, bobs, alice, bob, carol):
    tweet = make_tweet(bob, "hello")
    quote = make_quote(alice, tweet, "look")
    outer = make_quote(carol, quote, "look, too")
    status = read(alices, quote)
    assert_is("Status", status)
    assert (status["quote"]["state"], status["quote"]["quoted_status"]["id"]) == ("accepted", str(tweet.id))
    inner = read(alices, outer)["quote"]["quoted_status"]
    assert inner["quote"] == {"state": "accepted", "quoted_status_id": str(tweet.id)}
    tweet.delete()
    assert read(alices, quote)["quote"] == {"state": "deleted", "quoted_status": None}


def test_a_poll(alices, bobs, alice, bob):
    poll = PollDraft(("Yes", "No"), seconds=600, hides_totals=True)
    tweet = make_tweet(bob, "Tea?", poll=poll)
    shape = read(alices, tweet)["poll"]
    assert_is("Poll", shape)
    assert shape["id"] == str(tweet.id)
    assert (shape["voted"], shape["own_votes"], shape["options"][0]["votes_count"]) == (False, [], None)
    vote(alice, tweet, [1])
    shape = read(alices, tweet)["poll"]
    assert (shape["voted"], shape["own_votes"]) == (True, [1])
    assert [option["votes_count"] for option in shape["options"]] == [0, 1]
    assert read(bobs, tweet)["poll"]["voted"] is True  # clients then show the numbers


def test_word_filters_tell_what_they_found(alices, alice, bob):
    create_filter(alice, FilterDraft("Drinks", {"tea": True, "coffee": True}, ("home",), "hide"))
    result = read(alices, make_tweet(bob, "a cup of tea"))["filtered"]
    assert [(one["filter"]["title"], one["keyword_matches"]) for one in result] == [("Drinks", ["tea"])]
    assert (result[0]["filter"]["filter_action"], result[0]["filter"]["context"]) == ("hide", ["home"])
    assert read(alices, make_tweet(alice, "my tea"))["filtered"] == []


def test_who_wants_no_counts_reads_none(alices, alice, bobs, bob):
    tweet = make_tweet(bob, "hello")
    like_tweet(alice, tweet)
    alice.hides_counts = True
    alice.save()
    assert read(alices, tweet)["favourites_count"] == 0
    assert read(bobs, tweet)["favourites_count"] == 1


def test_many_at_once_without_what_may_not_be_seen(alices, alice, bob):
    mine = make_tweet(alice, "mine")
    hidden = make_tweet(bob, "for few", visibility="followers")
    answer = alices.get(f"/api/v1/statuses?id[]={mine.id}&id[]={hidden.id}&id[]=5")
    assert [status["id"] for status in answer.json()] == [str(mine.id)]


# --- Saying something -------------------------------------------------------------------------------


def test_what_is_not_sent_is_as_one_prefers(alices, alice):
    alice.posts_to, alice.posts_language, alice.posts_sensitive = "followers", "fr", True
    alice.save()
    status = alices.post("/api/v1/statuses", {"status": "bonjour"}).json()
    assert_is("Status", status)
    assert (status["visibility"], status["language"], status["sensitive"]) == ("private", "fr", True)


def test_all_that_can_be_sent(alices, alice, bob):
    parent = make_tweet(bob, "hello")
    image = make_image(alice, "a cup")
    sent = {
        "status": "@bob look",
        "media_ids": [str(image.id)],
        "in_reply_to_id": str(parent.id),
        "sensitive": "true",
        "spoiler_text": "tea",
        "visibility": "unlisted",
        "language": "en",
        "quote_approval_policy": "nobody",
    }
    status = alices.post("/api/v1/statuses", sent).json()
    assert status["media_attachments"][0]["description"] == "a cup"
    assert status["in_reply_to_id"] == str(parent.id)
    assert (status["spoiler_text"], status["visibility"], status["language"]) == ("tea", "unlisted", "en")
    assert Tweet.objects.get(pk=status["id"]).quoters == "nobody"


def test_a_quote(alices, alice, bob):
    tweet, closed = make_tweet(bob, "hello"), make_tweet(bob, "mine alone", quoters="nobody")
    sent = {"status": "look", "quoted_status_id": str(tweet.id)}
    assert alices.post("/api/v1/statuses", sent).json()["quote"]["quoted_status"]["id"] == str(tweet.id)
    assert alices.post("/api/v1/statuses", {**sent, "quoted_status_id": closed.id}).status_code == 403


@pytest.mark.parametrize("name", ["in_reply_to_id", "quoted_status_id"])
def test_what_one_may_not_see_is_as_absent_as_what_is_not_there(alices, bob, name):
    hidden = make_tweet(bob, "for few", visibility="followers")
    answers = [alices.post("/api/v1/statuses", {"status": "hi", name: an_id}) for an_id in (hidden.id, 5)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_somebody_elses_picture_is_refused(alices, bob):
    answer = alices.post("/api/v1/statuses", {"status": "hi", "media_ids": [make_image(bob).id]})
    assert answer.status_code == 422


# --- Home -------------------------------------------------------------------------------------------


def fill_home(alice, number):
    """Tweets with everything that a page has to load."""
    for place in range(number):
        author = make_user()
        follow_user(alice, author)
        said = f"number {place} @{author.username} #tag{place}"
        tweet = make_tweet(author, said, images=[make_image(author)])
        if place % 3 == 0:
            make_quote(author, tweet, "look")
        if place % 3 == 1:
            retweet(alice, tweet)
        if place % 3 == 2:
            make_tweet(author, "Tea?", poll=PollDraft(("Yes", "No"), seconds=600))


@pytest.mark.parametrize("number", [3, 30])
def test_home_asks_the_database_the_same_number_of_times(alices, alice, number, django_assert_num_queries):
    fill_home(alice, number)
    keep_home(alice)
    alices.get("/api/v1/apps/verify_credentials")  # notes the use of the token, for an hour
    with django_assert_num_queries(7):
        alices.get("/api/v1/timelines/home?limit=40")  # new to this process
    with django_assert_num_queries(5):
        answer = alices.get("/api/v1/timelines/home?limit=40")
    assert len(answer.json()) >= min(number, 40)


def test_home_pages_in_both_directions(alices, alice):
    tweets = [make_tweet(alice, f"number {number}") for number in range(7)][::-1]
    ids = [str(tweet.id) for tweet in tweets]

    def page(query):
        answer = alices.get(f"/api/v1/timelines/home?{query}")
        return [status["id"] for status in answer.json()], answer.headers.get("Link", "")

    found, link = page("limit=3")
    assert found == ids[:3]
    assert f'<http://localhost:8000/api/v1/timelines/home?limit=3&max_id={ids[2]}>; rel="next"' in link
    assert f'<http://localhost:8000/api/v1/timelines/home?limit=3&min_id={ids[0]}>; rel="prev"' in link
    assert page(f"limit=3&max_id={ids[2]}")[0] == ids[3:6]
    assert page(f"limit=3&min_id={ids[5]}")[0] == ids[2:5]
    assert page(f"limit=3&since_id={ids[5]}")[0] == ids[:3]
    found, link = page(f"limit=3&max_id={ids[5]}")
    assert found == ids[6:]
    assert "next" not in link
    assert page(f"min_id={ids[0]}") == ([], "")
    assert len(page("limit=1000")[0]) == 7
    assert page("min_id=0&limit=2")[0] == ids[5:]
