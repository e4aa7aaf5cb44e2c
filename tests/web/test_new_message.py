"""A message to people one names: the form, as it works without scripts."""

import pytest

from accounts.actions import suspend_user
from conversations.actions import clear_conversation
from relationships.actions import block_user
from tests.conversations.messages import inbox, write
from tests.factories import make_user
from tests.web.test_messages import page_of
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
PAGE = "/messages/new/"


def test_visitors_log_in_and_the_unconfirmed_confirm(client, as_person):
    assert client.get(f"{PAGE}?to=bob").headers["Location"].startswith("/login/?next=/messages/new/")
    uma = as_person(make_user("uma", confirmed=False))
    assert uma.get(PAGE).headers["Location"] == "/confirm-email/"
    assert uma.post(PAGE, {"to": "uma", "text": "hello"}).status_code == 403


@pytest.mark.parametrize(
    "to", ["bob carol", "@bob, @carol", "Bob;CAROL", "bob\ncarol alice bob", "@bob@{host} carol"]
)
def test_names_may_be_written_in_many_ways(as_alice, alice, bob, carol, settings, to):
    answer = as_alice.post(PAGE, {"to": to.format(host=settings.SITE_HOST), "text": "hello"}, follow=True)
    assert "Message sent." in answer.content.decode()
    assert answer.redirect_chain == [(f"/messages/{inbox(alice)[0]}/", 302)]
    assert {mention.person for mention in Tweet.objects.get().mentions.all()} == {bob, carol}


def test_names_in_the_text_are_only_text(as_alice, alice, bob, carol):
    as_alice.post(PAGE, {"to": "bob", "text": "what would @carol say?"})
    assert {mention.person for mention in Tweet.objects.get().mentions.all()} == {bob}


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("", "Name the people this message is for."),
        (" , @ ;", "Name the people this message is for."),
        ("alice", "Name the people this message is for."),
        ("bob nobody", "There is nobody called @nobody to write to."),
        ("newcomer", "There is nobody called @newcomer to write to."),
        ("suzy", "There is nobody called @suzy to write to."),
        ("<script>", "There is nobody called @&lt;script&gt; to write to."),
        ("x" * 5000, "There is nobody called @xxx"),
        ("b\0b", "There is nobody called @b"),
    ],
)
def test_a_wrong_name_gets_a_sentence_and_loses_nothing(as_alice, bob, staff, to, sentence):
    make_user("newcomer", confirmed=False)
    suspend_user(staff, make_user("suzy"))
    answer = as_alice.post(PAGE, {"to": to, "text": "important words"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "important words" in page
    assert not Tweet.objects.exists()


def test_too_many_people_get_a_sentence(as_alice, settings):
    settings.MESSAGE_MAX_PEOPLE = 2
    names = " ".join(make_user().username for _ in range(3))
    answer = as_alice.post(PAGE, {"to": names, "text": "all of you"})
    assert "at most 2 people; this one names 3" in answer.content.decode()
    assert not Tweet.objects.exists()


def test_across_a_block_it_says_so(as_alice, as_bob, alice, bob):
    block_user(bob, alice)
    answer = as_alice.post(PAGE, {"to": "bob", "text": "hello"})
    assert answer.status_code == 422
    assert "@bob blocked you, so you cannot write to each other." in answer.content.decode()
    assert "You blocked @alice" in as_bob.post(PAGE, {"to": "alice", "text": "hello"}).content.decode()


def test_sending_twice_sends_once_and_to_others_again(as_alice, bob, carol):
    key = as_alice.get(PAGE).context["composer"].key
    for to in ("bob", "bob", "carol"):
        assert as_alice.post(PAGE, {"to": to, "text": "the same words", "key": key}).status_code == 302
    assert Tweet.objects.count() == 2


def test_the_form_is_filled_or_leads_to_the_conversation_there_is(as_alice, alice, bob):
    assert 'name="to" value="bob"' in page_of(as_alice, f"{PAGE}?to=bob")
    conversation = write(alice, bob)
    assert as_alice.get(f"{PAGE}?to=@Bob").headers["Location"] == f"/messages/{conversation.id}/"
    clear_conversation(alice, conversation)
    assert as_alice.get(f"{PAGE}?to=bob").status_code == 200


def test_names_that_nobody_has_lead_nowhere(as_alice, alice, bob):
    write(alice, bob)
    assert as_alice.get(f"{PAGE}?to=bob,nobody").status_code == 200


def test_the_field_asks_for_suggestions(as_alice):
    assert 'data-suggest="people"' in page_of(as_alice, PAGE)


def test_a_profile_has_a_way_to_write_unless_it_would_be_refused(as_alice, client, alice, bob, carol):
    way = 'href="/messages/new/?to=bob"'
    assert way in page_of(as_alice, "/@bob")
    assert way not in page_of(client, "/@bob")
    assert "/messages/new/?to=alice" not in page_of(as_alice, "/@alice")
    bob.messages_from = "followed"
    bob.save()
    assert way not in page_of(as_alice, "/@bob")
    block_user(carol, alice)
    assert "/messages/new/?to=carol" not in page_of(as_alice, "/@carol")


@pytest.mark.django_db(transaction=True)
def test_a_direct_tweet_of_the_composer_leads_to_its_conversation(as_alice, alice, bob):
    answer = as_alice.post("/create/", {"text": "psst @bob", "visibility": "direct"}, follow=True)
    assert answer.redirect_chain == [(f"/messages/{inbox(alice)[0]}/", 302)]
    assert "psst" in answer.content.decode()
