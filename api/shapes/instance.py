"""This server: both documents that clients read before anything else."""

from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.utils import timezone
from orjson import Fragment

from accounts.models import User
from accounts.queries import people_count
from api.shapes.accounts import account
from api.shapes.pushes import server_key
from api.shapes.values import stamp, static
from common.errors import NotFound
from common.naming import site_name
from joining.queries import policy
from server.queries import document, version_after
from server.queries import rules as in_force
from tweets.queries import tweets_count

_USAGE_SECONDS = 300  # how long counts of people and tweets are believed
_KINDS = ["image/jpeg", "image/png", "image/gif", "image/webp"]
_LINK_WEIGHT = 23
_OPEN_FEEDS = ("live_feeds", "hashtag_feeds", "trending_link_feeds")  # visitors read them, too


def v2() -> dict[str, Any]:
    """`Instance`."""
    now = policy()
    needs_yes = "approval" in (now.mode, settings.API_REGISTRATIONS)
    return {
        "domain": settings.SITE_HOST,
        "title": site_name(),
        "version": _version(),
        "source_url": settings.SITE_URL,
        "description": _description(),
        "usage": {"users": {"active_month": usage()["active_month"]}},
        "thumbnail": {
            "url": static("api/header.png"),
            "blurhash": None,
            "versions": dict.fromkeys(("@1x", "@2x"), static("api/header.png")),
            "description": None,
        },
        "icon": [{"src": static("api/avatar.png"), "size": "400x400"}],
        "languages": [settings.LANGUAGE_CODE],
        "configuration": {
            **_limits(),
            "urls": {
                "streaming": _streaming(),
                "about": f"{settings.SITE_URL}/about/",
                "status": None,
                "privacy_policy": f"{settings.SITE_URL}/privacy/",
                "terms_of_service": f"{settings.SITE_URL}/terms/",
            },
            "vapid": {"public_key": server_key()},
            "translation": {"enabled": False},
            "limited_federation": False,
            "timelines_access": {feed: dict.fromkeys(("local", "remote"), "public") for feed in _OPEN_FEEDS},
        },
        "registrations": {
            "enabled": _lets_apps_register() and now.mode in ("open", "approval"),
            "approval_required": needs_yes,
            "reason_required": needs_yes,
            "message": f'<p>Join at <a href="{settings.SITE_URL}/register/">{settings.SITE_HOST}</a>.</p>',
            "min_age": None,
            "url": f"{settings.SITE_URL}/register/",
        },
        "api_versions": {"mastodon": 7},
        "contact": {
            "email": settings.CONTACT_EMAIL,
            "account": _contact(),
        },
        "rules": rules(),
        "wrapstodon": None,
    }


def v1() -> dict[str, Any]:
    """`V1::Instance`."""
    counted, now = usage(), v2()
    return {
        "uri": settings.SITE_HOST,
        "title": site_name(),
        "short_description": _description(),
        "description": _description(),
        "email": now["contact"]["email"],
        "version": _version(),
        "urls": {"streaming_api": now["configuration"]["urls"]["streaming"]},
        "stats": {"user_count": counted["people"], "status_count": counted["tweets"], "domain_count": 0},
        "thumbnail": now["thumbnail"]["url"],
        "languages": now["languages"],
        "registrations": now["registrations"]["enabled"],
        "approval_required": now["registrations"]["approval_required"],
        "invites_enabled": policy().people_invite,
        "configuration": _limits(),
        "contact_account": now["contact"]["account"],
        "rules": rules(),
    }


def rules() -> list[dict[str, Any]]:
    """`Rule`, each. One query."""
    return [
        {"id": str(rule.pk), "text": rule.text, "hint": rule.hint, "translations": {}} for rule in in_force()
    ]


def extended_description() -> dict[str, Any]:
    """`ExtendedDescription`: what staff wrote of the server, else a sentence as old as its first person."""
    about = document("about")
    if about is None:
        first = User.objects.order_by("pk").first()
        written_at = first.joined_at if first else timezone.now()
        return {"updated_at": stamp(written_at), "content": f"<p>{_description()}</p>"}
    return {"updated_at": stamp(about.published_at), "content": about.html}


