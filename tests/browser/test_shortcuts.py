"""Single keys: they move, open and act, and stay silent where one writes or does not want them."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def page(open_window):
    page = open_window("carol", reduced_motion="reduce")
    page.goto("/local/")
    return page


def test_keys_walk_through_the_tweets_and_open_one(page):
    cards = page.locator("[data-card]")
    page.keyboard.press("j")
    expect(cards.nth(0)).to_be_focused()
    expect(cards.nth(0)).to_have_css("outline-width", "2px")
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(cards.nth(2)).to_be_focused()
    bar = page.locator(".tabs--sticky").bounding_box()
    assert cards.nth(2).bounding_box()["y"] >= bar["y"] + bar["height"]
    address = cards.nth(2).locator("a[data-open]").get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{address}$"))


def test_keys_act_on_the_tweet_that_has_the_focus(page):
    card = page.locator("[data-card]").first
    page.keyboard.press("j")
    for key, name in (("l", "Like"), ("b", "Bookmark"), ("t", "Retweet")):
        button = card.get_by_role("button", name=re.compile(f"^{name}"))
        before = button.get_attribute("aria-pressed")
        for expected in ({"true": "false", "false": "true"}[before], before):
            with page.expect_response(re.compile(rf"/(un)?{name.lower()}$")):
                page.keyboard.press(key)
            expect(button).to_have_attribute("aria-pressed", expected)
            expect(card.locator("[data-busy]")).to_have_count(0)
    expect(card).to_be_focused()


def test_the_question_mark_shows_the_list_and_escape_closes_it(page):
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-card]:focus")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_g_and_a_second_key_go_places(page):
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/notifications/$"))
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("/@carol$"))


def test_they_are_silent_in_fields_and_with_modifiers(page):
    page.keyboard.press("n")
    field = page.get_by_role("textbox", name="New tweet")
    expect(field).to_be_focused()
    page.keyboard.type("jolly good? g n")
    expect(field).to_have_value("jolly good? g n")
    field.fill("")
    field.blur()
    page.keyboard.press("Control+j")
    expect(page.locator("[data-card]:focus")).to_have_count(0)


def test_switched_off_nothing_happens(open_window):
    page = open_window("carol")
    page.goto("/settings/appearance/")
    page.get_by_role("radio", name="Off", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved for this browser.")).to_be_visible()
    page.goto("/local/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("[data-card]:focus, dialog[open]")).to_have_count(0)
