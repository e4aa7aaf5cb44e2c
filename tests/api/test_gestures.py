"""Liking, spreading, keeping and the like; what stands around a tweet; changing it and taking it back."""

import pytest

from attachments.models import Attachment
from tests.api.shape import assert_is
from tests.factories import make_image, make_quote, make_reply, make_tweet
from tweets.actions import edit_tweet, like_tweet, retweet
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Bookmark, Like, Poll, ThreadMute, Tweet

pytestmark = pytest.mark.django_db


def do(app, deed, tweet, status=200):
    answer = app.post(f"/api/v1/statuses/{tweet.id}/{deed}")
    assert answer.status_code == status, answer.json()
    return answer.json()


@pytest.mark.parametrize(
    ("deed", "mark", "rows"),
    [
        ("favourite", "favourited", Like),
        ("bookmark", "bookmarked", Bookmark),
        ("mute", "muted", ThreadMute),
    ],
)
def test_set_and_take_back(alices, bob, deed, mark, rows):
    tweet = make_tweet(bob)
    for _ in range(2):
        found = do(alices, deed, tweet)
        assert_is("Status", found)
        assert (found["id"], found[mark]) == (str(tweet.id), True)
        assert rows.objects.count() == 1
    for _ in range(2):
        assert do(alices, f"un{deed}", tweet)[mark] is False
        assert not rows.objects.exists()


def test_spread_and_take_back(alices, alice, bob):
    tweet = make_tweet(bob)
    spread = do(alices, "reblog", tweet)
    assert (spread["account"]["acct"], spread["reblog"]["id"]) == ("alice", str(tweet.id))
    assert spread["reblog"]["reblogs_count"] == 1
    assert do(alices, "reblog", tweet)["id"] == spread["id"]
    found = do(alices, "unreblog", tweet)
    assert (found["id"], found["reblogged"], found["reblogs_count"]) == (str(tweet.id), False, 0)
    assert do(alices, "unreblog", tweet)["reblogged"] is False


def test_spread_to_followers_alone(alices, nobodys, bob):
    tweet = make_tweet(bob)
    path = f"/api/v1/statuses/{tweet.pk}/reblog"
    for odd in ("direct", "secret", 5, []):
        assert alices.post(path, {"visibility": odd}).status_code == 422
    spread = alices.post(path, form="visibility=private").json()
    assert (spread["visibility"], spread["reblog"]["visibility"]) == ("private", "public")
    assert nobodys.get(f"/api/v1/statuses/{spread['id']}").status_code == 404
    assert nobodys.get(f"/api/v1/statuses/{tweet.pk}/reblogged_by").json() == []
    assert len(alices.get(f"/api/v1/statuses/{tweet.pk}/reblogged_by").json()) == 1


def test_a_retweet_stands_for_what_it_spreads(alices, alice, bob):
    tweet = make_tweet(bob)
    spread = retweet(bob, tweet)
    found = do(alices, "favourite", spread)
    assert (found["id"], found["favourited"], found["reblog"]["favourited"]) == (str(spread.id), True, True)
    assert Like.objects.get().tweet == tweet


def test_pins_are_for_ones_own(alices, alice, bob):
    tweet = make_tweet(alice)
    assert do(alices, "pin", tweet)["pinned"] is True
    assert do(alices, "unpin", tweet)["pinned"] is False
    do(alices, "pin", make_tweet(bob), status=403)


def test_what_is_for_few_is_not_spread(alices, alice):
    do(alices, "reblog", make_tweet(alice, visibility="followers"), status=403)


@pytest.mark.parametrize(("part", "deed"), [("favourited_by", like_tweet), ("reblogged_by", retweet)])
def test_who_did_it(alices, bob, carol, part, deed):
    tweet = make_tweet(bob)
    deed(carol, tweet)
    (found,) = alices.get(f"/api/v1/statuses/{tweet.id}/{part}").json()
    assert_is("Account", found)
    assert found["acct"] == "carol"


