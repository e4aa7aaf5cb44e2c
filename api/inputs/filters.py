"""What clients send to make word filters, in both forms."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from api.inputs.fields import Flag, Id, Input, Many, Number, Text
from relationships.actions import FilterDraft
from relationships.models import WordFilter

Action, Context = WordFilter.Action, WordFilter.Context
_LONGEST_SECONDS = 10 * 365 * 24 * 3600


class _Keyword(serializers.Serializer[Any]):
    """One with an `id` is there already; `_destroy` takes it out."""

    id = Id(default=None, allow_null=True)
    keyword = Text(default=None, allow_null=True)
    whole_word = Flag(default=None, allow_null=True)
    _destroy = Flag(default=False)


class FilterInput(Input):
    title = Text(required=False)
    context = Many(  # type: ignore[assignment]  # the stubs mean `Field.context`
        child=serializers.ChoiceField(Context.values), required=False, allow_empty=False
    )
    filter_action = serializers.ChoiceField(Action.values, required=False)
    expires_in = Number(required=False, allow_null=True, min_value=0, max_value=_LONGEST_SECONDS)
    keywords_attributes = Many(child=_Keyword(), required=False)


class FilteredTweetInput(Input):
    status_id = Id()


class KeywordInput(Input):
    keyword = Text()
    whole_word = Flag(default=True)


class PhraseInput(Input):
    """The older form: one phrase, one filter."""

    phrase = Text(required=False)
    context = Many(  # type: ignore[assignment]  # the stubs mean `Field.context`
        child=serializers.ChoiceField(Context.values), required=False, allow_empty=False
    )
    irreversible = Flag(required=False)
    whole_word = Flag(required=False)
    expires_in = Number(required=False, allow_null=True, min_value=0, max_value=_LONGEST_SECONDS)


def new_filter(sent: dict[str, Any]) -> FilterDraft:
    """For a filter that is made. Its words may follow later, its title and contexts may not."""
    keywords = {one["keyword"] or "": _whole(one, True) for one in sent.get("keywords_attributes", [])}
    _need(sent, "title", "context")
    return FilterDraft(
        title=sent["title"],
        keywords=keywords,
        contexts=tuple(sent["context"]),
        action=sent.get("filter_action", Action.WARN),
        expires_at=_end(sent.get("expires_in")),
        may_be_empty=True,
    )


def changed_filter(present: WordFilter, sent: dict[str, Any]) -> FilterDraft:
    """For a filter that is changed: what is not sent stays."""
    keywords = {row.pk: (row.phrase, row.whole_word) for row in present.keywords.all()}
    fresh: dict[str, bool] = {}
    for one in sent.get("keywords_attributes", []):
        known = keywords.pop(one["id"], None) if one["id"] else None
        if one["_destroy"]:
            continue
        phrase, is_whole = known or ("", True)
        fresh[phrase if one["keyword"] is None else one["keyword"]] = _whole(one, is_whole)
    return FilterDraft(
        title=sent.get("title", present.title),
        keywords={**dict(keywords.values()), **fresh},
        contexts=tuple(sent.get("context", present.contexts)),
        action=sent.get("filter_action", present.action),
        expires_at=_end(sent["expires_in"]) if "expires_in" in sent else present.expires_at,
        may_be_empty=True,
    )


def new_phrase(sent: dict[str, Any]) -> FilterDraft:
    """The older form: a filter that is called like its phrase."""
    _need(sent, "phrase", "context")
    return FilterDraft(
        title=sent["phrase"],
        keywords={sent["phrase"]: sent.get("whole_word", False)},
        contexts=tuple(sent["context"]),
        action=Action.HIDE if sent.get("irreversible") else Action.WARN,
        expires_at=_end(sent.get("expires_in")),
    )


def changed_phrase(present: WordFilter, sent: dict[str, Any]) -> FilterDraft:
    """The older form, without the phrase itself, which keeps its id."""
    action = present.action
    if "irreversible" in sent:
        action = Action.HIDE if sent["irreversible"] else Action.WARN
    return FilterDraft(
        title=present.title,
        keywords={row.phrase: row.whole_word for row in present.keywords.all()},
        contexts=tuple(sent.get("context", present.contexts)),
        action=action,
        expires_at=_end(sent["expires_in"]) if "expires_in" in sent else present.expires_at,
    )


def _need(sent: dict[str, Any], *names: str) -> None:
    if missing := [name for name in names if not sent.get(name)]:
        raise serializers.ValidationError({name: ["This field is required."] for name in missing})


def _whole(one: dict[str, Any], otherwise: bool) -> bool:
    return otherwise if one["whole_word"] is None else bool(one["whole_word"])


def _end(seconds: int | None) -> datetime | None:
    """Nothing and 0 are for good."""
    return timezone.now() + timedelta(seconds=seconds) if seconds else None
