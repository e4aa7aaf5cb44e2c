"""Names and tags that are offered while one types."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(open_window) -> Page:
    page = open_window("dora")
    page.goto("/create/")
    return page


@pytest.fixture
def text(page):
    return page.get_by_role("textbox", name="New tweet")


@pytest.fixture
def options(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_a_name_is_finished_by_keys_alone(page, text, options):
    text.press_sequentially("Hello @ali")
    expect(options.first).to_contain_text("@alice")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(text).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(page.locator(".suggest [role=status]")).to_contain_text("choose with the arrow keys")
    text.press("ArrowDown")
    text.press("ArrowUp")
    text.press("Enter")
    expect(text).to_have_value("Hello @alice ")
    expect(options).to_have_count(0)
    expect(text).not_to_have_attribute("aria-activedescendant", "suggestion-1")


def test_escape_leaves_what_was_typed_and_the_list_stays_away(page, text, options):
    text.press_sequentially("@ali")
    expect(options.first).to_be_visible()
    text.press("Escape")
    expect(options).to_have_count(0)
    expect(text).to_have_value("@ali")
    text.press("Enter")
    expect(text).to_have_value("@ali\n")


def test_a_click_takes_a_name_in_the_middle_of_a_sentence(page, text, options):
    text.fill("Hello  and welcome")
    text.evaluate("field => field.setSelectionRange(6, 6)")
    text.press_sequentially("@bo")
    options.filter(has_text="@bob").click()
    expect(text).to_have_value("Hello @bob  and welcome")
    expect(text).to_be_focused()


def test_enter_after_a_new_tag_begins_a_line(page, text, options):
    text.press_sequentially("#har")
    expect(options.first).to_be_visible()
    text.press("Enter")
    expect(text).to_have_value("#har\n")
    text.press_sequentially("#har")
    expect(options.first).to_be_visible()
    text.press("ArrowDown")
    taken = options.first.get_attribute("data-value")
    text.press("Tab")
    expect(text).to_have_value(f"#har\n{taken} ")


def test_an_address_is_no_name(page, text, options):
    text.press_sequentially("write to me@ali")
    page.wait_for_timeout(500)
    expect(options).to_have_count(0)