def privacy_policy() -> dict[str, Any]:
    """`PrivacyPolicy`. Raises NotFound while there is none."""
    found = document("privacy")
    if found is None:
        raise NotFound("Nothing is written down yet.")
    return {"updated_at": stamp(found.published_at), "content": found.html}


def terms_of_service(day: str = "") -> dict[str, Any]:
    """`TermsOfService`, as they are or were on that day (YYYY-MM-DD). NotFound while there are none."""
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        raise NotFound("This is no day.") from None
    found = document("terms", on)
    if found is None:
        raise NotFound("Nothing was written down then.")
    next_one = version_after(found)
    return {
        "effective_date": f"{found.published_at:%Y-%m-%d}",
        "effective": next_one is None,
        "content": found.html,
        "succeeded_by": f"{next_one.published_at:%Y-%m-%d}" if next_one else None,
    }


def _lets_apps_register() -> bool:
    return settings.API_REGISTRATIONS != "off" and not settings.CAPTCHA_QUESTION


def _contact() -> Fragment | None:
    """The account of who owns this server, and was here first."""
    owner = User.objects.active().confirmed().filter(is_superuser=True).order_by("pk").first()
    return Fragment(account(owner)) if owner else None


def _version() -> str:
    """What clients decide by: the version of Mastodon whose API this is, as far as it goes."""
    return f"4.5.0 (compatible; {site_name()} {settings.VERSION})"


def _streaming() -> str | None:
    """Where streams are; None where nothing keeps connections open."""
    return settings.SITE_URL.replace("http", "ws", 1) if settings.LIVE_SOCKETS else None


def _description() -> str:
    return "A place for short words and pictures."


def _limits() -> dict[str, Any]:
    return {
        "accounts": {
            "max_featured_tags": settings.TAGS_FEATURED_MAX,
            "max_pinned_statuses": settings.TWEETS_PINNED_MAX,
            "max_display_name_length": settings.DISPLAY_NAME_MAX_LENGTH,
            "max_note_length": settings.BIO_MAX_LENGTH,
            "max_avatar_description_length": settings.PROFILE_PICTURE_MAX_DESCRIPTION,
            "max_header_description_length": settings.PROFILE_PICTURE_MAX_DESCRIPTION,
            "max_profile_fields": settings.PROFILE_FIELDS_MAX,
            "profile_field_name_limit": settings.PROFILE_FIELD_MAX_LENGTH,
            "profile_field_value_limit": settings.PROFILE_FIELD_MAX_LENGTH,
        },
        "statuses": {
            "max_characters": settings.TWEET_MAX_WEIGHT,
            "max_media_attachments": settings.TWEET_MAX_PICTURES,
            "characters_reserved_per_url": _LINK_WEIGHT,
        },
        "media_attachments": {
            "supported_mime_types": _KINDS,
            "description_limit": settings.PICTURE_MAX_DESCRIPTION,
            "image_size_limit": settings.PICTURE_MAX_BYTES,
            "image_matrix_limit": settings.PICTURE_MAX_PIXELS,
            "video_size_limit": 0,
            "video_frame_rate_limit": 0,
            "video_matrix_limit": 0,
        },
        "polls": {
            "max_options": settings.POLL_MAX_CHOICES,
            "max_characters_per_option": settings.POLL_CHOICE_MAX_LENGTH,
            "min_expiration": settings.POLL_MIN_SECONDS,
            "max_expiration": settings.POLL_MAX_SECONDS,
        },
    }


def usage() -> dict[str, int]:
    """How many people and tweets there are, believed for some minutes."""
    return cast(dict[str, int], cache.get_or_set("api:usage", _counted, _USAGE_SECONDS))


def _counted() -> dict[str, int]:
    month = timezone.now() - timedelta(days=28)
    active = User.objects.local().active().filter(last_tweeted_at__gt=month).count()
    return {"people": people_count(), "tweets": tweets_count(AnonymousUser()), "active_month": active}
