"""Giving pictures to a tweet: only one's own, only once."""

import threading

import pytest
from django.db import connection

from attachments.actions import claim
from attachments.models import Attachment
from attachments.queries import claimable, unclaimed
from common.errors import Invalid


def test_pictures_come_in_the_order_asked_for(alice, uploaded):
    pictures = [uploaded(alice) for _ in range(3)]
    ids = [pictures[2].id, pictures[0].id, pictures[1].id]
    assert [picture.id for picture in claimable(alice, ids)] == ids
    assert claimable(alice, []) == []


def test_someone_elses_unknown_and_impossible_pictures_are_refused_alike(alice, bob, uploaded):
    own, foreign = uploaded(alice), uploaded(bob)
    sentences = set()
    for an_id in (foreign.id, 1, 0, -5, 2**63, 2**200):
        with pytest.raises(Invalid) as caught:
            claimable(alice, [own.id, an_id])
        sentences.add(caught.value.message)
        assert unclaimed(alice, [own.id, an_id]) == [own]
    assert sentences == {"One of the pictures is no longer there. Add it again."}


def test_the_same_picture_twice_is_refused(alice, uploaded):
    picture = uploaded(alice)
    with pytest.raises(Invalid, match="twice"):
        claimable(alice, [picture.id, picture.id])
    assert unclaimed(alice, [picture.id, picture.id]) == [picture]


def test_a_picture_still_being_stored_cannot_be_used(alice, uploaded):
    picture = uploaded(alice)
    Attachment.objects.update(state="arriving")
    with pytest.raises(Invalid):
        claimable(alice, [picture.id])
    with pytest.raises(Invalid):
        claim([picture])


def test_a_claimed_picture_cannot_be_claimed_again(alice, uploaded):
    picture = uploaded(alice)
    claim([picture])
    assert picture.claimed_at
    assert unclaimed(alice, [picture.id]) == []
    with pytest.raises(Invalid):
        claimable(alice, [picture.id])
    with pytest.raises(Invalid, match="already in a tweet"):
        claim([picture])


def test_all_are_claimed_or_none(alice, uploaded):
    taken, free = uploaded(alice), uploaded(alice)
    claim([taken])
    with pytest.raises(Invalid):
        claim([free, taken])
    assert unclaimed(alice, [free.id]) == [free]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_the_picture(alice, uploaded):
    picture = uploaded(alice)
    outcomes: list[bool] = []
    start = threading.Barrier(6)

    def one() -> None:
        start.wait()
        try:
            claim([Attachment(pk=picture.pk)])
            outcomes.append(True)
        except Invalid:
            outcomes.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 5 + [True]
