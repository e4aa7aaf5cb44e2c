"""Following, asking to follow, and ending it from either side."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from accounts.actions import adjust_counts, lock_people
from accounts.models import User
from common.errors import Invalid, NotAllowed
from common.languages import known_language
from events.bus import publish
from events.catalogue import FollowChanged, FollowRequested, UserFollowed, UserUnfollowed
from relationships.models import Follow, FollowRequest, written_languages
from relationships.policies import may_follow

Wishes = Mapping[str, bool | str]
_MOST_LANGUAGES = 20


@transaction.atomic
def follow_user(
    follower: User,
    followed: User,
    *,
    shows_retweets: bool | None = None,
    notifies: bool | None = None,
    languages: Collection[str] | None = None,
) -> Follow | FollowRequest:
    """Follow a person, or ask a locked one; asking again only changes the wishes that are given.

    Of `languages` alone one wants to read; none are all. Raises NotAllowed for oneself, the suspended, and
    across a block, Invalid for what is no language.
    """
    lock_people(follower.pk, followed.pk)
    if not may_follow(follower, followed):
        raise NotAllowed("You cannot follow this person.")
    wishes: Wishes = {
        name: wish
        for name, wish in (
            ("shows_retweets", shows_retweets),
            ("notifies", notifies),
            ("languages", None if languages is None else _written(languages)),
        )
        if wish is not None
    }
    follow = Follow.objects.filter(follower=follower, followed=followed).first()
    if follow is not None:
        _change(follow, wishes)
        return follow
    if followed.is_locked:
        return _ask(follower, followed, wishes)
    return begin_follow(follower, followed, **wishes)


def begin_follow(follower: User, followed: User, **wishes: Any) -> Follow:
    """Write the follow down and announce it; the caller checked that it is wanted and new."""
    FollowRequest.objects.filter(follower=follower, followed=followed).delete()
    follow, created = Follow.objects.get_or_create(follower=follower, followed=followed, defaults=wishes)
    if created:
        adjust_counts(follower.id, following=1)
        adjust_counts(followed.id, followers=1)
        publish(UserFollowed(follower_id=follower.id, followed_id=followed.id))
    return follow


@transaction.atomic
def unfollow_user(follower: User, followed: User) -> None:
    """End a follow, or take back a request; twice is harmless."""
    lock_people(follower.pk, followed.pk)
    FollowRequest.objects.filter(follower=follower, followed=followed).delete()
    end_follow(follower, followed)


@transaction.atomic
def remove_follower(followed: User, follower: User) -> None:
    """Make someone stop following; twice is harmless."""
    lock_people(follower.pk, followed.pk)
    end_follow(follower, followed)


def end_follow(follower: User, followed: User) -> None:
    """The caller holds both, so nothing is joined to it in between."""
    follow = Follow.objects.filter(follower=follower, followed=followed).first()
    if follow is not None:
        follow.delete()
        adjust_counts(follower.id, following=-1)
        adjust_counts(followed.id, followers=-1)
        publish(UserUnfollowed(follower_id=follower.id, followed_id=followed.id))


def _change(follow: Follow, wishes: Wishes) -> None:
    before = follow.shows_retweets, follow.languages
    _wish(follow, wishes)
    if (follow.shows_retweets, follow.languages) != before:
        publish(FollowChanged(follower_id=follow.follower_id, followed_id=follow.followed_id))


def _written(languages: Collection[str]) -> str:
    if len(languages) > _MOST_LANGUAGES:
        raise Invalid(f"Choose {_MOST_LANGUAGES} languages at most, or none for all.", "languages")
    known = {language: known_language(language) for language in languages}
    for language, code in known.items():
        if code is None:
            raise Invalid(f"“{language}” is no language that can be chosen here.", "languages")
    return written_languages(filter(None, known.values()))


def _wish(row: Follow | FollowRequest, wishes: Wishes) -> Follow | FollowRequest:
    for name, wish in wishes.items():
        setattr(row, name, wish)
    if wishes:
        row.save(update_fields=list(wishes))
    return row


def _ask(follower: User, followed: User, wishes: Wishes) -> FollowRequest:
    request, created = FollowRequest.objects.get_or_create(
        follower=follower, followed=followed, defaults=wishes
    )
    if created:
        publish(FollowRequested(follower_id=follower.id, followed_id=followed.id))
    else:
        _wish(request, wishes)
    return request
