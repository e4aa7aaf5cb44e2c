"""The composer with scripts: the ring, pictures that travel at once, and one tweet for two clicks."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def page(open_window) -> Page:
    page = open_window("dora")
    page.goto("/create/")
    return page


@pytest.fixture
def text(page) -> Locator:
    return page.get_by_role("textbox", name="New tweet")


@pytest.fixture
def send(page) -> Locator:
    return page.get_by_role("button", name="Tweet", exact=True)


def test_the_ring_counts_warns_and_forbids(page, text, send):
    ring = page.locator("[data-ring]")
    expect(send).to_be_disabled()

    text.fill("a" * 259)
    expect(ring.locator(".ring__count")).to_have_text("")
    expect(send).to_be_enabled()

    text.fill("a" * 260)
    expect(ring).to_have_class(re.compile("ring--near"))
    expect(ring.locator(".ring__count")).to_have_text("20")
    expect(ring.get_by_role("status")).to_have_text("20 characters left")

    text.fill("a" * 280)
    expect(ring.get_by_role("status")).to_have_text("0 characters left")
    expect(send).to_be_enabled()

    text.fill("a" * 283)
    expect(ring).to_have_class(re.compile("ring--over"))
    expect(ring.locator(".ring__count")).to_have_text("-3")
    expect(ring.get_by_role("status")).to_have_text("3 characters too many")
    expect(send).to_be_disabled()


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("a" * 250 + " https://example.org/" + "long/" * 30, 6),
        ("a" * 260 + "🌊", 18),
        ("a" * 260 + "写真", 16),
        ("a" * 260 + "👩‍👩‍👧‍👦", 18),
    ],
    ids=["a link weighs 23", "an emoji weighs 2", "a Chinese sign weighs 2", "a family weighs 2"],
)
def test_the_ring_weighs_as_the_server_does(page, text, send, written, left):
    text.fill(written)

    expect(page.locator(".ring__count")).to_have_text(str(left))


def test_chosen_pictures_travel_at_once_and_are_described(page, text, send, picture):
    choose(page, picture("red.png", "red"), picture("blue.png", "blue"))

    expect(page.locator("[data-upload-item]")).to_have_count(2)
    expect(page.get_by_label("Description of picture 2")).to_be_visible()
    expect(send).to_be_enabled()  # pictures alone are a tweet

    page.get_by_label("Description of picture 1").fill("a red sheet")
    page.get_by_label("Description of picture 2").fill("a blue sheet")
    page.get_by_role("button", name="Move picture up").nth(1).click()
    assert order(page) == ["a blue sheet", "a red sheet"]
    expect(page.get_by_label("Description of picture 1")).to_have_value("a blue sheet")

    page.get_by_role("button", name="Remove picture").nth(1).click()
    assert order(page) == ["a blue sheet"]

    text.fill("One of two")
    send.click()
    card = page.locator("[data-card]").first
    expect(card).to_contain_text("One of two")
    expect(card.get_by_role("img")).to_have_count(1)
    expect(card.get_by_role("img", name="a blue sheet")).to_be_visible()


def test_pictures_change_places_by_dragging(page, picture):
    choose(page, picture("red.png", "red"), picture("blue.png", "blue"))
    page.get_by_label("Description of picture 1").fill("first")
    page.get_by_label("Description of picture 2").fill("second")

    below = page.locator("[data-upload-item]").nth(1)
    height = below.bounding_box()["height"]
    page.locator("[data-upload-item] img").first.drag_to(below, target_position={"x": 30, "y": height - 4})

    expect(page.get_by_label("Description of picture 1")).to_have_value("second")


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_dropped_and_pasted_pictures_are_taken(page, picture, way):
    give(page, way, picture("green.png", "green"))

    expect(page.locator("[data-upload-item]")).to_have_count(1)
    expect(page.locator("[data-upload-item] img")).to_be_visible()


def test_a_disguised_file_gets_a_sentence_and_the_text_stays(page, text, tmp_path):
    fake = tmp_path / "holiday.png"
    fake.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    text.fill("Words I would not like to lose")

    choose(page, fake)

    expect(page.locator("[data-upload-errors] .form-error")).to_be_visible()
    expect(page.locator("[data-upload-item]")).to_have_count(0)
    expect(text).to_have_value("Words I would not like to lose")


def test_a_fifth_picture_is_refused_with_a_sentence(page, picture):
    choose(page, *(picture(f"{number}.png") for number in range(5)))

    expect(page.locator("[data-upload-item]")).to_have_count(4)
    expect(page.locator("[data-upload-errors]")).to_contain_text("up to 4 pictures")
    expect(page.locator("[data-choose]")).to_be_disabled()


def test_a_cover_is_offered_once_there_is_a_picture(page, picture):
    cover = page.get_by_label("Cover the pictures as sensitive")
    expect(cover).to_be_hidden()

    choose(page, picture("red.png", "red"))

    expect(cover).to_be_visible()


def test_a_double_click_sends_one_tweet(open_window, scripts):
    page = open_window("dora", scripts=scripts)
    said = f"Clicked twice, said once, scripts {scripts}"
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill(said)
    page.get_by_role("button", name="Tweet", exact=True).dblclick()

    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    page.goto("/@dora")
    expect(page.get_by_text(said)).to_have_count(1)


def test_control_and_enter_send(page, text):
    text.fill("Sent without leaving the keys")
    text.press("Control+Enter")

    expect(page.get_by_text("Tweet posted successfully!")).to_be_visible()


def test_coming_back_from_a_sent_form_leaves_it_usable(page, text, send):
    text.fill("Sent once")
    send.click()
    expect(page.get_by_text("Tweet posted successfully!")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("button", name="Tweet", exact=True)).not_to_have_attribute("aria-busy", "true")


def choose(page: Page, *files: Path) -> None:
    page.locator("[data-choose]").set_input_files(files)
    expect(page.locator("[data-upload-waiting]")).to_have_count(0)


def order(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator("[data-upload-item] textarea").all()]


def give(page: Page, way: str, file: Path) -> None:
    """Drop the file on the form, or paste it, the way the browser reports either."""
    page.evaluate(
        """([way, name, content]) => {
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name, { type: "image/png" }));
            const target = document.querySelector("[data-composer] textarea[name=text]");
            target.dispatchEvent(
                way === "paste"
                    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
                    : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
            );
        }""",
        [way, file.name, base64.b64encode(file.read_bytes()).decode()],
    )
