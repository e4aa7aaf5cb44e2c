"""What stands behind a warning or a cover: folded everywhere, and leaking nowhere."""

import pytest

from accounts.actions import update_reading
from accounts.models import User
from tests.factories import make_image, make_quote, make_tweet
from tweets.actions import edit_tweet, like_tweet, post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet
from tweets.queries import images_of
from web.forms.tweet import Composer
from web.templatetags.cards import mean_colour

pytestmark = pytest.mark.django_db
SECRET = "the captain was a tape"
FOLDED = '<details class="warning">'
UNFOLDED = '<details class="warning" open>'


@pytest.fixture
def warned(alice) -> Tweet:
    return make_tweet(alice, SECRET, warning="Ending of the ferry", language="en")


@pytest.fixture
def covered(alice) -> Tweet:
    return make_tweet(alice, "look", images=[make_image(alice, "a wasp")], is_sensitive=True)


def test_the_words_stand_folded_behind_their_warning(client, as_alice, warned):
    for browser in (client, as_alice):
        for path in ("/local/", warned.path, f"{warned.path}/embed"):
            page = browser.get(path).content.decode()
            assert FOLDED in page
            assert page.index(FOLDED) < page.index("Ending of the ferry</span>") < page.index(f">{SECRET}")


def test_a_quote_keeps_its_own_warning(client, bob, warned):
    quote = make_quote(bob, warned, "well said")
    page = client.get(quote.path).content.decode()
    main = page[page.index("<main") :]
    assert main.index("well said") < main.index('class="quote"') < main.index(FOLDED) < main.index(SECRET)
    assert '<div class="quote__text" lang="en">' in page


def test_nothing_outside_tells_what_the_warning_hides(client, warned):
    page = client.get(warned.path).content.decode()
    head = page[: page.index("<body")]
    assert SECRET not in head
    assert "Ending of the ferry" in head
    feed = client.get("/@alice.rss").content.decode()
    assert SECRET not in feed
    assert "Ending of the ferry" in feed
    answer = client.get("/oembed", {"url": f"http://testserver{warned.path}"})
    assert SECRET not in answer.content.decode()


def test_where_only_a_line_has_room_the_warning_stands_in_place_of_the_words(
    as_alice, as_bob, alice, bob, warned, events_happen
):
    with events_happen():
        like_tweet(bob, warned)
        post_tweet(alice, TweetDraft(f"@bob {SECRET}", visibility="direct", warning="Ending of the talk"))
    told = as_alice.get("/notifications/").content.decode()
    written = as_bob.get("/messages/requests/").content.decode()
    assert "Ending of the ferry" in told
    assert "Ending of the talk" in written
    assert SECRET not in told
    assert SECRET not in written


def test_former_versions_stay_folded(client, alice):
    tweet = make_tweet(alice, SECRET, warning="Ending")
    edit_tweet(alice, tweet, TweetDraft(f"{SECRET}, really", warning="Ending of it"))
    page = client.get(f"{tweet.path}/history").content.decode()
    assert page.count(FOLDED) == 2
    assert "The warning was changed." in page


def test_a_covered_picture_waits_behind_a_cover(client, as_alice, covered):
    for browser in (client, as_alice):
        page = browser.get("/local/").content.decode()
        assert '<details class="cover' in page
        assert (
            page.index('<details class="cover') < page.index("Sensitive picture") < page.index("data-gallery")
        )
        cover = page[page.index('<details class="cover') :]
        assert cover[: cover.index("</details>")].count('loading="lazy"') == 1


def test_a_covered_picture_is_in_no_preview(client, covered):
    head = client.get(covered.path).content.decode().partition("<body")[0]
    picture = images_of(covered)[0]
    assert not any(name in head for name in (picture.thumb, picture.card, picture.full) if name)
    assert "og:image" in head
    assert 'content="summary"' in head
    assert "<enclosure" not in client.get("/@alice.rss").content.decode()


def test_the_page_of_a_covered_picture_covers_it_too(client, covered, alice):
    page = client.get(f"{covered.path}/picture/1").content.decode()
    assert "<span>Sensitive picture</span>" in page or "Sensitive picture</span>" in page
    assert page.index('<details class="warning picture__warning">') < page.index('<figure class="picture">')
    both = make_tweet(alice, "x", images=[make_image(alice)], warning="Blood")
    assert "Blood</span>" in client.get(f"{both.path}/picture/1").content.decode()


