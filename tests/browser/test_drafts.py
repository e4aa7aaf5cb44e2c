"""Drafts with scripts: kept while one writes and on leaving, found on another device, never a word lost."""

import re
import time

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(open_window) -> Page:
    page = open_window("carol")
    throw_all_away(page)
    page.goto("/create/")
    return page


def throw_all_away(page: Page) -> None:
    page.goto("/drafts/")
    while page.get_by_role("link", name="Discard").count():
        page.get_by_role("link", name="Discard").first.click()
        page.get_by_role("button", name="Discard").click()


def write(page: Page, words: str) -> None:
    page.locator("textarea[name=text]").first.fill(words)


def saved(page: Page):
    return page.locator(".composer__saved")


def kept_in_browser(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))")


def test_what_is_written_here_is_continued_there_and_posted_once(page, open_window, picture):
    write(page, "A boat with")
    page.locator("[data-choose]").set_input_files(picture("boat.png"))
    expect(page.locator("[data-upload-item]")).to_have_count(1)
    expect(saved(page)).to_have_text(re.compile(r"Draft saved at \d"))
    expect(page.locator(".composer__saved + [role=status]")).to_have_text("")  # seen, not announced

    other = open_window("carol", width=390)
    other.goto("/create/")
    expect(other.locator("textarea[name=text]")).to_have_value("")
    expect(other.locator(".draft-offer")).to_contain_text("“A boat with”")
    other.get_by_role("link", name="Continue").click()
    expect(other.locator("textarea[name=text]")).to_have_value("A boat with")
    expect(other.locator("[data-upload-item]")).to_have_count(1)
    write(other, "A boat with a red sail")
    expect(saved(other)).to_have_text(re.compile("Draft saved"))

    write(page, "A boat with oars")  # in the window that stayed open
    expect(saved(page)).to_have_text(re.compile("kept as a second draft"))

    other.get_by_role("button", name="Tweet", exact=True).click()
    expect(other.get_by_text("A boat with a red sail").first).to_be_visible()
    other.goto("/drafts/")
    expect(other.locator(".rows li")).to_have_count(1)
    expect(other.locator(".rows")).to_contain_text("A boat with oars")


def test_leaving_saves_at_once(page):
    write(page, "Gone in a second")
    page.goto("/drafts/")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator(".rows")).to_contain_text("Gone in a second")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length") == 0


def test_without_the_network_the_browser_keeps_them(page):
    write(page, "Under the tunnel")
    page.context.set_offline(True)
    expect(saved(page)).to_have_text(re.compile("Not saved on the server"))
    heard = page.locator(".composer__saved + [role=status]")
    expect(heard).to_have_text(re.compile("Not saved on the server"))
    assert page.evaluate("Object.values(localStorage).join()").count("Under+the+tunnel") == 1
    page.context.set_offline(False)
    expect(saved(page)).to_have_text(re.compile("Draft saved"))
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length") == 0


def test_left_in_the_tunnel_they_arrive_with_the_next_page(page):
    write(page, "Out of the tunnel")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/drafts/")
    page.context.set_offline(False)
    page.goto("/local/")
    # Not wait_for_function: asking again it evaluates a text in the page, which the content policy refuses.
    deadline = time.monotonic() + 15
    while kept_in_browser(page) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert not kept_in_browser(page)
    page.goto("/drafts/")
    expect(page.locator(".rows")).to_contain_text("Out of the tunnel")


def test_posting_leaves_nothing_behind(page):
    write(page, "Said at once")
    page.get_by_role("button", name="Tweet", exact=True).click()
    expect(page.get_by_text("Said at once").first).to_be_visible()
    page.goto("/drafts/")
    expect(page.get_by_role("heading", name="No drafts")).to_be_visible()


def test_home_saves_and_offers_when_one_begins_to_write(page):
    page.goto("/")
    write(page, "From the front door")
    expect(saved(page)).to_have_text(re.compile("Draft saved"))
    page.goto("/")
    expect(page.locator(".draft-offer")).to_have_count(0)
    page.locator("textarea[name=text]").focus()
    expect(page.locator(".draft-offer")).to_contain_text("From the front door")
    page.locator(".draft-offer").get_by_role("link", name="Continue").click()
    expect(page.locator("textarea[name=text]")).to_have_value("From the front door")


def test_the_browsers_zone_is_offered_and_the_button_says_what_it_does(open_window):
    page = open_window("dora", timezone_id="Asia/Tokyo")
    page.goto("/create/?open=schedule")
    write(page, "For tomorrow")
    expect(page.get_by_label("Your time zone")).to_have_value("Asia/Tokyo")
    page.get_by_label("Post it at").fill("2030-01-01T10:00")
    page.get_by_role("button", name="Choose a time").click()  # closed again, it is posted at once
    expect(page.get_by_role("button", name="Tweet", exact=True)).to_be_visible()
    page.get_by_role("button", name="Choose a time").click()
    tomorrow = time.strftime("%Y-%m-%dT10:00", time.gmtime(time.time() + 2 * 86400))
    page.get_by_label("Post it at").fill(tomorrow)
    expect(page.locator(".chip", has_text="Scheduled for")).to_be_visible()
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page).to_have_url(re.compile("/scheduled/$"))
    expect(page.locator(".rows")).to_contain_text("10:00 JST")


def test_from_home_to_the_schedule_nothing_is_lost(page):
    page.goto("/")
    write(page, "Rather later")
    page.get_by_role("button", name="Schedule").click()
    expect(page.locator("textarea[name=text]")).to_have_value("Rather later")
    expect(page.get_by_label("Post it at")).to_be_visible()
    page.goto("/drafts/")
    expect(page.locator(".rows")).to_contain_text("Rather later")
