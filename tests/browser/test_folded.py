"""A tweet folded by a word filter: not read out before it is opened, opened by keys and fingers alike."""

from playwright.sync_api import expect

WORDS = "The ferry leaves at nine"


def test_a_folded_tweet_is_silent_until_it_is_opened(open_window, paths, scripts):
    page = open_window("dora", scripts=scripts)
    page.goto(paths["edited"])
    assert "ferry" not in page.title()
    main = page.get_by_role("main")
    assert WORDS not in main.aria_snapshot()
    expect(page.get_by_text(WORDS)).to_be_hidden()

    page.locator("summary", has_text="Filtered: Anything about ferries").press("Enter")

    expect(page.get_by_text(WORDS)).to_be_visible()
    assert WORDS in main.aria_snapshot()
    expect(page.get_by_role("button", name="Like").first).to_be_visible()


def test_a_filter_made_in_the_browser_folds_the_very_next_page(open_window, paths, scripts):
    page = open_window("carol", scripts=scripts)
    page.goto("/settings/filters/new/")
    page.get_by_role("textbox", name="Words or phrases").fill("hárbour")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Folded: everywhere")).to_be_visible()

    page.goto(paths["tag"])
    expect(page.locator("summary", has_text="Filtered: hárbour").first).to_be_visible()
    page.goto("/settings/filters/")
    page.get_by_role("link", name="Edit hárbour").click()
    page.get_by_role("button", name="Delete filter").click()

    expect(page.get_by_role("heading", name="You filter no words")).to_be_visible()
