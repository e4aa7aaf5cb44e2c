"""Drafts as one meets them: saved by a script or a button, continued anywhere, offered, thrown away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from attachments.models import Attachment
from conversations.models import Conversation
from tests.conversations.messages import write
from tests.factories import make_image, make_tweet, make_user, picture_file
from tests.tweets.test_save_draft import save as save_draft
from tweets.actions import delete_tweet
from tweets.models import SavedDraft, Tweet

pytestmark = pytest.mark.django_db
SAVE = "/drafts/save"
FORM = {
    "key": "form",
    "draft": "one.1",
    "visibility": "public",
    "repliers": "everyone",
    "quoters": "everyone",
}


def form(**fields):
    return {**FORM, **fields}


def draft():
    return SavedDraft.objects.get()


def words():
    return [one.what[0]["text"] for one in SavedDraft.objects.order_by("id")]


def test_a_script_keeps_what_stands_in_the_form(as_alice, alice):
    image = make_image(alice)
    sent = form(
        text="half a", attachments=image.id, visibility="quiet", **{f"description_{image.id}": "a lake"}
    )
    answer = as_alice.post(SAVE, sent)
    assert (answer.status_code, answer.json()) == (200, {})
    kept = draft().what[0]
    assert (kept["text"], kept["visibility"], draft().place) == ("half a", "quiet", "tweet")
    assert kept["images"] == [{"attachment_id": image.id, "description": "a lake"}]
    assert not Tweet.objects.exists()


def test_a_thread_is_kept_as_one(as_alice):
    as_alice.post(SAVE, form(text="one", text_2="two"))
    assert [part["text"] for part in draft().what] == ["one", "two"]


def test_it_is_continued_on_any_device(as_alice, alice):
    image = make_image(alice, "a lake")
    as_alice.post(SAVE, form(text="half a", text_2="word", attachments=image.id, visibility="followers"))
    page = as_alice.get(f"/create/?draft={draft().id}")
    composer = page.context["composer"]
    assert [part.text for part in composer.parts] == ["half a", "word"]
    assert [one.id for one in composer.parts[0].attachments] == [image.id]
    assert composer.audience.visibility == "followers"
    assert (composer.key, composer.saving.seen) == ("form", "one.1")
    assert page.context["offer"] is None


def test_posting_what_was_continued_ends_the_draft(as_alice, alice):
    image = make_image(alice)
    as_alice.post(SAVE, form(text="half a", attachments=image.id))
    sent = form(text="half a word", attachments=image.id, draft="two.1", seen="one.1")
    assert as_alice.post("/create/", sent).status_code == 302
    assert not SavedDraft.objects.exists()
    assert Tweet.objects.get().images.get().attachment == image


def test_what_comes_late_is_told_that_it_was_posted(as_alice):
    as_alice.post("/create/", form(text="said"))
    answer = as_alice.post(SAVE, form(text="sai"))
    assert answer.status_code == 409
    assert answer.json()["said"] == ""
    assert not SavedDraft.objects.exists()
    assert as_alice.post(SAVE, form(text="and more", key=answer.json()["key"])).status_code == 200


def test_two_windows_become_two_drafts(as_alice):
    as_alice.post(SAVE, form(text="here"))
    answer = as_alice.post(SAVE, form(text="there", draft="two.1"))
    assert answer.status_code == 409
    assert "second draft" in answer.json()["said"]
    as_alice.post(SAVE, form(text="there", draft="two.2", key=answer.json()["key"]))
    assert words() == ["here", "there"]


def test_too_much_is_said_and_stays_in_the_form(as_alice, settings):
    settings.DRAFT_MAX_LENGTH = 1000
    answer = as_alice.post(SAVE, form(text="x" * 1000))
    assert answer.status_code == 422
    assert "too long" in answer.json()["said"]
    page = as_alice.post("/drafts/keep", form(text="x" * 1000))
    assert page.status_code == 422
    assert "x" * 1000 in page.content.decode()


def test_the_button_without_scripts(as_alice):
    page = as_alice.get("/create/").content.decode()
    assert '<noscript><button class="btn btn-outline" type="submit" formaction="/drafts/keep"' in page
    sent = form(text="by hand", pictures=[picture_file()], description_new_1="a lake")
    answer = as_alice.post("/drafts/keep", sent, follow=True)
    assert answer.redirect_chain == [("/drafts/", 302)]
    assert "Your draft is saved." in answer.content.decode()
    assert "by hand" in answer.content.decode()
    assert Attachment.objects.get().holder == "draft:form"


def test_the_button_after_posting_keeps_another_draft(as_alice):
    as_alice.post("/create/", form(text="said"))
    as_alice.post("/drafts/keep", form(text="said, and more"))
    assert words() == ["said, and more"]


def test_a_reply_and_a_quote_keep_their_place(as_alice, alice, bob):
    tweet = make_tweet(bob, "look at this")
    as_alice.post(SAVE, form(text="yes", reply_to=tweet.id))
    as_alice.post(SAVE, form(text="this!", quote=tweet.id, key="second"))
    assert set(SavedDraft.objects.values_list("place", flat=True)) == {
        f"reply:{tweet.id}",
        f"quote:{tweet.id}",
    }
    for one in SavedDraft.objects.all():
        page = as_alice.get(f"/create/?draft={one.id}").content.decode()
        assert "look at this" in page
    assert as_alice.get(f"/create/?reply_to={tweet.id}").context["offer"].words == "yes"
    assert as_alice.get("/create/").context["offer"] is None


def test_what_it_answered_is_gone(as_alice, alice, bob):
    tweet = make_tweet(bob)
    as_alice.post(SAVE, form(text="my answer", reply_to=tweet.id))
    delete_tweet(bob, tweet)
    page = as_alice.get(f"/create/?draft={draft().id}")
    assert "my answer" in page.content.decode()
    assert page.context["composer"].errors
    assert page.context["composer"].parent is None


def test_messages_have_drafts(as_alice, alice, bob):
    write(alice, bob)
    conversation_id = Conversation.objects.get().id
    as_alice.post(SAVE, form(text="psst", place=f"conversation:{conversation_id}"))
    assert draft().what[0]["visibility"] == "direct"
    listed = as_alice.get("/drafts/").content.decode()
    assert f"/messages/{conversation_id}/?draft={draft().id}" in listed
    page = as_alice.get(f"/messages/{conversation_id}/?draft={draft().id}")
    assert page.context["composer"].parts[0].text == "psst"
    composer = page.context["composer"]
    as_alice.post(
        f"/messages/{conversation_id}/",
        {"text": "psst", "key": composer.key, "seen": composer.saving.seen},
    )
    assert not SavedDraft.objects.exists()
    assert Tweet.objects.filter(text="psst").exists()


def test_a_new_message_keeps_its_names(as_alice, bob):
    as_alice.post(SAVE, form(text="hello", to="bob, nobody-yet", place="message"))
    offered = as_alice.get("/messages/new/")
    assert offered.context["offer"].path == f"/messages/new/?draft={draft().id}"
    composer = as_alice.get(offered.context["offer"].path).context["composer"]
    assert (composer.to, composer.parts[0].text) == ("bob, nobody-yet", "hello")
    sent = {
        "to": "bob",
        "text": "hello",
        "key": composer.key,
        "place": "message",
    }
    as_alice.post("/messages/new/", {**sent, "seen": composer.saving.seen})
    assert not SavedDraft.objects.exists()


def test_the_last_unfinished_one_is_offered_for_a_week(as_alice, alice):
    save_draft(alice, "older", key="a")
    save_draft(alice, "newer <b>", key="b")
    page = as_alice.get("/create/")
    assert page.context["composer"].parts[0].text == ""
    assert "newer &lt;b&gt;" in page.content.decode()
    answer = as_alice.get("/drafts/offer", headers={"HX-Request": "true"})
    assert "newer &lt;b&gt;" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    SavedDraft.objects.update(updated_at=timezone.now() - timedelta(days=8))
    assert as_alice.get("/create/").context["offer"] is None
    assert as_alice.get("/drafts/offer", headers={"HX-Request": "true"}).status_code == 204
    assert as_alice.get("/drafts/offer").headers["Location"] == "/drafts/"


def test_the_list_shows_words_pictures_and_what_it_is(as_alice, alice, bob):
    tweet = make_tweet(bob)
    save_draft(alice, "a long way " * 30, key="a")
    save_draft(alice, "", key="b", images=[make_image(alice, "a lake")])
    as_alice.post(SAVE, form(text="one", text_2="two", key="c", reply_to=tweet.id))
    page = as_alice.get("/drafts/").content.decode()
    assert "a long way a long way" in page
    assert "a long way " * 20 not in page
    assert 'alt="a lake"' in page
    assert "Thread of 2" in page
    assert "Reply" in page
    assert page.index("Thread of 2") < page.index("a lake") < page.index("a long way")


def test_thirty_drafts_cost_no_more_than_three(as_alice, alice, django_assert_max_num_queries):
    for number in range(30):
        save_draft(
            alice, f"number {number}", key=f"key{number}", images=[make_image(alice)] if number < 3 else []
        )
    as_alice.get("/drafts/")
    with django_assert_max_num_queries(6):
        assert len(as_alice.get("/drafts/").context["rows"]) == 30


def test_nothing_there_says_what_will_be(as_alice):
    assert "No drafts" in as_alice.get("/drafts/").content.decode()


def test_throwing_away_asks_first(as_alice, alice):
    one = save_draft(alice, "nonsense", images=[make_image(alice)])
    address = f"/drafts/{one.id}/discard"
    assert "nonsense" in as_alice.get(address).content.decode()
    assert SavedDraft.objects.exists()
    assert as_alice.post(address).headers["Location"] == "/drafts/"
    assert not SavedDraft.objects.exists()
    assert not Attachment.objects.exists()
    assert as_alice.post(address).status_code == 404


def test_nobody_else_learns_of_a_draft(as_bob, alice, client):
    one = save_draft(alice, "hers alone", images=[make_image(alice)])
    for address in (
        f"/create/?draft={one.id}",
        f"/messages/new/?draft={one.id}",
        f"/drafts/{one.id}/discard",
    ):
        answer, absent = as_bob.get(address), as_bob.get(address.replace(str(one.id), "987654"))
        assert answer.status_code == absent.status_code == 404
        assert "hers alone" not in answer.content.decode()
        assert client.get(address).headers["Location"].startswith("/login/")
    assert as_bob.post(f"/drafts/{one.id}/discard").status_code == 404
    as_bob.post(SAVE, form(text="his", key=one.key, draft=one.stamp, attachments=Attachment.objects.get().id))
    one.refresh_from_db()
    assert one.what[0]["text"] == "hers alone"
    assert Attachment.objects.get().owner == alice
    assert Attachment.objects.get().holder == "draft:form"
    assert "hers alone" not in as_bob.get("/drafts/").content.decode()
    for bad in ("0", "-1", "x", "9" * 30):
        assert as_bob.get(f"/create/?draft={bad}").status_code == 404


def test_who_may_not_write_saves_nothing(client, as_person):
    uma = as_person(make_user("uma", confirmed=False))
    assert uma.post(SAVE, form(text="hm")).status_code == 403
    assert client.post(SAVE, form(text="hm")).headers["Location"].startswith("/login/")
    assert not SavedDraft.objects.exists()


@pytest.mark.parametrize(
    "damage", [{"draft": "x"}, {"draft": "a.99999999999"}, {"key": "<b>"}, {"place": "moon"}]
)
def test_a_damaged_form_still_keeps_the_words(as_alice, damage):
    assert as_alice.post(SAVE, form(text="my words", **damage)).status_code == 200
    assert words() == ["my words"]


def test_an_edit_is_no_draft(as_alice, alice):
    tweet = make_tweet(alice)
    assert 'name="draft"' not in as_alice.get(f"/edit/{tweet.id}/").content.decode()
    assert as_alice.post(SAVE, form(text="hm", version="1")).status_code == 422
