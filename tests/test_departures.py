"""Everything goes with a person who left for good, and what others have stays right; cut off, it goes on."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.actions import leave, update_profile
from accounts.models import User
from attachments.models import Attachment
from jobs.engines.embedded import run_pending
from jobs.models import Job
from notifications.models import Notification
from relationships.actions import block_user, follow_user, mute_user, write_note
from tests.factories import make_image, make_quote, make_reply, make_tweet, make_user, picture_file
from timelines.actions import keep_home
from tweets.actions import bookmark_tweet, close_feed_blocks, like_tweet, mute_thread, retweet
from tweets.models import Tweet
from tweets.queries.recount import wrong_people, wrong_tweets
from twitter_clone import departures

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_life(alice, bob, carol, events_happen):
    """alice did everything there is to do, with everybody."""
    with events_happen():
        fields = [("Garden", "flowers")]
        update_profile(
            alice,
            display_name="Alice",
            bio="secret words",
            location="",
            website="",
            fields=fields,
            avatar=picture_file(),
            header=picture_file(size=(1600, 900)),
        )
        his = [make_tweet(bob, f"his {number}") for number in range(5)]
        keep_home(alice)
        keep_home(bob)
        follow_user(alice, bob)
        follow_user(bob, alice)
        follow_user(carol, alice)
        follow_user(carol, bob)
    with events_happen():
        hers = [make_tweet(alice, f"hers {number} @bob", images=[make_image(alice)]) for number in range(5)]
        make_image(alice)
        for tweet in his:
            like_tweet(alice, tweet)
            bookmark_tweet(alice, tweet)
            retweet(alice, tweet)
            make_reply(alice, tweet)
            make_quote(alice, tweet)
        like_tweet(bob, hers[0])
        retweet(bob, hers[0])
        make_reply(bob, hers[0], "his answer")
        make_quote(bob, hers[0], "his quote")
        mute_thread(alice, his[0])
        make_tweet(alice, "@bob psst", visibility=Tweet.Visibility.DIRECT, recipients=(bob.id,))
        write_note(alice, carol, "kind")
        mute_user(alice, carol)
        block_user(make_user("mallory"), alice)
    close_feed_blocks()
    return alice


def time_passes():
    return time_machine.travel(timezone.now() + timedelta(days=settings.LEAVING_DAYS, hours=1))


def rows_of(person):
    """Where anything still points at the person, and how often."""
    left = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is User:
                number = model._base_manager.filter(**{field.name: person}).count()
                if number:
                    left[f"{model.__name__}.{field.name}"] = number
    return left


def files():
    def walk(folder):
        folders, names = default_storage.listdir(folder)
        return [f"{folder}{name}" for name in names] + [
            name for inner in folders for name in walk(f"{folder}{inner}/")
        ]

    return [name for top in default_storage.listdir("")[0] for name in walk(f"{top}/")]


def check_all_is_gone(alice, bob):
    stays = User.objects.get(pk=alice.pk)
    assert stays.state == User.State.GONE
    assert rows_of(alice).keys() <= {"Tweet.reply_to_author"}  # “Replying to @alice”: the name alone
    told = {
        field.name: getattr(stays, field.name)
        for field in User._meta.concrete_fields
        if field.name not in ("id", "username", "state", "password")
    }
    assert told == {name: getattr(User(), name) for name in told}
    assert not stays.has_usable_password()
    assert files() == []
    assert not Attachment.objects.exists()
    assert list(wrong_people()) == []
    assert list(wrong_tweets()) == []
    assert sorted(Tweet.objects.by(bob).values_list("text", flat=True)) == [
        *(f"his {number}" for number in range(5)),
        "his answer",
        "his quote",
    ]
    assert not Notification.objects.filter(recipient=bob, actor=alice).exists()


def test_everything_goes_but_the_name(full_life, bob, events_happen):
    assert len(rows_of(full_life)) >= 15, "the life is not full enough to prove anything"
    with events_happen():
        leave(full_life)
    mail.outbox.clear()
    with time_passes():
        departures.begin()
        run_pending()

    check_all_is_gone(full_life, bob)
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
    assert "is deleted" in mail.outbox[0].subject
    assert not Job.objects.exists()


def test_nothing_goes_before_the_day(full_life, events_happen):
    before = rows_of(full_life)
    with events_happen():
        leave(full_life)
    departures.begin()
    run_pending()

    assert rows_of(full_life) == before


def test_cut_off_after_any_part_it_goes_on_where_it_was(full_life, bob, events_happen, monkeypatch):
    """Every second try ends after its work and before its end, as by a kill; parts are small."""
    tries = 0

    def cut_off(step):
        def cut(person, most):
            nonlocal tries
            taken = step(person, most)
            tries += bool(taken)
            if taken and tries % 2:
                raise RuntimeError("killed")
            return taken

        return cut

    monkeypatch.setattr(departures, "STEPS", tuple((cut_off(step), 2) for step, _ in departures.STEPS))
    with events_happen():
        leave(full_life)
    with time_passes():
        departures.begin()
        for _ in range(400):
            try:
                run_pending()
                break
            except RuntimeError:
                Job.objects.update(run_at=timezone.now())
    assert tries > 20
    check_all_is_gone(full_life, bob)


def test_two_leave_and_a_third_stays_untouched(alice, bob, carol, events_happen):
    for person in (alice, bob, carol):
        make_tweet(person)
        like_tweet(carol, make_tweet(person))
    with events_happen():
        leave(alice)
        leave(bob)
    with time_passes():
        departures.begin()
        run_pending()

    assert set(User.objects.filter(state=User.State.GONE)) == {alice, bob}
    assert Tweet.objects.by(carol).count() == 2
    assert list(wrong_people()) == []


def test_running_again_is_harmless_and_says_nothing(full_life, events_happen):
    with events_happen():
        leave(full_life)
    with time_passes():
        departures.begin()
        run_pending()
        mail.outbox.clear()
        departures.begin()
        for _ in range(2):
            departures.remove_person.enqueue(10**15)  # nobody
        run_pending()
    assert mail.outbox == []


def test_name_that_was_never_confirmed_is_free_again(events_happen):
    nora = make_user("nora", confirmed=False)
    with events_happen():
        leave(nora)
    with time_passes():
        departures.begin()
        run_pending()

    assert not User.objects.filter(username="nora").exists()
    assert mail.outbox == []