@pytest.mark.parametrize("part", ["favourites", "bookmarks"])
def test_what_one_keeps(alices, bob, part):
    tweets = [make_tweet(bob) for _ in range(3)]
    for tweet in tweets:
        do(alices, part[:-1], tweet)
    answer = alices.get(f"/api/v1/{part}")
    assert [status["id"] for status in answer.json()] == [str(tweet.id) for tweet in tweets[::-1]]
    first = alices.get(f"/api/v1/{part}?limit=1")
    link = first.headers["Link"].split(">")[0].removeprefix("<http://localhost:8000")
    assert alices.get(link).json()[0]["id"] == str(tweets[-2].id)


def test_quotes_and_taking_ones_words_out(alices, bobs, alice, bob):
    tweet = make_tweet(bob)
    quote = make_quote(alice, tweet)
    assert [one["id"] for one in bobs.get(f"/api/v1/statuses/{tweet.id}/quotes").json()] == [str(quote.id)]
    do(alices, f"quotes/{quote.id}/revoke", tweet, status=403)
    do(bobs, f"quotes/{quote.id}/revoke", quote, status=404)
    assert do(bobs, f"quotes/{quote.id}/revoke", tweet)["quote"] == {
        "state": "deleted",
        "quoted_status": None,
    }


# --- Around it --------------------------------------------------------------------------------------


def test_what_stands_above_and_beneath(alices, nobodys, alice, bob):
    root = make_tweet(bob, "root")
    one = make_reply(alice, root, "one")
    two = make_reply(bob, root, "two")
    inner = make_reply(bob, one, "inner")
    deep = make_reply(alice, inner, "deep", visibility="followers")

    def ids(app, tweet):
        found = app.get(f"/api/v1/statuses/{tweet.id}/context").json()
        if app.token:  # visitors have no marks
            assert_is("Context", found)
        return [[int(status["id"]) for status in found[part]] for part in ("ancestors", "descendants")]

    assert ids(alices, root) == [[], [one.id, inner.id, deep.id, two.id]]
    assert ids(nobodys, root) == [[], [one.id, inner.id, two.id]]
    assert ids(alices, inner) == [[root.id, one.id], [deep.id]]
    assert nobodys.get(f"/api/v1/statuses/{deep.id}/context").status_code == 404


# --- Changing it, and taking it back ----------------------------------------------------------------


def test_edit_leaves_what_is_not_sent(alices, alice):
    image = make_image(alice, "a cup")
    tweet = make_tweet(alice, "before", images=[image], warning="tea", language="en")
    found = alices.put(f"/api/v1/statuses/{tweet.id}", {"status": "after"}).json()
    assert_is("Status", found)
    assert (found["content"], found["spoiler_text"], found["language"]) == ("<p>after</p>", "tea", "en")
    assert found["media_attachments"][0]["description"] == "a cup"
    assert found["edited_at"]
    sent = {
        "spoiler_text": "",
        "media_attributes": [{"id": str(image.id), "description": "a bowl"}],
        "sensitive": True,
    }
    found = alices.put(f"/api/v1/statuses/{tweet.id}", sent).json()
    assert (found["spoiler_text"], found["sensitive"]) == ("", True)
    assert found["media_attachments"][0]["description"] == "a bowl"
    assert alices.put(f"/api/v1/statuses/{tweet.id}", {"media_ids": []}).json()["media_attachments"] == []


def test_an_edit_may_say_who_may_quote(alices, alice):
    tweet = make_tweet(alice, "before")
    path = f"/api/v1/statuses/{tweet.pk}"
    found = alices.put(path, {"status": "after", "quote_approval_policy": "nobody"}).json()
    assert (found["content"], found["quote_approval"]["automatic"]) == ("<p>after</p>", [])
    assert alices.put(path, {"status": "again"}).json()["quote_approval"]["automatic"] == []
    for sent in ({"status": "x" * 281, "quote_approval_policy": "public"}, {"quote_approval_policy": "all"}):
        assert alices.put(path, sent).status_code == 422
    assert alices.get(path).json()["quote_approval"]["automatic"] == []


