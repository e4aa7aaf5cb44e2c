"""Writing, finding and gathering with scripts off: every step is a page, a link or a button."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(open_window) -> Page:
    return open_window("carol", scripts=False)


def write(page: Page, words: str) -> None:
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill(words)


def post(page: Page) -> None:
    page.get_by_role("button", name="Tweet", exact=True).click()


def open_part(page: Page, name: str) -> None:
    page.locator("summary").filter(has_text=name).first.click()


def test_a_warning_covers_the_words_until_they_are_opened(page):
    write(page, "The gardener did it.")
    open_part(page, "Warning")
    page.get_by_label("Warning").fill("How the film ends")
    post(page)

    card = page.locator("[data-card]").filter(has_text="How the film ends").first
    expect(card.get_by_text("The gardener did it.")).to_be_hidden()
    card.locator("summary").first.click()
    expect(card.get_by_text("The gardener did it.")).to_be_visible()


def test_a_draft_is_saved_found_again_and_posted(page):
    write(page, "Not finished yet")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    page.get_by_role("link", name="Continue the draft Not finished yet").click()
    words = page.get_by_role("textbox", name="New tweet")
    expect(words).to_have_value("Not finished yet")
    words.fill("Finished now")
    post(page)
    expect(page.locator("[data-card]").filter(has_text="Finished now").first).to_be_visible()
    page.goto("/drafts/")
    expect(page.get_by_text("Finished now")).to_have_count(0)


def test_a_tweet_is_scheduled_changed_and_cancelled(page):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    write(page, "Good morning from yesterday")
    open_part(page, "Schedule")
    page.get_by_label("Post it at").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    page.get_by_label("Your time zone").select_option("Europe/Rome")
    page.locator("[data-send]").click()
    page.goto("/scheduled/")
    row = page.locator(".rows > *").filter(has_text="Good morning from yesterday")
    expect(row).to_contain_text(re.compile(r"CES?T"))

    row.get_by_role("link", name=re.compile("Change")).click()
    page.get_by_role("textbox", name="New tweet").fill("Good morning, changed")
    page.locator("[data-send]").click()
    page.goto("/scheduled/")
    row = page.locator(".rows > *").filter(has_text="Good morning, changed")
    row.get_by_role("button", name="Back to drafts").click()
    page.goto("/scheduled/")
    expect(page.get_by_text("Good morning, changed")).to_have_count(0)


def test_deleted_words_come_back_to_be_written_anew(page):
    write(page, "With a mistaek")
    post(page)
    card = page.locator("[data-card]").filter(has_text="With a mistaek").first
    card.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("link", name="Delete and redraft").click()
    page.locator("main form button[type=submit]").last.click()
    words = page.get_by_role("textbox", name="New tweet")
    expect(words).to_have_value("With a mistaek")
    words.fill("Without one")
    post(page)
    expect(page.locator("[data-card]").filter(has_text="Without one").first).to_be_visible()


def test_the_language_of_a_tweet_is_chosen_and_found(page):
    write(page, "Buongiorno a tutti")
    open_part(page, "Language")
    page.locator("#language").select_option(label="Italiano")
    post(page)
    expect(page.locator("[data-card]").filter(has_text="Buongiorno").first).to_be_visible()
    for _ in range(20):  # a job brings it into the index
        page.goto("/search/?q=buongiorno+lang:it&tab=latest")
        if page.locator("[data-card]").count():
            break
    expect(page.locator("[data-card] mark").first).to_have_text("Buongiorno")


def test_a_search_is_made_by_a_form(page):
    page.goto("/search/?q=tweet")
    page.get_by_role("link", name="Change the search with a form").click()
    page.get_by_label("Written by").fill("alice")
    page.get_by_role("button", name="Search").last.click()
    expect(page).to_have_url(re.compile("from(%3A|:)alice"))
    expect(page.locator("[data-card]").first).to_contain_text("Alice Ashdown")


def test_every_part_of_explore_is_a_page(page):
    page.goto("/explore/")
    for part in ("Tags", "Links", "People", "Tweets"):
        page.get_by_role("navigation", name="Explore").get_by_role("link", name=part).click()
        expect(page.locator("[aria-current=page]").filter(has_text=part).first).to_be_visible()


def test_a_list_is_made_filled_read_and_removed(page):
    page.goto("/lists/")
    page.get_by_role("link", name="Make a list").click()
    page.get_by_label("Name").fill("Harbour people")
    page.get_by_role("button", name="Make the list").click()
    expect(page.get_by_role("heading", name="Harbour people")).to_be_visible()
    follow(page, "bob")
    page.goto("/lists/")
    page.get_by_role("link", name="Harbour people").first.click()
    page.get_by_role("link", name=re.compile("Members|People|Put|Who")).first.click()
    page.get_by_label("Add somebody you follow").fill("bob")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Read the list").click()
    expect(page.locator("[data-card]").first).to_contain_text("bob")

    page.goto(page.url.rstrip("/") + "/edit/")
    page.get_by_role("link", name="Delete list").click()
    page.locator("main form button[type=submit]").last.click()
    page.goto("/lists/")
    expect(page.get_by_text("Harbour people")).to_have_count(0)


def follow(page: Page, name: str) -> None:
    page.goto(f"/@{name}")
    button = page.get_by_role("button", name=f"Follow {name}", exact=True)
    if button.count():
        button.first.click()


def test_sharing_shows_the_link_and_the_code_of_the_frame(page, paths):
    page.goto(f"{paths['strange']}/share")
    expect(page.get_by_label("Its address")).to_have_value(re.compile(f"{paths['strange']}$"))
    page.get_by_role("link", name="Embed").click()
    expect(page.get_by_role("textbox").filter(has_text="<iframe")).to_have_count(1)