@pytest.mark.parametrize(
    ("shown", "sensitive_covered", "harmless_covered"),
    [("harmless", True, False), ("all", False, False), ("none", True, True)],
)
def test_the_reader_chooses_what_is_covered(as_bob, bob, alice, shown, sensitive_covered, harmless_covered):
    update_reading(bob, opens_warnings=False, pictures_shown=shown, languages=[])
    for is_sensitive, is_covered in ((True, sensitive_covered), (False, harmless_covered)):
        tweet = make_tweet(alice, "x", images=[make_image(alice)], is_sensitive=is_sensitive)
        for path in (tweet.path, f"{tweet.path}/picture/1"):
            page = as_bob.get(path).content.decode()
            assert ('<details class="cover' in page or "picture__warning" in page) == is_covered


def test_the_reader_may_have_warnings_opened(as_bob, as_alice, bob, warned):
    update_reading(bob, opens_warnings=True, pictures_shown="harmless", languages=[])
    assert UNFOLDED in as_bob.get("/local/").content.decode()
    assert FOLDED in as_alice.get("/local/").content.decode()


def test_a_plain_tweet_carries_none_of_it(client, alice):
    make_tweet(alice, "plain", images=[make_image(alice)])
    page = client.get("/local/").content.decode()
    assert "cover" not in page[page.index("<article") : page.index("</article>")]
    assert "warning" not in page[page.index("<article") : page.index("</article>")]


def test_the_language_is_told_to_the_browser(client, alice):
    make_tweet(alice, "Guten Morgen", language="de")
    assert '<div class="tweet__text" lang="de">' in client.get("/local/").content.decode()


@pytest.mark.parametrize(
    ("blurhash", "colour"),
    [("LEHV6nWB2yk8pyo0adR*.7kCMdnj", "#979696"), ("", "#8b96a3"), ("L", "#8b96a3"), ("L<\"'>&", "#8b96a3")],
)
def test_the_mean_colour_of_a_picture(blurhash, colour):
    assert len(mean_colour(blurhash)) == 7
    if blurhash[:2] != "LE":
        assert mean_colour(blurhash) == colour


def test_a_form_with_all_three_posts_and_edits_them(as_alice, alice):
    image = make_image(alice)
    sent = {
        "text": SECRET,
        "warning": "Ending",
        "is_sensitive": "on",
        "language": "de",
        "attachments": image.id,
    }
    assert as_alice.post("/create/", sent).status_code == 302
    tweet = Tweet.objects.get()
    assert (tweet.warning, tweet.is_sensitive, tweet.language) == ("Ending", True, "de")
    page = as_alice.get(f"/edit/{tweet.id}/").content.decode()
    assert 'name="warning" value="Ending"' in page
    assert '<option value="de" data-chip="In Deutsch" selected>' in page
    assert 'name="is_sensitive" checked' in page
    as_alice.post(f"/edit/{tweet.id}/", {"text": SECRET, "version": "1", "attachments": image.id})
    tweet.refresh_from_db()
    assert (tweet.warning, tweet.is_sensitive, tweet.language, tweet.revision) == ("", False, "", 2)


def test_what_is_refused_keeps_what_was_typed(as_alice):
    answer = as_alice.post("/create/", {"text": "", "warning": "Ending", "language": "xx"})
    assert answer.status_code == 422
    assert 'value="Ending"' in answer.content.decode()
    assert not Tweet.objects.exists()


def test_sensitive_is_said_of_pictures_alone(as_alice):
    as_alice.post("/create/", {"text": "no pictures", "is_sensitive": "on"})
    assert not Tweet.objects.get().is_sensitive


def test_an_answer_takes_over_the_warning(as_bob, warned):
    page = as_bob.get(f"/create/?reply_to={warned.id}").content.decode()
    assert 'value="re: Ending of the ferry"' in page
    assert 'value="re: Ending of the ferry"' in as_bob.get(warned.path).content.decode()
    sent = {"text": "Oh", "reply_to": warned.id, "warning": "re: Ending of the ferry"}
    as_bob.post("/create/", sent)
    answer = Tweet.objects.get(reply_to=warned)
    assert answer.warning == "re: Ending of the ferry"
    assert 'value="re: Ending of the ferry"' in as_bob.get(answer.path).content.decode()
    as_bob.post("/create/", {"text": "Oh, without", "reply_to": warned.id, "warning": ""})
    assert Tweet.objects.filter(reply_to=warned, warning="").count() == 1


def test_a_new_form_begins_as_preferred(alice):
    person = User.objects.get(pk=alice.pk)
    person.posts_to, person.posts_quoters, person.posts_language, person.posts_sensitive = (
        "followers", "nobody", "de", True,
    )  # fmt: skip
    composer = Composer.blank(person)
    draft = composer.to_draft()
    assert (draft.visibility, draft.quoters, draft.language) == ("followers", "nobody", "de")
    assert composer.parts[0].is_sensitive
    assert composer.chips == ["Followers can read", "Nobody can quote"]
