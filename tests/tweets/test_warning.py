"""A warning in front of a tweet, pictures that are sensitive, and the language it is in."""

import pytest
from django.contrib.auth.models import AnonymousUser

from common.errors import Invalid
from search.actions import index_tweets
from search.models import TweetDocument
from tests.factories import make_image, make_quote, make_tweet
from tweets.actions import edit_tweet
from tweets.cards import card_of
from tweets.draft import DraftImage, TweetDraft
from tweets.filtering import words_of
from tweets.models import Tweet, TweetEdit
from tweets.queries import history_of

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def test_all_three_are_kept_and_stand_on_the_card(alice):
    tweet = make_tweet(alice, "Nie.", warning="Ende des Films", is_sensitive=True, language="de-AT")
    tweet.refresh_from_db()
    assert (tweet.warning, tweet.is_sensitive, tweet.language) == ("Ende des Films", True, "de")
    card = card_of(tweet, VISITOR)
    assert (card.warning, card.is_sensitive, card.language) == ("Ende des Films", True, "de")
    assert card.gist == "Ende des Films"


def test_without_a_word_there_is_none(alice):
    card = card_of(make_tweet(alice, "plain"), VISITOR)
    assert (card.warning, card.is_sensitive, card.language) == ("", False, "")
    assert card.gist == "plain"


def test_a_warning_is_one_clean_line(alice):
    assert make_tweet(alice, "x", warning="  the end\n of\tit\u202e ").warning == "the end of it"
    assert make_tweet(alice, "x", warning=" \u200b\n").warning == ""


def test_a_warning_alone_is_no_tweet(alice):
    with pytest.raises(Invalid, match="Write something"):
        make_tweet(alice, " ", warning="nothing behind it")
    assert not Tweet.objects.exists()


def test_an_edit_of_the_warning_alone_is_a_version(alice):
    tweet = make_tweet(alice, "the end")
    edit_tweet(alice, tweet, TweetDraft("the end", warning="Ending"))
    edit_tweet(alice, tweet, TweetDraft("the end", warning="Ending of the film"))
    edit_tweet(alice, tweet, TweetDraft("the end"))
    tweet.refresh_from_db()
    assert (tweet.warning, tweet.revision) == ("", 4)
    former = TweetEdit.objects.filter(tweet=tweet).order_by("revision")
    assert [edit.warning for edit in former] == ["", "Ending", "Ending of the film"]
    versions = history_of(tweet)
    assert [version.warning for version in versions] == ["", "Ending", "Ending of the film", ""]
    assert [version.notes for version in versions] == [
        [],
        ["The warning was added."],
        ["The warning was changed."],
        ["The warning was removed."],
    ]


def test_an_edit_of_sensitivity_alone_is_a_version(alice):
    image = make_image(alice)
    tweet = make_tweet(alice, "look", images=[image])
    pictures = (DraftImage(image.id),)
    edit_tweet(alice, tweet, TweetDraft("look", pictures, is_sensitive=True))
    edit_tweet(alice, tweet, TweetDraft("look", pictures, is_sensitive=True))
    tweet.refresh_from_db()
    assert (tweet.is_sensitive, tweet.revision) == (True, 2)
    assert [edit.is_sensitive for edit in TweetEdit.objects.filter(tweet=tweet)] == [False]
    assert history_of(tweet)[1].notes == ["The pictures were marked as sensitive."]


def test_an_edit_of_the_language_alone_is_a_version(alice):
    tweet = make_tweet(alice, "Hand", language="en")
    tweet = edit_tweet(alice, tweet, TweetDraft("Hand", language="de"))
    assert history_of(tweet)[1].notes == ["The language was changed to Deutsch."]
    tweet = edit_tweet(alice, tweet, TweetDraft("Hand"))
    assert history_of(tweet)[2].notes == ["The language was taken out."]


def test_word_filters_and_search_know_the_warning(alice, bob):
    tweet = make_tweet(alice, "text", warning="Spoiler for tonight")
    quote = card_of(make_quote(bob, tweet, "well"), VISITOR)
    assert "Spoiler for tonight" in set(words_of(card_of(tweet, VISITOR)))
    assert "Spoiler for tonight" in set(words_of(quote))
    index_tweets([tweet.id])
    assert "spoiler" in TweetDocument.objects.get(tweet=tweet).words


def test_pictures_behind_something_are_shown_nowhere_unasked(alice):
    def unasked(**choices):
        return card_of(make_tweet(alice, "x", images=[make_image(alice)], **choices), VISITOR).shown_unasked

    assert len(unasked()) == 1
    assert unasked(is_sensitive=True) == unasked(warning="Blood") == ()
