"""Files of pictures go where their tweet and their owner go: out of sight, and back."""

import errno
import os
from io import BytesIO

import pytest
from django.test import Client

from accounts.actions import leave, restore_user, stay, suspend_user
from accounts.models import User
from attachments.actions import process, upload
from attachments.models import Attachment
from tests.common import picture_files as files
from tests.factories import make_tweet, picture_file
from tweets.actions import delete_tweet, hide_tweet, settle_pictures_of, unhide_tweet
from tweets.actions import pictures as settling

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path) -> None:
    options = {"location": tmp_path / "private"}
    private = {"BACKEND": "common.storage.local.LocalFiles", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "originals": private}


def picture_of(person):
    picture = upload(person, BytesIO(files.photo((900, 700))))
    process(picture)
    picture.refresh_from_db()
    return picture


@pytest.fixture
def alices_picture(alice):
    return picture_of(alice)


def statuses(*pictures):
    """What a browser gets for each address of each picture."""
    names = [
        name
        for one in pictures
        for name in (one.thumb, one.card, one.card_webp, one.full, one.full_webp)
        if name
    ]
    assert names
    return {Client().get(f"/media/{name}").status_code for name in names}


def test_a_taken_down_tweet_takes_its_pictures_along(staff, alice, alices_picture, events_happen):
    tweet = make_tweet(alice, "look", images=[alices_picture])
    other = picture_of(alice)
    assert statuses(alices_picture, other) == {200}
    with events_happen():
        hide_tweet(staff, tweet)
    assert statuses(alices_picture) == {404}
    assert statuses(other) == {200}
    with events_happen():
        unhide_tweet(staff, tweet)
    assert statuses(alices_picture, other) == {200}


def test_suspended_people_take_all_their_pictures_along(staff, alice, alices_picture, events_happen):
    hidden = make_tweet(alice, "not this", images=[alices_picture])
    other = picture_of(alice)
    with events_happen():
        hide_tweet(staff, hidden)
        suspend_user(staff, alice)
    assert statuses(alices_picture, other) == {404}
    with events_happen():
        restore_user(staff, alice)
    assert statuses(other) == {200}
    assert statuses(alices_picture) == {404}


def test_so_do_people_who_leave_until_they_come_back(alice, alices_picture, events_happen):
    with events_happen():
        leave(alice)
    assert statuses(alices_picture) == {404}
    with events_happen():
        stay(User.objects.get(pk=alice.pk))
    assert statuses(alices_picture) == {200}


def test_profile_pictures_too(staff, as_alice, alice, events_happen):
    sent = {"display_name": "Alice", "avatar": picture_file(), "header": picture_file()}
    with events_happen():
        as_alice.post("/settings/profile/", sent)
    alice.refresh_from_db()
    urls = [alice.avatar_url, alice.header_url]
    assert [Client().get(url).status_code for url in urls] == [200, 200]
    with events_happen():
        suspend_user(staff, alice)
    assert [Client().get(url).status_code for url in urls] == [404, 404]
    with events_happen():
        restore_user(staff, alice)
    assert [Client().get(url).status_code for url in urls] == [200, 200]


def test_what_was_withheld_is_erased_with_its_tweet(staff, alice, alices_picture, tmp_path, events_happen):
    tweet = make_tweet(alice, "look", images=[alices_picture])
    with events_happen():
        hide_tweet(staff, tweet)
    assert [path for path in (tmp_path / "private" / "withheld").rglob("*") if path.is_file()]
    with events_happen():
        delete_tweet(alice, tweet)
    assert not [path for path in (tmp_path / "private" / "withheld").rglob("*") if path.is_file()]


def test_a_picture_still_being_made_follows(staff, alice, events_happen):
    picture = upload(alice, BytesIO(files.photo((900, 700))))
    suspend_user(staff, alice)
    process(picture)
    picture.refresh_from_db()
    assert picture.is_ready
    assert statuses(picture) == {404}


def test_folders_on_two_disks_are_copied_between(alice, alices_picture, monkeypatch):
    def on_another_disk(*paths):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    User.objects.filter(pk=alice.pk).update(state=User.State.SUSPENDED)
    with monkeypatch.context() as patched:
        real = os.replace
        patched.setattr(
            os, "replace", lambda a, b: on_another_disk() if not a.name.startswith(".") else real(a, b)
        )
        settle_pictures_of(alice.pk)
    assert statuses(alices_picture) == {404}
    User.objects.filter(pk=alice.pk).update(state=User.State.ACTIVE)
    settle_pictures_of(alice.pk)
    assert statuses(alices_picture) == {200}


def test_of_many_one_job_does_some_and_the_next_goes_on(staff, alice, settings, monkeypatch, events_happen):
    pictures = [picture_of(alice) for _ in range(5)]
    settings.PICTURES_SETTLING_SECONDS = 0
    monkeypatch.setattr(settling, "_AT_ONCE", 2)
    with events_happen():
        suspend_user(staff, alice)
    assert statuses(*pictures) == {404}
    assert Attachment.objects.count() == 5


def test_of_somebody_who_is_gone_there_is_nothing_to_do():
    settle_pictures_of(1)
    settling.settle_pictures_in(1)
