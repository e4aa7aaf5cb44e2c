"""Likes and follows answer at once, and go back with the reason when they fail."""

import re

import pytest
from playwright.sync_api import Page, Route, expect


def like_of(page: Page):
    return page.locator("[data-actions]").first.get_by_role("button", name=re.compile("^Like"))


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        ("offline", "No answer from the server"),
        (403, "Not today."),
        (429, "too fast"),
        (500, "could not do that"),
    ],
)
def test_a_like_that_fails_goes_back_and_says_why(open_window, paths, failure, reason):
    page = open_window("dora")
    page.goto(paths["own"])
    held: list[Route] = []
    page.route("**/like", lambda route: held.append(route))
    before = like_of(page).inner_text()
    with page.expect_request("**/like"):
        like_of(page).click()
    expect(like_of(page)).to_have_attribute("aria-pressed", "true")  # before the server has said anything
    if failure == "offline":
        held[0].abort()
    elif failure == 403:
        held[0].fulfill(status=403, body="Not today.", content_type="text/plain")
    else:
        held[0].fulfill(status=failure if failure != 500 else 418, body="<html>")

    expect(like_of(page)).to_have_attribute("aria-pressed", "false")
    assert like_of(page).inner_text() == before
    expect(page.locator("[data-toasts]")).to_contain_text(reason)


def test_logged_out_elsewhere_it_says_so(open_window, paths, server):
    page = open_window("dora")
    page.goto(paths["own"])
    page.context.clear_cookies(name="session")
    like_of(page).click()

    expect(like_of(page)).to_have_attribute("aria-pressed", "false")
    toasts = page.locator("[data-toasts]")
    expect(toasts.get_by_role("link", name="Log in")).to_be_visible()


def test_a_double_click_sends_once_and_the_counts_follow(open_window, paths):
    page = open_window("dora")
    page.goto(paths["own"])
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    with page.expect_response("**/like"):
        like_of(page).dblclick()
    expect(page.locator("[data-counts]")).to_contain_text("Like")
    assert len(sent) == 1
    page.reload()
    expect(like_of(page)).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/unlike"):
        like_of(page).click()
    expect(like_of(page)).to_have_attribute("aria-pressed", "false")


def test_following_answers_at_once_and_stays(open_window):
    page = open_window("dora")
    page.goto("/@bob")
    button = page.locator("#profile-ways .follow")
    with page.expect_response("**/follow"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text("Following")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/unfollow"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_the_retweet_button_offers_both_ways(open_window, paths):
    page = open_window("dora")
    page.goto(paths["own"])
    button = page.locator("[data-actions]").first.get_by_role("button", name=re.compile("^Retweet"))
    button.click()
    menu = page.locator(".actions .dropdown-menu")
    expect(menu.get_by_role("link", name="Quote")).to_be_visible()
    with page.expect_response("**/retweet"):
        menu.get_by_role("button", name="Retweet").click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    with page.expect_response("**/unretweet"):
        menu.get_by_role("button", name="Undo retweet").click()
    expect(button).to_have_attribute("aria-pressed", "false")
