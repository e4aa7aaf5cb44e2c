"""Asking in a poll and voting, with scripts and without."""

from playwright.sync_api import Page, expect


def open_poll(page: Page, scripts: bool = True) -> None:
    if scripts:
        page.get_by_role("button", name="Ask in a poll").click()
        expect(page.get_by_label("Choice 1")).to_be_focused()
    else:
        page.locator("[data-poll-fields] > summary").click()


def test_one_asks_and_another_votes(open_window, scripts):
    words = f"What do you drink {'with' if scripts else 'without'} breakfast?"
    dora = open_window("dora", scripts=scripts)
    dora.goto("/create/")
    dora.locator("[name=text]").fill(words)
    open_poll(dora, scripts)
    dora.get_by_label("Choice 1").fill("Tea")
    dora.get_by_label("Choice 2").fill("Coffee")
    dora.get_by_role("button", name="Tweet", exact=True).click()
    dora.goto("/@dora")
    article = dora.locator("article").filter(has_text=words)
    expect(article.locator("[data-poll]")).to_contain_text("1 day left")  # one's own shows how it stands
    expect(article.get_by_role("radio")).to_have_count(0)

    bob = open_window("bob", scripts=scripts)
    bob.goto("/@dora")
    poll = bob.locator("article").filter(has_text=words).locator("[data-poll]")
    if scripts:  # nothing picked: the sentence is told, the form stays
        poll.get_by_role("button", name="Vote").click()
        expect(bob.locator("[data-toast]")).to_contain_text("Pick a choice")
    poll.get_by_label("Coffee").check()
    poll.get_by_role("button", name="Vote").click()
    expect(poll).to_contain_text("your choice")
    expect(poll).to_contain_text("100%")
    expect(poll.get_by_role("radio")).to_have_count(0)


def test_pictures_lock_the_poll_and_choices_lock_the_pictures(open_window, picture):
    page = open_window("dora")
    page.goto("/create/")
    open_poll(page)
    page.get_by_label("Choice 1").fill("Tea")
    expect(page.locator("[data-choose]")).to_be_disabled()
    page.get_by_label("Choice 1").fill("")
    expect(page.locator("[data-choose]")).to_be_enabled()
    page.locator("[data-choose]").set_input_files([picture("red.png", "red")])
    expect(page.locator("[data-upload-item]")).to_have_count(1)
    expect(page.get_by_label("Choice 1")).to_be_disabled()
    expect(page.get_by_text("pictures or a poll, not both")).to_be_visible()


def test_the_button_at_home_keeps_the_words(open_window):
    page = open_window("dora")
    page.goto("/")
    page.locator("[name=text]").fill("What shall we read?")
    page.get_by_role("button", name="Ask in a poll").click()
    expect(page.locator("[name=text]")).to_have_value("What shall we read?")
    expect(page.get_by_label("Choice 1")).to_be_visible()


def test_a_poll_that_was_closed_again_is_not_asked(open_window):
    page = open_window("dora")
    page.goto("/create/")
    page.locator("[name=text]").fill("No question after all")
    open_poll(page)
    page.get_by_label("Choice 1").fill("Tea")
    page.get_by_label("Choice 2").fill("Coffee")
    button = page.get_by_role("button", name="Ask in a poll")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.get_by_label("Choice 1")).to_be_hidden()
    expect(page.locator("[data-choose]")).to_be_enabled()
    page.get_by_role("button", name="Tweet", exact=True).click()
    article = page.locator("article").filter(has_text="No question after all")
    expect(article).to_be_visible()
    expect(article.locator("[data-poll]")).to_have_count(0)


def test_each_tweet_of_a_thread_opens_its_own_poll(open_window):
    page = open_window("dora")
    page.goto("/create/")
    page.locator("[name=text]").fill("Two questions")
    page.get_by_role("button", name="Add another tweet").click()
    second = page.get_by_role("group", name="Tweet 2 of 2")
    second.get_by_role("button", name="Ask in a poll").click()
    expect(second.get_by_label("Choice 1")).to_be_focused()
    expect(page.get_by_label("Choice 1").first).to_be_hidden()
