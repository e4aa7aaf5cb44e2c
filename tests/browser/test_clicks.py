"""Following a link of a tweet: straight to where it leads, and one word to the server that it was."""

import pytest
from playwright.sync_api import Page, expect

_ASKS_NOT_TO = "Object.defineProperty(navigator, 'globalPrivacyControl', {get: () => true})"


@pytest.fixture
def follow(open_window, paths):
    """Opens a tweet with a link and follows it; which tweets were told of."""

    def followed(*, scripts: bool = True, asks_not_to: bool = False) -> tuple[Page, list[str]]:
        page = open_window("dora", scripts=scripts, is_watched=False)  # it leaves for another host
        if asks_not_to:
            page.add_init_script(_ASKS_NOT_TO)
        told: list[str] = []
        page.on("request", lambda request: told.append(request.url) if request.method == "POST" else None)
        page.route(
            "https://example.org/**", lambda route: route.fulfill(body="There.", content_type="text/html")
        )
        page.goto(paths["linked"])
        page.locator(".tweet--focus .tweet__text a[href^='https://example.org']").click()
        expect(page.locator("body")).to_have_text("There.")
        return page, told

    return followed


def test_the_server_is_told_of_the_tweet_and_not_of_the_link(follow, server, paths):
    page, told = follow()

    assert page.url == "https://example.org/a/rather/long/address/of/a/page"
    assert told == [f"{server.url}{paths['linked']}/opened"]


@pytest.mark.parametrize(
    "how", [{"scripts": False}, {"asks_not_to": True}], ids=["scripts off", "asks not to be counted"]
)
def test_else_it_is_told_nothing_and_the_link_leads_on(follow, how):
    page, told = follow(**how)

    assert page.url == "https://example.org/a/rather/long/address/of/a/page"
    assert told == []
