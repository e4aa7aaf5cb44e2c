"""Answering and quoting: where a tweet belongs, and who may put one there."""

import pytest

from common.errors import Invalid, NotAllowed
from events.catalogue import QuoteDetached
from relationships.actions import block_user, follow_user
from tests.factories import make_tweet, make_user
from tweets.actions import delete_tweet, detach_quote, post_tweet, retweet
from tweets.cards import cards_for
from tweets.draft import TweetDraft
from tweets.models import Mention, Tweet

pytestmark = pytest.mark.django_db


def reply(author, parent, **draft) -> Tweet:
    return post_tweet(author, TweetDraft(**{"text": "an answer", "reply_to_id": parent.id, **draft}))


def quote(author, tweet, **draft) -> Tweet:
    return post_tweet(author, TweetDraft(**{"text": "look at this", "quote_of_id": tweet.id, **draft}))


def test_an_answer_belongs_to_the_thread_and_is_counted(alice, bob):
    first = make_tweet(alice)
    second = reply(bob, first)
    third = reply(alice, second)
    assert first.conversation_id == first.id
    assert second.conversation_id == third.conversation_id == first.id
    assert (third.reply_to, third.reply_to_author_id, third.is_reply) == (second, bob.id, True)
    assert Tweet.objects.get(pk=first.pk).replies_count == 1
    delete_tweet(alice, third)
    assert Tweet.objects.get(pk=second.pk).replies_count == 0


def test_answers_outlive_what_they_answer(alice, bob):
    first = make_tweet(alice)
    second = reply(bob, first)
    delete_tweet(alice, first)
    second.refresh_from_db()
    assert second.is_reply
    assert second.reply_to is None
    assert second.conversation_id == first.conversation_id


def test_an_answer_to_a_retweet_answers_the_tweet(alice, bob, carol):
    tweet = make_tweet(alice)
    assert reply(bob, retweet(carol, tweet)).reply_to == tweet


@pytest.mark.parametrize(
    ("parent", "wanted", "becomes"),
    [
        ("public", "public", "public"),
        ("public", "direct", "direct"),
        ("quiet", "public", "quiet"),
        ("followers", "public", "followers"),
        ("direct", "public", "direct"),
    ],
)
def test_an_answer_is_never_wider_than_what_it_answers(alice, bob, parent, wanted, becomes):
    follow_user(bob, alice)
    tweet = post_tweet(alice, TweetDraft(text="hello @bob", visibility=parent))
    assert reply(bob, tweet, visibility=wanted).visibility == becomes


def test_an_answer_to_few_reaches_those_few(alice, bob, carol):
    message = post_tweet(alice, TweetDraft(text="hi", visibility="direct", recipients=(bob.id, carol.id)))
    answer = reply(bob, message)
    assert set(Mention.objects.filter(tweet=answer).values_list("person_id", flat=True)) == {
        alice.id,
        carol.id,
    }


def test_a_message_for_nobody_is_refused(alice):
    with pytest.raises(Invalid, match="Name the people"):
        post_tweet(alice, TweetDraft(text="to myself", visibility="direct", recipients=(alice.id, 12345)))


@pytest.mark.parametrize(
    ("repliers", "named", "follower", "followed", "stranger"),
    [
        ("everyone", True, True, True, True),
        ("followers", True, True, False, False),
        ("followed", True, False, True, False),
        ("mentioned", True, False, False, False),
    ],
)
def test_who_may_answer(alice, bob, carol, staff, repliers, named, follower, followed, stranger):
    dora = make_tweet(staff).author
    eve = carol
    follow_user(eve, alice)
    follow_user(alice, dora)
    tweet = post_tweet(alice, TweetDraft(text="ask me @bob", repliers=repliers))
    somebody = make_user("somebody")
    for person, allowed in (
        (alice, True),
        (bob, named),
        (eve, follower),
        (dora, followed),
        (somebody, stranger),
    ):
        if allowed:
            reply(person, tweet)
        else:
            with pytest.raises(NotAllowed, match="chose who may reply"):
                reply(person, tweet)


def test_what_is_gone_or_unseen_cannot_be_answered_or_quoted(alice, bob):
    tweet = make_tweet(alice)
    block_user(alice, bob)
    for draft in (
        {"reply_to_id": tweet.id},
        {"quote_of_id": tweet.id},
        {"reply_to_id": 5},
        {"quote_of_id": 5},
    ):
        with pytest.raises(Invalid, match="was deleted, or you may not see it"):
            post_tweet(bob, TweetDraft(text="hm", **draft))


@pytest.mark.parametrize("value", ["", "nonsense", "PUBLIC"])
@pytest.mark.parametrize("field", ["visibility", "repliers", "quoters"])
def test_unknown_choices_are_refused(alice, field, value):
    with pytest.raises(Invalid, match="damaged"):
        post_tweet(alice, TweetDraft(text="hm", **{field: value}))


def test_a_quote_shows_the_quoted_and_is_counted(alice, bob):
    tweet = make_tweet(alice, "quote me")
    (card,) = cards_for([quote(bob, tweet).id], bob)
    assert card.is_quote
    assert card.quote.text == "quote me"
    assert Tweet.objects.get(pk=tweet.pk).quotes_count == 1


def test_the_author_decides_who_may_quote(alice, bob, carol):
    follow_user(bob, alice)
    for_followers = post_tweet(alice, TweetDraft(text="x", quoters="followers"))
    for_nobody = post_tweet(alice, TweetDraft(text="y", quoters="nobody"))
    quote(bob, for_followers)
    quote(alice, for_nobody)
    for person, tweet in ((carol, for_followers), (bob, for_nobody)):
        with pytest.raises(NotAllowed, match="does not want"):
            quote(person, tweet)


def test_the_quoted_author_may_take_the_words_out(alice, bob, announced):
    tweet = make_tweet(alice, "mine")
    by_bob = quote(bob, tweet)
    with pytest.raises(NotAllowed):
        detach_quote(bob, by_bob)
    with announced() as events:
        detach_quote(alice, by_bob)
        detach_quote(alice, Tweet.objects.get(pk=by_bob.pk))
    (card,) = cards_for([by_bob.id], bob)
    assert card.is_quote
    assert card.quote is None
    assert Tweet.objects.get(pk=tweet.pk).quotes_count == 0
    assert events == [QuoteDetached(tweet_id=by_bob.id, quoted_id=tweet.id)]


def test_a_quote_of_the_hidden_shows_nothing_of_it(alice, bob, carol):
    row = quote(bob, make_tweet(alice, "secret of alice"))
    block_user(alice, carol)
    (card,) = cards_for([row.id], carol)
    assert card.quote is None
