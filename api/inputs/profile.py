"""What clients send to change oneself, and which action takes which part of it."""

from typing import Any

from rest_framework import serializers

from accounts.models import User
from api.inputs.fields import Flag, Input, Language, Many, Text
from api.inputs.media import Upload

_AUDIENCE = {
    "public": User.Audience.PUBLIC,
    "unlisted": User.Audience.QUIET,
    "private": User.Audience.FOLLOWERS,
}
_QUOTERS = {
    "public": User.Quoters.EVERYONE,
    "followers": User.Quoters.FOLLOWERS,
    "nobody": User.Quoters.NOBODY,
}


class _ProfileField(serializers.Serializer[Any]):
    name = Text(default="", allow_null=True)
    value = Text(default="", allow_null=True)


class _Source(serializers.Serializer[Any]):
    privacy = serializers.ChoiceField(list(_AUDIENCE), required=False)
    sensitive = Flag(required=False)
    language = Language(required=False, allow_null=True)
    quote_policy = serializers.ChoiceField(list(_QUOTERS), required=False)


class ProfileInput(Input):
    display_name = Text(required=False)
    note = Text(required=False)
    avatar = Upload(required=False)
    header = Upload(required=False)
    avatar_description = Text(required=False)
    header_description = Text(required=False)
    bot = Flag(required=False)
    locked = Flag(required=False)
    discoverable = Flag(required=False)
    indexable = Flag(required=False)
    hide_collections = Flag(required=False)
    fields_attributes = Many(child=_ProfileField(), required=False)
    attribution_domains = Many(child=serializers.CharField(max_length=300, allow_blank=True), required=False)
    source = _Source(required=False)  # type: ignore[assignment]  # the stubs mean `Field.source`


def profile(person: User, sent: dict[str, Any]) -> dict[str, Any]:
    """For `update_profile`: all of it, with what was sent in its place; nothing if nothing was."""
    names = {
        "display_name": "display_name",
        "note": "bio",
        "bot": "is_automated",
        "avatar_description": "avatar_description",
        "header_description": "header_description",
    }
    changed = {ours: sent[theirs] for theirs, ours in names.items() if theirs in sent}
    changed |= {name: sent[name] for name in ("avatar", "header") if name in sent}
    if "fields_attributes" in sent:
        pairs = ((one["name"] or "", one["value"] or "") for one in sent["fields_attributes"])
        changed["fields"] = [pair for pair in pairs if any(pair)]
    if "attribution_domains" in sent:
        changed["attribution_domains"] = sent["attribution_domains"]
    if sent and not changed:
        return {}
    present = {name: getattr(person, name) for name in ("display_name", "bio", "location", "website")}
    return {**present, **changed}


def privacy(person: User, sent: dict[str, Any]) -> dict[str, Any]:
    """For `update_privacy`. Being found is one choice here: `indexable` counts where both are sent."""
    names = {
        "locked": "is_locked",
        "discoverable": "is_findable",
        "indexable": "is_findable",
        "hide_collections": "hides_network",
    }
    changed = {ours: sent[theirs] for theirs, ours in names.items() if theirs in sent}
    return {**privacy_of(person), **changed} if changed else {}


def privacy_of(person: User) -> dict[str, Any]:
    """What `update_privacy` takes, as it is now."""
    kept = ("is_locked", "is_findable", "hides_network", "hides_counts", "messages_from")
    return {name: getattr(person, name) for name in kept}


def posting(person: User, sent: dict[str, Any]) -> dict[str, Any]:
    """For `update_posting`."""
    source = sent.get("source") or {}
    changed: dict[str, Any] = {}
    if "privacy" in source:
        changed["audience"] = _AUDIENCE[source["privacy"]]
    if "quote_policy" in source:
        changed["quoters"] = _QUOTERS[source["quote_policy"]]
    if "sensitive" in source:
        changed["is_sensitive"] = source["sensitive"]
    if "language" in source:
        changed["language"] = source["language"] or ""
    present = {
        "audience": person.posts_to,
        "repliers": person.posts_repliers,
        "quoters": person.posts_quoters,
        "language": person.posts_language,
        "is_sensitive": person.posts_sensitive,
    }
    return {**present, **changed} if changed else {}
