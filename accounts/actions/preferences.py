"""What one prefers: how to read, and what a new tweet begins with."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices

from accounts.models import User
from common.errors import Invalid
from common.languages import known_language


@transaction.atomic
def update_reading(
    user: User, *, opens_warnings: bool, pictures_shown: str, languages: Sequence[str]
) -> User:
    """Write what stands open or covered, and which languages public timelines show; without any, all.

    Raises Invalid for an unknown choice and for too many languages.
    """
    _check(User.PicturesShown, pictures_shown, "pictures_shown")
    codes = dict.fromkeys(_language(language, "languages") for language in languages)
    if len(codes) > settings.LANGUAGES_READ_MAX:
        raise Invalid(
            f"Choose at most {settings.LANGUAGES_READ_MAX} languages, or none to read all.", field="languages"
        )
    user.opens_warnings, user.pictures_shown = opens_warnings, pictures_shown
    user.reads_languages = ",".join(codes)
    user.save(update_fields=["opens_warnings", "pictures_shown", "reads_languages"])
    return user


@transaction.atomic
def update_posting(
    user: User, *, audience: str, repliers: str, quoters: str, language: str, is_sensitive: bool
) -> User:
    """Write what a new tweet begins with. Raises Invalid for an unknown choice."""
    _check(User.Audience, audience, "audience")
    _check(User.Repliers, repliers, "repliers")
    _check(User.Quoters, quoters, "quoters")
    user.posts_to, user.posts_repliers, user.posts_quoters = audience, repliers, quoters
    user.posts_language = _language(language, "language") if language else ""
    user.posts_sensitive = is_sensitive
    user.save(
        update_fields=["posts_to", "posts_repliers", "posts_quoters", "posts_language", "posts_sensitive"]
    )
    return user


def _check(choices: type[TextChoices], value: str, field: str) -> None:
    if value not in choices.values:
        raise Invalid("Choose one of those in the list.", field=field)


def _language(code: str, field: str) -> str:
    known = known_language(code)
    if known is None:
        raise Invalid("Choose the languages from the list.", field=field)
    return known
