"""The whole way of a person through the site, with scripts on and with scripts off."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD


@pytest.fixture
def newcomer(scripts) -> str:
    return "nora_scripted" if scripts else "nora_plain"


def test_from_signing_up_to_logging_out(open_window, scripts, newcomer, picture):
    page = open_window(scripts=scripts)

    sign_up(page, newcomer)
    follow_the_mailed_link(page, newcomer)
    expect(page.get_by_text("Your address is confirmed. You can tweet now.")).to_be_visible()
    page.get_by_role("link", name="Skip all").click()

    log_out(page)
    log_in(page, newcomer)

    tweet_with_a_picture(page, scripts, picture("harbour.png"))
    card = page.locator("[data-card]").first
    expect(card).to_contain_text("Good morning, harbour")
    expect(card.get_by_role("img", name="Two boats at anchor")).to_be_visible()

    card.locator("a[data-open]").click()
    expect(page).to_have_url(re.compile(rf"/@{newcomer}/\d+$"))
    expect(page.get_by_role("img", name="Two boats at anchor")).to_be_visible()

    edit(page, "Good evening, harbour")
    see_the_history(page)
    delete(page)
    expect(page.get_by_text("Good evening, harbour")).to_have_count(0)


def test_somebody_elses_tweet_is_refused(open_window, scripts, paths):
    page = open_window("alice", scripts=scripts)

    for address in (f"/edit/{paths['strange_id']}/", f"/delete/{paths['strange_id']}/"):
        answer = page.goto(address)
        assert answer.status == 403
        expect(page.get_by_text(re.compile("You can only (edit|delete) your own tweets."))).to_be_visible()

    page.goto(paths["strange"])
    expect(page.locator("[data-card], .tweet--focus").first).to_contain_text("Somebody else's tweet")
    expect(page.get_by_role("link", name="Edit", exact=True)).to_have_count(0)


def test_a_visitor_comes_back_to_what_they_wanted_after_logging_in(open_window, scripts):
    page = open_window(scripts=scripts)

    page.goto("/create/")
    expect(page).to_have_url(re.compile(r"/login/\?next="))
    fill_in_login(page, "dora")

    expect(page).to_have_url(re.compile("/create/$"))


def test_an_empty_tweet_keeps_the_form_and_says_why(open_window):
    page = open_window("carol", scripts=False)

    page.goto("/create/")
    page.get_by_role("button", name="Tweet", exact=True).click()

    expect(page.locator(".form-error")).to_be_visible()
    expect(page.get_by_role("textbox", name="New tweet")).to_be_visible()


def test_pictures_are_ordered_and_removed_without_scripts(open_window, picture):
    page = open_window("carol", scripts=False)
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill("Two pictures")
    page.get_by_label("Pictures, up to 4").set_input_files(
        [picture("red.png", "red"), picture("blue.png", "blue")]
    )
    page.get_by_label("Description of new picture 1").fill("red")
    page.get_by_label("Description of new picture 2").fill("blue")

    page.get_by_role("textbox", name="New tweet").fill("x" * 281)
    page.get_by_role("button", name="Tweet", exact=True).click()
    expect(page.locator(".form-error")).to_be_visible()
    assert descriptions(page) == ["red", "blue"]

    page.get_by_role("button", name="Move picture up").nth(1).click()
    assert descriptions(page) == ["blue", "red"]
    page.get_by_role("button", name="Remove picture").nth(1).click()
    assert descriptions(page) == ["blue"]

    page.get_by_role("textbox", name="New tweet").fill("One picture after all")
    page.get_by_role("button", name="Tweet", exact=True).click()
    card = page.locator("[data-card]").first
    expect(card).to_contain_text("One picture after all")
    expect(card.get_by_role("img", name="blue")).to_be_visible()
    expect(card.get_by_role("img", name="red")).to_have_count(0)


def descriptions(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator("[data-upload-item] textarea").all()]


def sign_up(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("Username").fill(name)
    page.get_by_label("E-mail").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


def follow_the_mailed_link(page: Page, name: str) -> None:
    page.get_by_role("link", name="Open the mailbox").click()
    mail = page.locator("article.mail").filter(has_text=f"{name}@example.org").first
    deadline = time.monotonic() + 10
    while not mail.count() and time.monotonic() < deadline:  # a job brings it
        page.reload()
    mail.get_by_role("link").first.click()
    page.get_by_role("button", name="Yes, confirm").click()


def log_in(page: Page, name: str) -> None:
    page.goto("/login/")
    fill_in_login(page, name)
    expect(page).to_have_url(re.compile(r"://[^/]+/$"))
    expect(page.get_by_role("heading", name="Home")).to_be_visible()


def fill_in_login(page: Page, name: str) -> None:
    page.get_by_label("Username or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def log_out(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_text("More").click()
    page.get_by_role("button", name="Log out").first.click()
    expect(page.get_by_text("You have been logged out.")).to_be_visible()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()


def tweet_with_a_picture(page: Page, scripts: bool, file) -> None:
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill("Good morning, harbour")
    if scripts:
        page.locator("[data-choose]").set_input_files(file)
        page.get_by_label("Description of picture 1").fill("Two boats at anchor")
    else:
        page.get_by_label("Pictures, up to 4").set_input_files(file)
        page.get_by_label("Description of new picture 1").fill("Two boats at anchor")
    page.get_by_role("button", name="Tweet", exact=True).click()
    expect(page.get_by_text("Tweet posted successfully!")).to_be_visible()


def edit(page: Page, text: str) -> None:
    page.locator(".actions").first.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("textbox", name="Text of the tweet").fill(text)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".tweet--focus")).to_contain_text(text)


def see_the_history(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Edited")).click()
    expect(page.locator("del")).to_have_text("morning")
    expect(page.locator("ins")).to_have_text("evening")
    page.get_by_role("link", name="Back").click()


def delete(page: Page) -> None:
    page.locator(".actions").first.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("link", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", name="Delete this tweet?")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Tweet deleted.")).to_be_visible()
