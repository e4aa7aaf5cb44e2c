"""Answering those who ask to follow a locked account."""

from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from common.errors import NotFound
from events.bus import publish
from events.catalogue import FollowRefused
from relationships.actions.follow import begin_follow
from relationships.models import Follow, FollowRequest


@transaction.atomic
def accept_follow(followed: User, follower: User) -> Follow:
    """Let them follow. Raises NotFound when they do not ask (any more)."""
    lock_people(follower.pk, followed.pk)  # a block or an unfollow at the same moment has the last word
    request = FollowRequest.objects.filter(follower=follower, followed=followed).first()
    if request is None:
        raise NotFound("This request is no longer there.")
    return begin_follow(
        follower,
        followed,
        shows_retweets=request.shows_retweets,
        notifies=request.notifies,
        languages=request.languages,
    )


@transaction.atomic
def refuse_follow(followed: User, follower: User) -> None:
    """Say no, without a word to them; twice is harmless."""
    lock_people(follower.pk, followed.pk)
    refused, _ = FollowRequest.objects.filter(follower=follower, followed=followed).delete()
    if refused:
        publish(FollowRefused(follower_id=follower.id, followed_id=followed.id))


def accept_every_request(followed: User) -> int:
    """Let all in who ask, as when an account is unlocked; returns how many."""
    requests = FollowRequest.objects.filter(followed=followed).select_related("follower")
    accepted = 0
    for request in requests.iterator():
        with transaction.atomic():
            lock_people(request.follower_id, followed.pk)
            if FollowRequest.objects.filter(pk=request.pk).exists():
                begin_follow(
                    request.follower,
                    followed,
                    shows_retweets=request.shows_retweets,
                    notifies=request.notifies,
                    languages=request.languages,
                )
                accepted += 1
    return accepted
