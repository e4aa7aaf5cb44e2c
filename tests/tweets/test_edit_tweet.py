"""Editing a tweet."""

import pytest
from django.test import override_settings

from attachments.models import Attachment
from common.errors import Conflict, Invalid, NotAllowed, NotFound
from events.catalogue import TweetEdited
from relationships.actions import follow_user
from tests.factories import make_image, make_reply, make_tweet
from tweets.actions import delete_tweet, edit_tweet
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Mention, Tweet, TweetEdit
from tweets.queries import history_of, images_of

pytestmark = pytest.mark.django_db


def test_the_new_words_replace_the_old_and_the_old_are_kept(alice):
    tweet = make_tweet(alice, "Helo world")
    edited = edit_tweet(alice, tweet, TweetDraft(text="Hello world"))
    assert edited.text == "Hello world"
    assert "Hello" in edited.html
    assert edited.edited_at is not None
    assert edited.revision == 2
    former = TweetEdit.objects.get(tweet=tweet)
    assert former.text == "Helo world"
    assert former.written_at == tweet.created_at


def test_it_announces_itself(alice, announced):
    tweet = make_tweet(alice)
    with announced() as events:
        edit_tweet(alice, tweet, TweetDraft(text="better"))
    assert events == [TweetEdited(tweet_id=tweet.id, author_id=alice.id)]


def test_saving_the_same_changes_nothing(alice, announced):
    tweet = make_tweet(alice, "same")
    with announced() as events:
        edit_tweet(alice, tweet, TweetDraft(text="same "))
    assert events == []
    assert not TweetEdit.objects.exists()
    assert Tweet.objects.get(pk=tweet.pk).edited_at is None


def test_tags_and_mentions_follow(alice, bob, carol):
    tweet = make_tweet(alice, "@bob #old")
    edit_tweet(alice, tweet, TweetDraft(text="@carol #new"))
    assert list(Tweet.objects.all().tagged("new")) == [tweet]
    assert not Tweet.objects.all().tagged("old").exists()
    assert [mention.person for mention in Mention.objects.filter(tweet=tweet)] == [carol]


def test_whom_an_answer_to_few_is_for_goes_on_reading_it(alice, bob, carol):
    follow_user(alice, bob)
    question = make_tweet(bob, "among us?", visibility="followers")
    answer = make_reply(alice, question, "yes @carol")
    edited = edit_tweet(alice, answer, TweetDraft(text="no"))
    assert list(edited.mentions.values_list("person__username", flat=True)) == ["bob"]


def test_pictures_can_be_added_removed_and_put_in_order(alice, events_happen):
    first, second, third = (make_image(alice) for _ in range(3))
    tweet = make_tweet(alice, "look", [first, second])
    draft = TweetDraft(text="look", images=(DraftImage(third.id, "new"), DraftImage(second.id)))
    with events_happen():
        edit_tweet(alice, tweet, draft)
    assert [image.id for image in images_of(tweet)] == [third.id, second.id]
    assert not Attachment.objects.filter(pk=first.pk).exists()
    assert TweetEdit.objects.get().pictures[0]["id"] == first.id


@pytest.mark.parametrize("text", ["", "  "])
def test_words_cannot_be_taken_away_wholly(alice, text):
    tweet = make_tweet(alice, "something")
    with pytest.raises(Invalid, match="Write something"):
        edit_tweet(alice, tweet, TweetDraft(text=text))
    assert Tweet.objects.get().text == "something"


def test_somebody_elses_tweet_stays_as_it_is(alice, bob):
    tweet = make_tweet(alice, "mine")
    with pytest.raises(NotAllowed, match="only edit your own"):
        edit_tweet(bob, tweet, TweetDraft(text="yours"))
    assert Tweet.objects.get().text == "mine"


def test_somebody_elses_picture_cannot_be_added(alice, bob):
    tweet = make_tweet(alice, "mine")
    image = make_image(bob)
    with pytest.raises(Invalid):
        edit_tweet(alice, tweet, TweetDraft(text="mine", images=(DraftImage(image.id),)))
    assert not images_of(tweet)
    assert not TweetEdit.objects.exists()


def test_the_same_picture_twice_is_refused(alice):
    image = make_image(alice)
    tweet = make_tweet(alice, "mine", [image])
    twice = (DraftImage(image.id), DraftImage(image.id))
    with pytest.raises(Invalid, match="twice"):
        edit_tweet(alice, tweet, TweetDraft(text="mine", images=twice))
    assert len(images_of(tweet)) == 1


def test_two_windows_do_not_overwrite_each_other(alice):
    tweet = make_tweet(alice, "one")
    edit_tweet(alice, tweet, TweetDraft(text="two"), revision=1)
    with pytest.raises(Conflict, match="another window"):
        edit_tweet(alice, tweet, TweetDraft(text="three"), revision=1)
    edit_tweet(alice, tweet, TweetDraft(text="two"), revision=1)  # the second of two clicks
    assert Tweet.objects.get().text == "two"


def test_a_tweet_deleted_meanwhile_is_not_found(alice):
    tweet = make_tweet(alice)
    delete_tweet(alice, Tweet.objects.get())
    with pytest.raises(NotFound):
        edit_tweet(alice, tweet, TweetDraft(text="too late"))


@override_settings(TWEET_EDITS_KEPT=2)
def test_there_is_an_end_to_editing(alice):
    tweet = make_tweet(alice, "0")
    edit_tweet(alice, tweet, TweetDraft(text="1"))
    edit_tweet(alice, tweet, TweetDraft(text="2"))
    with pytest.raises(Invalid, match="2 times"):
        edit_tweet(alice, tweet, TweetDraft(text="3"))


def test_the_history_tells_what_changed(alice):
    image = make_image(alice)
    tweet = make_tweet(alice, "the quick fox")
    edited = edit_tweet(
        alice, tweet, TweetDraft(text="the slow fox", images=(DraftImage(image.id, "a fox"),))
    )
    first, second = history_of(edited)
    assert "".join(segment.text for segment in first.segments) == "the quick fox"
    assert [segment.text for segment in second.segments if segment.kind == "added"] == ["slow"]
    assert [segment.text for segment in second.segments if segment.kind == "removed"] == ["quick"]
    assert second.pictures_note == "1 picture added."


def test_a_changed_warning_is_another_version(alice):
    tweet = make_tweet(alice, "The captain", warning="Ending")
    edited = edit_tweet(alice, tweet, TweetDraft(text="The captain", warning="Ending of it", language="en"))
    assert (edited.warning, edited.language, edited.revision) == ("Ending of it", "en", 2)
    assert TweetEdit.objects.get(tweet=tweet).warning == "Ending"
