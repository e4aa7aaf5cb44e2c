"""Pictures that wait with a draft: no clean-up takes them, and no other tweet."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from attachments.actions import claim, discard_held, hold, release
from attachments.models import Attachment
from attachments.periodic import remove_unclaimed
from attachments.queries import claimable, unclaimed
from common.errors import Invalid, TooMany


def days_later(days=3):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_what_is_held_outlives_the_clean_up(alice, uploaded):
    kept, _ = uploaded(alice), uploaded(alice)
    hold(alice, [kept.id], "draft:a")
    with days_later():
        remove_unclaimed()
    assert list(Attachment.objects.all()) == [kept]


def test_what_is_let_go_follows_the_clean_up(alice, uploaded):
    first, second = uploaded(alice), uploaded(alice)
    hold(alice, [first.id, second.id], "draft:a")
    hold(alice, [second.id], "draft:a")
    with days_later():
        remove_unclaimed()
    assert list(Attachment.objects.all()) == [second]
    release(alice, "draft:a")
    with days_later():
        remove_unclaimed()
    assert not Attachment.objects.exists()


def test_nothing_else_can_take_what_is_held(alice, uploaded):
    picture = uploaded(alice)
    hold(alice, [picture.id], "draft:a")
    assert unclaimed(alice, [picture.id]) == []
    assert unclaimed(alice, [picture.id], "draft:b") == []
    assert unclaimed(alice, [picture.id], "draft:a") == [picture]
    with pytest.raises(Invalid, match="no longer there"):
        claimable(alice, [picture.id])
    with pytest.raises(Invalid, match="already in a tweet"):
        claim([picture])
    hold(alice, [picture.id], "draft:b")
    assert unclaimed(alice, [picture.id], "draft:a") == [picture]


def test_nobody_holds_what_is_somebody_elses_or_in_a_tweet(alice, bob, uploaded):
    foreign, shown = uploaded(bob), uploaded(alice)
    claim([shown])
    hold(alice, [foreign.id, shown.id, -1, 2**70], "draft:a")
    assert set(Attachment.objects.values_list("holder", flat=True)) == {""}


def test_throwing_away_takes_only_what_that_one_held(alice, bob, uploaded):
    mine, other, his = uploaded(alice), uploaded(alice), uploaded(bob)
    hold(alice, [mine.id], "draft:a")
    hold(alice, [other.id], "draft:b")
    hold(bob, [his.id], "draft:a")
    discard_held(alice, "draft:a")
    discard_held(alice, "draft:a")
    assert set(Attachment.objects.all()) == {other, his}


def test_no_more_is_held_than_there_is_room_for(alice, uploaded, settings):
    settings.PICTURES_HELD_MAX = 2
    pictures = [uploaded(alice) for _ in range(3)]
    hold(alice, [picture.id for picture in pictures[:2]], "draft:a")
    with pytest.raises(Invalid, match="hold 2 pictures"):
        hold(alice, [pictures[2].id], "draft:b")
    hold(alice, [pictures[0].id], "draft:a")
    hold(alice, [pictures[2].id], "draft:b")


def test_what_is_held_takes_no_room_from_new_pictures(alice, uploaded, settings):
    settings.PICTURES_UNCLAIMED_MAX = 1
    picture = uploaded(alice)
    with pytest.raises(TooMany):
        uploaded(alice)
    hold(alice, [picture.id], "draft:a")
    uploaded(alice)
