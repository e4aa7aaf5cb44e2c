"""A thread in the composer: added, moved, removed and put back at once, and sent in one go."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(open_window) -> Page:
    page = open_window("dora")
    page.goto("/create/")
    return page


def add(page: Page, words: str) -> None:
    page.get_by_role("button", name="Add another tweet").click()
    field = page.locator("[data-part]").last.locator("[name^=text]")
    expect(field).to_be_focused()
    field.fill(words)


def texts(page: Page) -> list[str]:
    return page.locator("[data-part] [name^=text]").evaluate_all("all => all.map((one) => one.value)")


def test_a_thread_is_written_and_sent_in_one_go(page, picture):
    send = page.locator("[data-send]")
    page.get_by_role("textbox", name="New tweet").fill("The first of three")
    expect(send).to_have_text("Tweet")
    add(page, "The second of three")
    expect(send).to_have_text("Tweet all")
    expect(page.get_by_role("group", name="Tweet 2 of 2")).to_be_visible()
    add(page, "x" * 281)
    expect(page.locator("[data-ring]")).to_have_count(3)
    expect(page.locator("[data-ring]").nth(2).get_by_role("status")).to_have_text("1 characters too many")
    expect(send).to_be_disabled()
    page.get_by_role("textbox", name="Tweet 3", exact=True).fill("The third of three")
    expect(send).to_be_enabled()

    with page.expect_file_chooser() as chooser:
        page.get_by_role("group", name="Tweet 2 of 3").get_by_title("Add pictures").click()
    chooser.value.set_files([picture("red.png", "red")])
    expect(page.get_by_role("group", name="Tweet 2 of 3").locator("[data-upload-item]")).to_have_count(1)
    expect(page.locator("[name=attachments_2]")).to_have_count(1)

    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-toast]")).to_contain_text("Your thread was posted.")
    page.get_by_role("link", name="The first of three").or_(
        page.get_by_text("The first of three")
    ).first.click()
    page.wait_for_url("**/@dora/*")
    expect(page.get_by_text("1/3")).to_be_visible()
    expect(page.get_by_text("2/3")).to_be_visible()


def test_tweets_are_moved_removed_and_put_back(page):
    page.get_by_role("textbox", name="New tweet").fill("a")
    add(page, "b")
    add(page, "c")
    second = page.get_by_role("group", name="Tweet 2 of 3")
    second.get_by_role("button", name="Move tweet up").press("Enter")
    assert texts(page) == ["b", "a", "c"]
    first = page.get_by_role("group", name="Tweet 1 of 3")
    expect(first.get_by_role("button", name="Move tweet up")).to_be_disabled()
    expect(first.get_by_role("button", name="Move tweet down")).to_be_focused()
    first.get_by_role("button", name="Move tweet down").press("Enter")
    assert texts(page) == ["a", "b", "c"]

    page.get_by_role("group", name="Tweet 2 of 3").get_by_role("button", name="Remove tweet").click()
    assert texts(page) == ["a", "c"]
    expect(page.locator(".composer__said")).to_contain_text("Tweet 2 removed.")
    page.get_by_role("button", name="Put it back").click()
    assert texts(page) == ["a", "b", "c"]
    for _ in range(2):
        page.get_by_role("button", name="Remove tweet").last.click()
    expect(page.locator("[data-send]")).to_have_text("Tweet")
    assert texts(page) == ["a"]


def test_the_limit_is_told(page):
    for number in range(2, 26):
        add(page, f"number {number}")
    page.get_by_role("button", name="Add another tweet").click()
    expect(page.locator("[data-part]")).to_have_count(25)
    expect(page.locator(".composer__said")).to_have_text("A thread holds at most 25 tweets.")


def test_a_thread_from_home(open_window):
    page = open_window("dora")
    page.goto("/")
    page.locator("#composer [name=text]").fill("From home")
    add(page, "and on")
    page.locator("#composer [data-send]").click()
    expect(page.locator("[data-toast]")).to_contain_text("Your thread was posted.")
    expect(page.locator("[data-card]").first).to_contain_text("and on")


def test_what_was_refused_comes_back_in_order(page):
    """A move by script leaves the names of the fields; the server goes by their order."""
    page.get_by_role("textbox", name="New tweet").fill("a")
    add(page, "b")
    page.get_by_role("group", name="Tweet 2 of 2").get_by_role("button", name="Move tweet up").click()
    page.evaluate("document.querySelector('[name=text]').value = 'x'.repeat(300)")
    page.evaluate("document.querySelector('[data-composer]').submit()")
    expect(page.get_by_role("alert").first).to_contain_text("Tweet 2: That is 20 characters too long")
    assert texts(page) == ["b", "x" * 300]


def test_without_scripts_the_form_comes_back_with_one_more(open_window):
    page = open_window("dora", scripts=False)
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill("Plain first")
    page.get_by_role("button", name="Add another tweet").click()
    expect(page.get_by_role("textbox", name="Tweet 2", exact=True)).to_be_focused()
    page.get_by_role("textbox", name="Tweet 2", exact=True).fill("Plain second")
    page.get_by_role("button", name="Add another tweet").click()
    page.get_by_role("textbox", name="Tweet 3", exact=True).fill("Plain third")
    page.get_by_role("button", name="Move tweet up").nth(2).click()
    assert [field.input_value() for field in page.locator(".composer__text").all()] == [
        "Plain first",
        "Plain third",
        "Plain second",
    ]
    page.get_by_role("button", name="Remove tweet").nth(1).click()
    page.get_by_role("button", name="Tweet all").click()
    expect(page.get_by_text("Your thread was posted.")).to_be_visible()
    expect(page.locator("[data-card]").first).to_contain_text("Plain second")
