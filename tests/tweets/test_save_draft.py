"""Drafts: no word is lost, nothing written over unseen, nothing kept that was said."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from attachments.models import Attachment
from attachments.periodic import remove_unclaimed
from common.errors import Conflict, Gone, Invalid, NotAllowed
from tests.factories import make_image, make_user
from tweets.actions import post_tweet, save_draft, throw_away_draft
from tweets.draft import DraftImage, PollDraft, SavedAs, TweetDraft, from_plain
from tweets.models import SavedDraft, Tweet

pytestmark = pytest.mark.django_db


def draft_of(text, saved_as=None, images=(), **choices):
    return TweetDraft(
        text,
        images=tuple(DraftImage(image.id, image.description) for image in images),
        saved_as=saved_as,
        **choices,
    )


def save(author, text, writer="one", turn=1, *, key="form", seen="", images=(), place="tweet", to=""):
    saved_as = SavedAs(key, writer, turn, seen)
    return save_draft(author, [draft_of(text, images=images)], saved_as, place=place, to=to)


def words():
    return {draft.key: from_plain(draft.what)[0].text for draft in SavedDraft.objects.all()}


def test_what_was_written_last_is_kept(alice):
    save(alice, "To be")
    draft = save(alice, "To be, or not to be", turn=2)
    assert words() == {"form": "To be, or not to be"}
    assert (draft.place, draft.stamp) == ("tweet", "one.2")
    assert timezone.now() - draft.updated_at < timedelta(seconds=5)


def test_a_whole_thread_is_kept_with_its_choices(alice, bob):
    drafts = [
        draft_of("one", visibility=Tweet.Visibility.FOLLOWERS, reply_to_id=7, recipients=(bob.id,)),
        draft_of("two", images=[make_image(alice, "a lake")]),
    ]
    save_draft(alice, drafts, SavedAs("form", "one"), place="reply:7")
    assert from_plain(SavedDraft.objects.get().what) == drafts


def test_what_was_overtaken_on_its_way_is_left_behind(alice):
    save(alice, "newer", turn=3)
    save(alice, "older", turn=2)
    assert words() == {"form": "newer"}


def test_two_windows_never_write_over_each_other(alice):
    seen = save(alice, "begun at home").stamp
    save(alice, "begun at home, continued on the train", "train", 1, seen=seen)
    with pytest.raises(Conflict):
        save(alice, "begun at home, changed at home", "one", 2)
    with pytest.raises(Conflict):
        save(alice, "somebody looked earlier", "third", 1, seen=seen)
    with pytest.raises(Conflict):
        save(alice, "", "one", 2)
    assert words() == {"form": "begun at home, continued on the train"}


def test_an_emptied_form_is_no_draft(alice):
    save(alice, "hm")
    assert save(alice, " \n ", turn=2) is None
    assert not SavedDraft.objects.exists()
    assert save(alice, "", key="never-used") is None
    assert not SavedDraft.objects.exists()


def test_a_picture_or_a_name_alone_is_something(alice):
    assert save(alice, "", images=[make_image(alice)])
    assert save(alice, "", key="letter", place="message", to="bob")


def test_posting_takes_the_draft_along(alice):
    image = make_image(alice)
    save(alice, "now", images=[image])
    tweet = post_tweet(alice, draft_of("now", SavedAs("form", "one", 2), [image], key="form-hash"))
    assert not SavedDraft.objects.exists()
    assert [shown.attachment for shown in tweet.images.all()] == [image]
    with pytest.raises(Gone):
        save(alice, "now or never", turn=2)
    assert not SavedDraft.objects.exists()


def test_what_could_not_be_posted_stays(alice):
    save(alice, "x" * 400)
    with pytest.raises(Invalid):
        post_tweet(alice, draft_of("x" * 400, SavedAs("form", "one", 2), key="form-hash"))
    assert words() == {"form": "x" * 400}


def test_posting_an_old_state_leaves_the_newer_words(alice):
    image = make_image(alice)
    seen = save(alice, "short").stamp
    save(alice, "short, now long", "train", 1, seen=seen, images=[image])
    post_tweet(alice, draft_of("short", SavedAs("form", "one", 1), key="form-hash"))
    assert words() == {"form": "short, now long"}
    with pytest.raises(Invalid, match="no longer there"):
        post_tweet(alice, draft_of("a thief", SavedAs("form", "one", 1), [image], key="form-other"))
    assert Attachment.objects.get().holder == "draft:form"


def test_continued_elsewhere_it_can_be_posted_at_once(alice):
    seen = save(alice, "on its way", images=[image := make_image(alice)]).stamp
    post_tweet(alice, draft_of("here", SavedAs("form", "train", 0, seen), [image], key="form-hash"))
    assert not SavedDraft.objects.exists()


def test_pictures_stay_as_long_as_the_draft(alice, events_happen):
    image = make_image(alice)
    draft = save(alice, "see", images=[image])
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        remove_unclaimed()
        assert Attachment.objects.exists()
        with events_happen():
            throw_away_draft(alice, draft)
            throw_away_draft(alice, draft)
    assert not Attachment.objects.exists()
    assert not SavedDraft.objects.exists()


def test_the_oldest_makes_room(alice, bob, settings):
    settings.DRAFTS_MAX = 3
    save(bob, "his", key="his")
    for number in range(3):
        save(alice, f"number {number}", key=f"form{number}", images=[make_image(alice)])
    save(alice, "number 0, touched", key="form0", turn=2)
    assert len(words()) == 4
    save(alice, "one more", key="form3")
    assert set(words()) == {"his", "form0", "form2", "form3"}
    assert set(Attachment.objects.values_list("holder", flat=True)) == {"", "draft:form2"}


def test_nothing_a_database_cannot_keep_gets_that_far(alice):
    save(alice, "a\0b \ud800 c")
    assert words() == {"form": "ab ? c"}
    image = DraftImage(make_image(alice).id, "a\0b")
    poll = PollDraft(("y\0es", "n\ud800o"), 86_400)
    draft = TweetDraft("", images=(image,), poll=poll)
    save_draft(alice, [draft], SavedAs("form", "one", 2, ""), place="tweet")
    (kept,) = from_plain(SavedDraft.objects.get().what)
    assert kept.poll.choices == ("yes", "n?o")
    assert kept.images[0].description == "ab"


def test_too_much_is_refused_with_a_sentence(alice, settings):
    settings.DRAFT_MAX_LENGTH = 2000
    with pytest.raises(Invalid, match="too long"):
        save(alice, "x" * 2001)


@pytest.mark.parametrize(
    "damage",
    [
        {"key": ""},
        {"key": "a" * 41},
        {"key": "a b"},
        {"writer": ""},
        {"writer": "ü"},
        {"turn": -1},
        {"turn": 2**31},
        {"place": "elsewhere"},
        {"place": "reply:"},
        {"place": "reply:1'"},
    ],
)
def test_a_damaged_form_is_refused(alice, damage):
    with pytest.raises(Invalid, match="damaged"):
        save(alice, "hello", **damage)


def test_who_may_not_write_keeps_no_drafts():
    with pytest.raises(NotAllowed):
        save(make_user(confirmed=False), "hello")


def test_drafts_are_the_authors_own(alice, bob):
    draft = save(alice, "hers")
    save(bob, "his")
    with pytest.raises(NotAllowed):
        throw_away_draft(bob, draft)
    post_tweet(bob, draft_of("his", SavedAs("form", "one", 2), key="form-hash"))
    assert words() == {"form": "hers"}
