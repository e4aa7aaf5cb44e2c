"""What the search box offers while one types, by keys and by screen reader."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(open_window) -> Page:
    page = open_window("dora")
    page.goto("/search/")
    return page


@pytest.fixture
def box(page):
    return page.locator("#q")


@pytest.fixture
def options(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_who_is_chosen_is_opened(page, box, options):
    box.press_sequentially("ali")
    expect(options.first).to_contain_text("@alice")
    expect(options.first).not_to_have_attribute("aria-selected", "true")
    expect(page.locator(".suggest [role=status]")).to_contain_text("choose with the arrow keys")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("Enter")
    page.wait_for_url("**/@alice")


def test_enter_searches_for_what_was_typed(page, box, options):
    box.press_sequentially("ali")
    expect(options.first).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/search/?q=ali")


def test_a_name_behind_from_is_finished(page, box, options):
    box.press_sequentially("coffee from:ali")
    expect(options.first).to_contain_text("@alice")
    box.press("Tab")
    expect(box).to_have_value("coffee from:@alice ")


def test_visitors_are_offered_people_too(open_window):
    page = open_window()
    page.goto("/search/")
    page.locator("#q").press_sequentially("ali")
    offered = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(offered.first).to_contain_text("@alice")
    page.locator("#q").press("Escape")
    expect(offered).to_have_count(0)
