"""No page may be forgotten by the tests of looks."""

from django.urls import URLPattern, URLResolver

from tests.browser.screens import NO_SCREENS, SCREENS
from twitter_clone.urls import pages

_LIBRARY = ("account_", "mfa_")  # django-allauth's second names of pages of ours


def names(patterns: list) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            found.add(pattern.name or str(pattern.pattern))
    return found


def test_every_address_is_a_screen_or_says_why_not():
    listed = {screen.name for screen in SCREENS} | set(NO_SCREENS)
    known = {name for name in names(pages) if not name.startswith(_LIBRARY)}

    assert known - listed == set(), "add the new page to SCREENS in tests/browser/screens.py"
    assert listed - known == set(), "remove what is no longer there from tests/browser/screens.py"
