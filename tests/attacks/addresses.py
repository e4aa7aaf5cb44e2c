"""All addresses of the site, leading to what a test made."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, reverse

from twitter_clone.urls import pages

_LIBRARY = ("account_", "mfa_")  # django-allauth's second names of pages of ours
_PLAIN = {
    "place": 1,
    "passkey_id": 1,
    "hue": 1,
    "letters": "A",
    "key": "a-b",
    "uidb36": "1",
    "year": 2026,
    "month": 11,
    "export_id": 1,
    **dict.fromkeys("report_id request_id measure_id rule_id entry_id announcement_id picture_id".split(), 1),
    **dict.fromkeys("automatic_id held_id hit_id".split(), 1),
    "token": "1:x",
    "day": "2026-01-01",
    "kind": "terms",
    "slug": "tweets",
}


def addresses_with(parts: dict[str, object]) -> dict[str, str]:
    """Each address by its name. `parts`: what stands for the handle, the tweet_id and so on."""
    given = {**_PLAIN, **parts}
    return {
        str(pattern.name): reverse(
            pattern.name,
            kwargs={
                part: given[part] for part in (*pattern.pattern.converters, *pattern.pattern.regex.groupindex)
            },
        )
        for pattern in _patterns(pages)
    }


def _patterns(patterns: list) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        elif not str(pattern.name).startswith(_LIBRARY):
            yield pattern
