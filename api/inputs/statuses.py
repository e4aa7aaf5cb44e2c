"""What clients send to say something."""

from dataclasses import replace
from typing import Any

from rest_framework import serializers

from accounts.models import User
from api.inputs.fields import Flag, Id, Input, Language, Many, Text
from api.inputs.media import Focus
from attachments.queries import unclaimed
from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import Tweet
from tweets.queries import as_draft, images_of, poll_of

VISIBILITY = {
    "public": Tweet.Visibility.PUBLIC,
    "unlisted": Tweet.Visibility.QUIET,
    "private": Tweet.Visibility.FOLLOWERS,
    "direct": Tweet.Visibility.DIRECT,
}
QUOTERS = {
    "public": Tweet.Quoters.EVERYONE,
    "followers": Tweet.Quoters.FOLLOWERS,
    "nobody": Tweet.Quoters.NOBODY,
}


class _Question(serializers.Serializer[Any]):
    options = Many(child=serializers.CharField(max_length=1000))
    expires_in = serializers.IntegerField(min_value=0, max_value=10**9)
    multiple = Flag(default=False)
    hide_totals = Flag(default=False)


class StatusInput(Input):
    """The words of a new tweet. What is not sent is as its author prefers."""

    status = Text(default="", allow_null=True)
    media_ids = Many(child=Id(), default=list, allow_null=True)
    poll = _Question(default=None, allow_null=True)
    in_reply_to_id = Id(default=None, allow_null=True)
    sensitive = Flag(default=None, allow_null=True)
    spoiler_text = Text(default="", allow_null=True)
    visibility = serializers.ChoiceField(list(VISIBILITY), default=None, allow_null=True)
    language = Language(default=None, allow_null=True)
    quoted_status_id = Id(default=None, allow_null=True)
    quote_approval_policy = serializers.ChoiceField(list(QUOTERS), default=None, allow_null=True)
    scheduled_at = serializers.DateTimeField(default=None, allow_null=True)


class _MediaAttributes(serializers.Serializer[Any]):
    id = Id()
    description = Text(default=None, allow_null=True)
    focus = Focus(default=None, allow_null=True)


class EditInput(Input):
    """What may be changed later."""

    status = Text(default="", allow_null=True)
    spoiler_text = Text(default="", allow_null=True)
    sensitive = Flag(default=False, allow_null=True)
    language = Language(default="", allow_null=True)
    media_ids = Many(child=Id(), default=list, allow_null=True)
    media_attributes = Many(child=_MediaAttributes(), default=list, allow_null=True)
    poll = _Question(default=None, allow_null=True)
    quote_approval_policy = serializers.ChoiceField(list(QUOTERS), default=None, allow_null=True)


def to_draft(author: User, sent: dict[str, Any], key: str = "") -> TweetDraft:
    """The one value that every door builds."""
    visibility, quoters = sent["visibility"], sent["quote_approval_policy"]
    sensitive, language = sent["sensitive"], sent["language"]
    return TweetDraft(
        text=sent["status"] or "",
        images=_images(author, sent["media_ids"] or []),
        key=key,
        visibility=VISIBILITY[visibility] if visibility else author.posts_to,
        repliers=author.posts_repliers,
        quoters=QUOTERS[quoters] if quoters else author.posts_quoters,
        reply_to_id=sent["in_reply_to_id"],
        quote_of_id=sent["quoted_status_id"],
        warning=sent["spoiler_text"] or "",
        is_sensitive=author.posts_sensitive if sensitive is None else sensitive,
        language=author.posts_language if language is None else language,
        poll=to_poll(sent["poll"]),
    )


def to_edit(tweet: Tweet, sent: dict[str, Any]) -> TweetDraft:
    """What the tweet says, with what was sent in its place. A poll that is not sent stays, votes and all."""
    names = {"status": "text", "spoiler_text": "warning", "sensitive": "is_sensitive", "language": "language"}
    changed: dict[str, Any] = {ours: sent[theirs] or "" for theirs, ours in names.items() if theirs in sent}
    if "sensitive" in sent:
        changed["is_sensitive"] = bool(sent["sensitive"])
    poll = to_poll(sent["poll"]) if sent.get("poll") else poll_of(tweet)
    return replace(as_draft(tweet), **changed, images=_edited_images(tweet, sent), poll=poll)


def _edited_images(tweet: Tweet, sent: dict[str, Any]) -> tuple[DraftImage, ...]:
    shown = {image.pk: image.description for image in images_of(tweet)}
    ids = sent["media_ids"] or [] if "media_ids" in sent else list(shown)
    described = {image.attachment_id: image.description for image in _images(tweet.author, ids)}
    said = {one["id"]: one["description"] for one in sent.get("media_attributes") or [] if one["description"]}
    return tuple(DraftImage(an_id, said.get(an_id, shown.get(an_id, described[an_id]))) for an_id in ids)


def to_poll(sent: dict[str, Any] | None) -> PollDraft | None:
    if sent is None:
        return None
    return PollDraft(tuple(sent["options"]), sent["expires_in"], sent["multiple"], sent["hide_totals"])


def _images(author: User, ids: list[int]) -> tuple[DraftImage, ...]:
    """With the descriptions they have; those that are not the author's to use are refused when posting."""
    described = {image.pk: image.description for image in unclaimed(author, ids)}
    return tuple(DraftImage(an_id, described.get(an_id, "")) for an_id in ids)
