"""What one does about other people; the answer is always how one stands to them then."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers

from accounts.models import User
from accounts.queries import person_by_id
from api.answers import answer, encode, encoded, listed
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Flag, Id, Input, Many, Text
from api.paging import links, window_of
from api.shapes.accounts import accounts, muted_account
from api.shapes.relationships import relationship, relationships
from api.views.pages import PEOPLE_PAGE, people_page
from relationships.actions import (
    accept_follow,
    block_user,
    endorse,
    follow_user,
    mute_user,
    refuse_follow,
    remove_follower,
    stop_endorsing,
    unblock_user,
    unfollow_user,
    unmute_user,
    write_note,
)
from relationships.queries import (
    blocked_by,
    endorsed_by,
    familiar_followers,
    muted_by,
    related_by_id,
    requests_to,
)

_MOST_AT_ONCE = 80
_LONGEST_SECONDS = 10 * 365 * 24 * 3600


class _ManyInput(Input):
    id = Many(child=Id(), default=list)


class _StandingInput(_ManyInput):
    with_suspended = Flag(default=False)


class _FollowInput(Input):
    """What is not sent stays as it is."""

    reblogs = Flag(default=None, allow_null=True)
    notify = Flag(default=None, allow_null=True)
    languages = Many(
        child=serializers.CharField(max_length=20, allow_blank=True), default=None, allow_null=True
    )


class _MuteInput(Input):
    notifications = Flag(default=True)
    duration = serializers.IntegerField(default=0, min_value=0, max_value=_LONGEST_SECONDS)


class _NoteInput(Input):
    comment = Text(default="", allow_null=True)


@takes(_StandingInput)
def index(request: ApiRequest) -> HttpResponse:
    """How one stands to each of these people; those who do not exist are left out."""
    sent = _StandingInput.read(request)
    ids = list(dict.fromkeys(sent["id"]))[:_MOST_AT_ONCE]
    people = User.objects.all() if sent["with_suspended"] else User.objects.active()
    there = set(people.filter(pk__in=ids).values_list("pk", flat=True))
    return answer(relationships(request.user, [an_id for an_id in ids if an_id in there]))


@takes(_ManyInput)
def familiar(request: ApiRequest) -> HttpResponse:
    """For each of these people those whom one follows and who follow them."""
    ids = list(dict.fromkeys(_ManyInput.read(request)["id"]))[:_MOST_AT_ONCE]
    found = familiar_followers(request.user, ids)
    drawn = accounts(an_id for several in found.values() for an_id in several)
    return encoded(
        listed(
            [
                b'{"id":%b,"accounts":%b}'
                % (encode(str(an_id)), listed([drawn[one] for one in several if one in drawn]))
                for an_id, several in found.items()
            ]
        )
    )


@takes(_FollowInput)
def follow(request: ApiRequest, account_id: int) -> HttpResponse:
    """Follow somebody, or ask to; or change what one wishes to see of them."""
    sent = _FollowInput.read(request)
    person = person_by_id(account_id, request.user)
    follow_user(
        request.user,
        person,
        shows_retweets=sent["reblogs"],
        notifies=sent["notify"],
        languages=None if sent["languages"] is None else list(filter(None, sent["languages"])),
    )
    return answer(relationship(request.user, account_id))


def unfollow(request: ApiRequest, account_id: int) -> HttpResponse:
    """Follow them no more, or take back that one asked."""
    unfollow_user(request.user, related_by_id(request.user, account_id))
    return answer(relationship(request.user, account_id))


def remove_from_followers(request: ApiRequest, account_id: int) -> HttpResponse:
    """Let them follow no more."""
    remove_follower(request.user, related_by_id(request.user, account_id))
    return answer(relationship(request.user, account_id))


def block(request: ApiRequest, account_id: int) -> HttpResponse:
    """Neither sees the other any more."""
    block_user(request.user, person_by_id(account_id, request.user))
    return answer(relationship(request.user, account_id))


def unblock(request: ApiRequest, account_id: int) -> HttpResponse:
    """End a block."""
    unblock_user(request.user, related_by_id(request.user, account_id))
    return answer(relationship(request.user, account_id))


@takes(_MuteInput)
def mute(request: ApiRequest, account_id: int) -> HttpResponse:
    """Not come across them, for `duration` seconds or for good."""
    sent = _MuteInput.read(request)
    until = timezone.now() + timedelta(seconds=sent["duration"]) if sent["duration"] else None
    person = person_by_id(account_id, request.user)
    mute_user(request.user, person, until=until, hides_notifications=sent["notifications"])
    return answer(relationship(request.user, account_id))


def unmute(request: ApiRequest, account_id: int) -> HttpResponse:
    """Hear them again."""
    unmute_user(request.user, related_by_id(request.user, account_id))
    return answer(relationship(request.user, account_id))


@takes(_NoteInput)
def note(request: ApiRequest, account_id: int) -> HttpResponse:
    """Keep a private note about somebody; an empty one is none."""
    text = _NoteInput.read(request)["comment"] or ""
    write_note(request.user, person_by_id(account_id, request.user), text)
    return answer(relationship(request.user, account_id))


def pin(request: ApiRequest, account_id: int) -> HttpResponse:
    """Recommend somebody one follows, on one's profile."""
    endorse(request.user, person_by_id(account_id, request.user))
    return answer(relationship(request.user, account_id))


def unpin(request: ApiRequest, account_id: int) -> HttpResponse:
    """Recommend them no more."""
    stop_endorsing(request.user, related_by_id(request.user, account_id))
    return answer(relationship(request.user, account_id))


@takes(Page)
def endorsements(request: ApiRequest) -> HttpResponse:
    """Whom one recommends."""
    return people_page(request, endorsed_by(request.user), "followed_id")


@takes(Page)
def endorsed(request: ApiRequest, account_id: int) -> HttpResponse:
    """Whom somebody recommends."""
    person = person_by_id(account_id, request.user)
    return people_page(request, endorsed_by(person, request.user), "followed_id")


@takes(Page)
def blocks(request: ApiRequest) -> HttpResponse:
    """Whom one blocks."""
    return people_page(request, blocked_by(request.user), "blocked_id")


@takes(Page)
def mutes(request: ApiRequest) -> HttpResponse:
    """Whom one mutes just now, and until when."""
    window = window_of(request, *PEOPLE_PAGE)
    found = window.rows(muted_by(request.user), "id", "muted_id", "until")
    people = accounts(person_id for _, person_id, _ in found)
    drawn = [muted_account(people[person_id], until) for _, person_id, until in found if person_id in people]
    return encoded(listed(drawn), headers=links(request, [row_id for row_id, _, _ in found], window))


@takes(Page)
def requests(request: ApiRequest) -> HttpResponse:
    """Who asks to follow."""
    return people_page(request, requests_to(request.user), "follower_id")


def authorize(request: ApiRequest, account_id: int) -> HttpResponse:
    """Let somebody follow who asked."""
    accept_follow(request.user, person_by_id(account_id, request.user))
    return answer(relationship(request.user, account_id))


def reject(request: ApiRequest, account_id: int) -> HttpResponse:
    """Say no, without a word."""
    refuse_follow(request.user, related_by_id(request.user, account_id))
    return answer(relationship(request.user, account_id))
