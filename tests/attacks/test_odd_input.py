"""What no form of ours sends: NUL, broken Unicode, huge numbers, forged ways back. No page breaks."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from accounts.actions import suspend_user
from relationships.actions import block_user, follow_user, mute_user
from tests.factories import make_tweet, make_user
from timelines.actions import add_to_list, create_list
from twitter_clone.urls import pages

pytestmark = pytest.mark.django_db
ODD = [
    "\0",
    "a\0b",
    "\ud800",
    "9" * 5000,
    "-1",
    "0",
    str(2**63),
    str(2**70),
    "٣",
    "x" * 9000,
    "\r\nX-Evil: 1",
    "%00",
]
PARAMETERS = (
    "cursor newer page after own only up_to reply_to quote next url maxwidth q name text tag with".split()
)

FORMS = (
    *("/create/", "/@alice/note", "/@alice/mute", "/@alice/follow", "/@alice/{id}/like"),
    *("/notifications/read", "/settings/privacy/", "/settings/profile/", "/settings/filters/new/"),
)


def addresses(patterns: list) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            parts = [*pattern.pattern.converters, *pattern.pattern.regex.groupindex]
            given = {part: "alice" if part == "handle" else "1" for part in parts}
            try:
                found.add(reverse(pattern.name, kwargs=given))
            except NoReverseMatch:
                continue
    return found


@pytest.fixture
def browser(bob, alice):
    client = Client(raise_request_exception=False)
    client.force_login(bob)
    return client


def test_no_page_breaks_on_odd_queries(browser):
    for address in sorted(addresses(pages) - {"/readyz"}):
        for odd in ODD[:4]:
            query = dict.fromkeys(PARAMETERS, odd.encode(errors="surrogatepass"))
            assert browser.get(address, query).status_code < 500, (address, odd[:20])


@pytest.mark.parametrize("odd", ODD)
def test_no_form_breaks_on_odd_fields(browser, alice, odd):
    said = odd.encode(errors="surrogatepass")
    fields = "text name how_long until up_to place reply_to quote visibility repliers quoters key attachments"
    tweet = make_tweet(alice)
    for path in FORMS:
        assert (
            browser.post(path.format(id=tweet.id), dict.fromkeys(fields.split(), said)).status_code < 500
        ), path


@pytest.mark.parametrize("cookie", [r'"\000aaaaaaaaaaaa"', "x" * 5000, r'"a\377\000bbbbbbbb"'])
def test_an_odd_session_is_no_session(alice, cookie):
    client = Client(raise_request_exception=False)
    answer = client.get("/local/", headers={"cookie": f"session={cookie}; theme={cookie}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/",
        "http://testserver//evil.example/",
        "http://testserver/\\evil.example/",
        "http://testserver@evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "http://[",
        "http://testserver/a\r\nSet-Cookie: a=b",
    ],
)
def test_the_way_back_stays_on_the_site(browser, alice, referer):
    tweet = make_tweet(alice)
    for path in (f"{tweet.path}/like", "/@alice/follow"):
        answer = browser.post(path, headers={"referer": referer})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith(("//", "/\\"))
        assert "\n" not in answer["Location"]
        assert "Set-Cookie: a" not in str(answer.headers)


@pytest.mark.parametrize("button", ["unblock", "unmute", "refuse"])
def test_a_suspended_stranger_is_nobody(as_bob, staff, button):
    suspend_user(staff, make_user("gone"))
    there, absent = (as_bob.post(f"/@{name}/{button}") for name in ("gone", "none"))
    assert there.status_code == absent.status_code == 404
    assert there.content.replace(b"gone", b"none") == absent.content


def test_a_block_and_a_mute_of_somebody_suspended_can_be_ended(as_bob, bob, staff):
    gone = make_user("gone")
    block_user(bob, gone)
    mute_user(bob, gone)
    suspend_user(staff, gone)
    for button in ("unblock", "unmute"):
        assert as_bob.post(f"/@gone/{button}").status_code == 302
        assert as_bob.post(f"/@gone/{button}").status_code in (302, 404)
    assert as_bob.post("/@gone/unblock").status_code == 404


def test_no_box_and_no_list_tells_somebody_suspended_from_nobody(as_bob, bob, staff):
    suspend_user(staff, make_user("gone"))
    list_id = create_list(bob, "friends").pk
    box, members = "/notifications/requests", f"/lists/{list_id}/members"
    for address in (f"{box}/@NAME/accept", f"{box}/@NAME/dismiss", f"{members}/@NAME/remove"):
        there, absent = (as_bob.post(address.replace("NAME", name)) for name in ("gone", "none"))
        assert there.status_code == absent.status_code == 404
        assert there.content.replace(b"gone", b"none") == absent.content
    there, absent = (as_bob.get(f"{box}/@{name}") for name in ("gone", "none"))
    assert there.status_code == absent.status_code == 404


def test_somebody_suspended_can_be_taken_off_a_list(as_bob, bob, staff):
    gone, people_list = make_user("gone"), create_list(bob, "friends")
    follow_user(bob, gone)
    add_to_list(bob, people_list, gone)
    suspend_user(staff, gone)
    assert as_bob.post(f"{people_list.path}members/@gone/remove").status_code == 302
    assert not people_list.members.exists()
