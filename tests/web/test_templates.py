"""Fragments drawn from plain values: what a card, a field and an error page show."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from tests.architecture.house import ROOT
from tweets.cards import AuthorCard, ImageCard, TweetCard
from web.bundles import SCRIPTS, SOURCE, STYLES
from web.templatetags.cards import draw as draw_card
from web.templatetags.cards import short_count

TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
WORDS = "\n".join(path.read_text() for path in TEMPLATES)
CODE = "\n".join((SOURCE / path).read_text() for path in SCRIPTS)
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (SOURCE / "web" / "icons.svg").read_text()))
HOT = ["_card.html", "_actions.html", "_media.html", "_feed_page.html", "_timeline.html"]


def name(path):
    return str(path.relative_to(ROOT))


def card(**changes):
    author = AuthorCard(
        id=1,
        shown_name="Alice <script>",
        handle="@alice",
        full_handle="@alice@localhost:8000",
        path="/@alice",
        avatar_url="/initials/1/A.svg",
    )
    values = {
        "id": 7,
        "author": author,
        "text": "Hello",
        "path": "/@alice/7",
        "html": mark_safe("<p>Hello</p>"),
        "iso": "2026-11-22T13:00:00Z",
        "age": "5m",
        "when": "22 Nov 2026, 13:00 UTC",
        "edited": False,
        "is_mine": False,
        "is_long": False,
        "images": (),
        "entry_id": 7,
        "visibility": "public",
        **dict.fromkeys(["likes", "retweets", "replies", "quotes"], 0),
        **dict.fromkeys(["liked", "retweeted", "bookmarked", "pinned", "is_reply", "is_quote"], False),
        "conversation_id": 7,
        "parent_id": None,
        "replying_to": None,
        "is_quotable": True,
        "quote": None,
        "retweeted_by": None,
    }
    return TweetCard(**values | changes)


def image(**changes):
    values = {
        "id": 3,
        "url": "/media/a-card.jpg",
        "webp_url": "/media/a-card.webp",
        "full_url": "/media/a-full.jpg",
        "page_path": "/@alice/7/picture/1",
        "width": 1200,
        "height": 800,
        "description": "A lake",
        "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
        "is_animated": False,
    }
    return ImageCard(**values | changes)


def draw(*cards):
    page = SimpleNamespace(cards=cards, next_url="/?cursor=7")
    return render_to_string("web/_feed_page.html", {"page": page})


def test_every_icon_that_is_named_is_drawn():
    named = set(re.findall(r'{% icon "([\w-]+)"', WORDS))
    named |= set(re.findall(r'button\("\w+", "([\w-]+)"', CODE))

    assert named
    assert named - SPRITE == set()


def test_every_style_has_a_user():
    """A class that no template, script or rendered text uses is to be deleted."""
    own = "\n".join((SOURCE / path).read_text() for path in STYLES if "vendor" not in path)
    classes = set(re.findall(r"\.(-?[a-z][\w-]*)", re.sub(r"/\*.*?\*/|\d\.\d+", "", own, flags=re.DOTALL)))
    python = "\n".join(path.read_text() for app in ("web", "tweets") for path in (ROOT / app).rglob("*.py"))
    users = WORDS + CODE + python
    assembled = {f"media--{number}" for number in range(1, 5)}
    assembled |= {f"chart__cell--{level}" for level in range(5)}
    assembled |= {f"finding--{state}" for state in ("good", "warning", "bad")}
    assembled |= {f"change--{way}" for way in ("up", "down", "same")}
    vendored = {"htmx-request"}

    assert (
        sorted(
            one
            for one in classes - assembled - vendored
            if not re.search(rf"(?<![\w-]){one}(?![\w-])", users)
        )
        == []
    )


@pytest.mark.parametrize("template", HOT)
def test_what_is_drawn_for_every_card_asks_for_nothing_costly(template):
    text = (ROOT / "web" / "templates" / "web" / template).read_text()

    assert re.findall(r"{%\s*(?:url|static|trans|translate|blocktranslate|with)\b", text) == []
    assert re.findall(r"\|\s*(?:urlize|timesince|date|linebreaks)", text) == []


def test_names_are_text_and_finished_html_is_html():
    html = draw(card())

    assert "Alice &lt;script&gt;" in html
    assert "<p>Hello</p>" in html


def test_counts_are_short_and_none_is_not_shown():
    shown = {
        0: "",
        1: "1",
        999: "999",
        1000: "1K",
        1299: "1.2K",
        34_567: "34K",
        999_999: "999K",
        1_100_000: "1.1M",
    }

    assert {number: short_count(number) for number in shown} == shown
    assert 'aria-label="Like, 1.2K"' in draw(card(likes=1200))


def test_the_line_above_says_why_a_card_stands_here():
    assert "tweet__context" not in draw(card(pinned=True))
    assert "retweeted" in draw(card(retweeted_by=card().author))
    assert "Pinned</span>" in draw_card(card(), 1, is_pinned=True)


@pytest.mark.parametrize(
    ("visibility", "words"),
    [
        ("quiet", "Not on public timelines"),
        ("followers", "Followers only"),
        ("direct", "Only the people it names"),
    ],
)
def test_an_audience_that_is_not_everybody_is_told(visibility, words):
    assert words in draw(card(visibility=visibility))
    assert words not in draw(card())


def test_what_is_for_few_has_no_button_to_spread_it():
    assert "/@alice/7/retweet" in draw(card())
    assert "/@alice/7/retweet" not in draw(card(visibility="followers"))


def test_edited_leads_to_the_versions():
    assert "/@alice/7/history" not in draw(card())
    assert "/@alice/7/history" in draw(card(edited=True))


def test_a_tweet_of_pictures_alone_has_no_empty_text():
    assert "tweet__text" not in draw(card(html="", images=(image(),)))


def test_pictures_keep_their_place_and_say_what_they_show():
    html = draw(card(images=(image(),)))

    assert 'width="1200" height="800"' in html
    assert 'alt="A lake"' in html
    assert "media__alt" in html
    assert 'type="image/webp"' in html


def test_a_picture_without_description_still_has_a_name():
    html = draw(card(images=(image(description="", webp_url="", blurhash=""),)))

    assert 'alt="Picture without a description"' in html
    assert "media__alt" not in html
    assert "<source" not in html
    assert "data-blurhash" not in html


def test_pictures_load_lazily_from_the_third_card_on():
    one = card(images=(image(),))

    assert 'loading="lazy"' not in draw(one, one)
    assert draw(one, one, one, one).count('loading="lazy"') == 2


def test_animated_pictures_are_marked():
    assert "GIF" in draw(card(images=(image(is_animated=True),)))


def test_the_end_of_the_list_says_so():
    last = SimpleNamespace(cards=[card()], next_url="")

    assert "feed__end" in render_to_string("web/_feed_page.html", {"page": last})
    assert "feed__end" not in draw(card())


def test_the_page_for_a_broken_server_needs_no_context():
    html = engines["django"].get_template("500.html").render()

    assert "Error 500" in html
    assert "/static/" in html
    assert 'data-theme="system"' in html


@pytest.mark.parametrize("code", ["400", "403", "404", "413", "429"])
def test_error_pages_take_the_sentence_of_the_error(code):
    html = render_to_string(f"{code}.html", {"sentence": "Because of <this>."}, RequestFactory().get("/"))

    assert "Because of &lt;this&gt;." in html
    assert f"Error {code}" in html


class Form(forms.Form):
    username = forms.CharField(help_text="Letters.")
    bio = forms.CharField(required=False, widget=forms.Textarea)
    remember = forms.BooleanField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def draw_form(form):
    return render_to_string("web/_form.html", {"form": form})


def test_fields_are_joined_to_label_and_help():
    html = draw_form(Form())

    assert '<label class="form-label" for="id_username">' in html
    assert 'aria-describedby="id_username-help"' in html
    assert 'id="id_username-help">Letters.' in html
    assert 'autocomplete="username"' in html
    assert 'class="form-check-input"' in html


def test_an_error_takes_the_place_of_the_help():
    html = draw_form(Form({"username": ""}))

    assert 'aria-invalid="true"' in html
    assert "Letters." not in html
    assert re.search(r'<div id="id_username-help"><p class="form-error">.*This field is required', html)


def test_errors_of_the_whole_form_stand_above_it():
    form = Form({"username": "alice"})
    form.add_error(None, "Not <right>.")

    html = draw_form(form)

    assert html.index("Not &lt;right&gt;.") < html.index("id_username")
    assert 'role="alert"' in html


def test_hidden_fields_have_no_label():
    assert 'for="id_secret"' not in draw_form(Form())
    assert 'name="secret"' in draw_form(Form())


def test_optional_fields_are_marked_where_the_template_wants_it():
    template = engines["django"].from_string("{% load interface %}{% field form.bio mark_optional=True %}")

    assert "(optional)" in template.render({"form": Form()})
    assert "(optional)" not in draw_form(Form())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_what_needs_a_script_is_not_drawn_without_one(path):
    """A plain button does nothing by itself, so it carries js-only (or opens a popover)."""
    buttons = re.findall(r'<button[^>]*type="button"[^>]*>', path.read_text())
    wrapped = re.findall(r'class="js-only"><button[^>]*type="button"[^>]*>', path.read_text())

    dead = [one for one in buttons if "js-only" not in one and "popovertarget" not in one]
    assert [one for one in dead if not any(one in whole for whole in wrapped)] == []