def test_edit_leaves_a_poll_and_its_votes(alices, alice):
    tweet = make_tweet(alice, "Tea?", poll=PollDraft(("Yes", "No"), seconds=600))
    ends_at = Poll.objects.get().ends_at
    alices.put(f"/api/v1/statuses/{tweet.id}", {"status": "Tea or not?"})
    assert Poll.objects.get().ends_at == ends_at
    sent = {"poll": {"options": ["Tea", "Coffee"], "expires_in": 3600}}
    found = alices.put(f"/api/v1/statuses/{tweet.id}", sent).json()
    assert [option["title"] for option in found["poll"]["options"]] == ["Tea", "Coffee"]


def test_only_the_author_edits_and_deletes(alices, bob):
    tweet = make_tweet(bob, "mine")
    assert alices.put(f"/api/v1/statuses/{tweet.id}", {"status": "yours"}).status_code == 403
    assert alices.delete(f"/api/v1/statuses/{tweet.id}").status_code == 404
    assert Tweet.objects.get().text == "mine"


def test_the_source_and_the_history(alices, alice):
    tweet = make_tweet(alice, "before #one", images=[make_image(alice)], warning="w")
    edit_tweet(alice, tweet, TweetDraft("after"))
    source = alices.get(f"/api/v1/statuses/{tweet.id}/source").json()
    assert_is("StatusSource", source)
    assert source == {"id": str(tweet.id), "text": "after", "spoiler_text": ""}
    versions = alices.get(f"/api/v1/statuses/{tweet.id}/history").json()
    assert_is("StatusEdit", versions[0])
    assert [one["spoiler_text"] for one in versions] == ["w", ""]
    assert 'class="mention hashtag"' in versions[0]["content"]
    assert versions[1]["content"] == "<p>after</p>"
    assert versions[0]["created_at"] < versions[1]["created_at"]


def test_taken_back_to_be_written_anew(alices, alice):
    image = make_image(alice, "a cup")
    tweet = make_tweet(alice, "Good *morning*", images=[image])
    found = alices.delete(f"/api/v1/statuses/{tweet.id}").json()
    assert (found["id"], found["text"]) == (str(tweet.id), "Good *morning*")
    assert found["media_attachments"][0]["id"] == str(image.id)
    assert alices.get(f"/api/v1/statuses/{tweet.id}").status_code == 404
    again = alices.post("/api/v1/statuses", {"status": found["text"], "media_ids": [str(image.id)]}).json()
    assert again["media_attachments"][0]["description"] == "a cup"
    assert Attachment.objects.count() == 1
    assert alices.delete(f"/api/v1/statuses/{tweet.id}").status_code == 404


def test_a_retweet_taken_back_by_its_own_id(alices, alice, bob):
    spread = retweet(alice, make_tweet(bob))
    assert alices.delete(f"/api/v1/statuses/{spread.id}").status_code == 200
    assert not Tweet.objects.filter(pk=spread.pk).exists()


def test_who_may_quote_is_said_anew(alices, bobs, alice):
    tweet = make_tweet(alice, "hello")
    path = f"/api/v1/statuses/{tweet.id}/interaction_policy"
    changed = alices.put(path, {"quote_approval_policy": "nobody"}).json()
    assert changed["quote_approval"]["automatic"] == []
    assert bobs.get(f"/api/v1/statuses/{tweet.id}").json()["quote_approval"]["current_user"] == "denied"
    assert alices.put(path, {"quote_approval_policy": "everybody"}).status_code == 422
    assert alices.put(path, {}).status_code == 422
    assert bobs.put(path, {"quote_approval_policy": "public"}).status_code == 403
    assert Tweet.objects.get().quoters == "nobody"
