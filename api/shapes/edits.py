"""What a tweet says in its source, and what it said before: `StatusSource`, `StatusEdit`."""

from datetime import datetime
from typing import Any

from django.conf import settings
from orjson import Fragment

from api.answers import encode
from api.shapes.accounts import accounts
from api.shapes.media import media
from api.shapes.values import html_of, stamp
from attachments.models import Attachment
from tweets.models import Tweet, TweetEdit
from tweets.queries import images_of, poll_of
from tweets.text import parse, render


def source_of(tweet: Tweet) -> dict[str, Any]:
    return {"id": str(tweet.pk), "text": tweet.text, "spoiler_text": tweet.warning}


def edits_of(tweet: Tweet) -> bytes:
    """All versions as JSON, oldest first, the present one last."""
    author = Fragment(accounts([tweet.author_id])[tweet.author_id])
    former = list(TweetEdit.objects.filter(tweet=tweet).order_by("revision"))
    there = Attachment.objects.in_bulk([picture["id"] for edit in former for picture in edit.pictures])
    asked = poll_of(tweet)
    shapes = [
        _edit(
            edit,
            _rendered(edit.text),
            edit.written_at,
            [media(there[picture["id"]]) for picture in edit.pictures if picture["id"] in there],
            (edit.poll or {}).get("choices"),
        )
        for edit in former
    ]
    pictures = [media(image) for image in images_of(tweet)]
    moment = tweet.edited_at or tweet.created_at
    shapes.append(_edit(tweet, tweet.html, moment, pictures, asked.choices if asked else None))
    return encode([{**shape, "account": author} for shape in shapes])


def _edit(
    version: Tweet | TweetEdit, html: str, moment: datetime, pictures: list[dict[str, Any]], choices: Any
) -> dict[str, Any]:
    return {
        "content": html_of(html),
        "spoiler_text": version.warning,
        "sensitive": version.is_sensitive or bool(version.warning),
        "created_at": stamp(moment),
        "poll": {"options": [{"title": choice} for choice in choices]} if choices else None,
        "quote": None,
        "media_attachments": pictures,
        "emojis": [],
    }


def _rendered(text: str) -> str:
    """Only finished HTML of the present version is kept."""
    parsed = parse(text, limit=settings.TWEET_MAX_WEIGHT, home=settings.SITE_HOST)
    return render(text, parsed.entities)
