"""One conversation: what was said, who can read it, answering, and its buttons."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import suspend_user
from conversations.actions import clear_conversation
from conversations.queries import unread
from relationships.actions import block_user, follow_user
from tests.conversations.messages import inbox, part, write
from tests.factories import make_tweet, make_user, picture_file
from tests.web.test_messages import FRAGMENT, main_of, page_of
from tweets.actions import delete_tweet, edit_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet
from tweets.queries import images_of

pytestmark = pytest.mark.django_db
BUTTONS = ("accept", "unread", "clear")


@pytest.fixture
def talk(alice, bob):
    """Bob answered Alice, who has not read it."""
    write(alice, bob, text="first words")
    return write(bob, alice, text="his answer")


def path_of(conversation) -> str:
    return f"/messages/{conversation.id}/"


def test_the_newest_stands_last_under_its_day(as_alice, talk):
    main = main_of(page_of(as_alice, path_of(talk)))
    assert main.index("first words") < main.index("his answer") < main.index('name="text"')
    day = Tweet.objects.first().created_at
    assert main.count(f"{day:%A}, {day.day} {day:%B %Y}") == 1


def test_it_says_exactly_who_can_read_it(as_alice, alice, bob, carol):
    for people, words in (
        ([bob], ["Only you and ", "Bob"]),
        ([bob, carol], ["Only you, ", "Bob", " and ", "carol"]),
    ):
        main = main_of(page_of(as_alice, path_of(write(alice, *people))))
        sentence = main[main.index("Only you") : main.index("whoever runs this server.")]
        places = [sentence.index(word) for word in words]
        assert places == sorted(places)


def test_nobody_else_opens_it_and_cannot_tell_it_from_none(alice, bob, carol, staff, talk, as_person):
    """Stranger, staff, visitor, and who took it out of their messages."""
    left = write(carol, alice, bob)
    clear_conversation(carol, left)
    for reader in (carol, staff):
        client = as_person(reader)
        for conversation in (talk, left):
            for address in (path_of(conversation), *(path_of(conversation) + button for button in BUTTONS)):
                for ask in (client.get, client.post):
                    found = ask(address, {"text": "let me in"})
                    absent = ask(address.replace(str(conversation.id), "12345"), {"text": "let me in"})
                    assert found.status_code == absent.status_code
                    assert found.status_code in (302, 404)
                    if found.status_code == 302:  # a button asked for by GET leads to the page, for everybody
                        assert found["Location"] == address.rsplit("/", 1)[0]
    visitor = Client()
    for address in (path_of(talk), f"{path_of(talk)}clear"):
        assert visitor.get(address)["Location"].startswith("/login/")
        assert visitor.post(address)["Location"].startswith("/login/")
    assert Tweet.objects.filter(text="let me in").count() == 0
    assert inbox(alice) == [talk.id]
    assert part(carol, left).cleared_id


def test_the_words_of_a_page_that_is_not_ones_own_are_those_of_none(alice, bob, carol, talk, as_person):
    client = as_person(carol)
    pages = [client.get(f"/messages/{an_id}/").content.decode() for an_id in (talk.id, 12345)]
    assert pages[0].replace(str(talk.id), "12345") == pages[1]


def test_opening_reads_it_and_a_look_ahead_does_not(as_alice, alice, talk):
    as_alice.head(path_of(talk))
    as_alice.get(path_of(talk), headers=FRAGMENT)
    assert unread(alice).exists()
    assert 'class="badge"' not in page_of(as_alice, path_of(talk))
    assert not unread(alice).exists()


def test_unread_again_and_back_to_the_list(as_alice, alice, talk):
    page_of(as_alice, path_of(talk))
    assert as_alice.post(f"{path_of(talk)}unread").headers["Location"] == "/messages/"
    assert unread(alice).exists()


def test_answering_without_scripts(as_alice, alice, bob, talk):
    page = as_alice.get(path_of(talk))
    form = {"text": "and ask @carol", "key": page.context["composer"].key, "pictures": [picture_file()]}
    form["description_new_1"] = "a hill"
    make_user("carol")
    assert as_alice.post(path_of(talk), form).headers["Location"] == path_of(talk)
    tweet = Tweet.objects.latest("id")
    assert [image.description for image in images_of(tweet)] == ["a hill"]
    assert {mention.person.username for mention in tweet.mentions.all()} == {"bob"}
    main = main_of(page_of(as_alice, path_of(talk)))
    assert 'href="/@carol"' in main
    assert 'alt="a hill"' in main


def test_sending_twice_sends_once(as_alice, talk):
    form = {"text": "only once", "key": as_alice.get(path_of(talk)).context["composer"].key}
    for _ in range(2):
        assert as_alice.post(path_of(talk), form).status_code == 302
    assert Tweet.objects.filter(text="only once").count() == 1


@pytest.mark.parametrize(("text", "sentence"), [(" ", "Write something"), ("word " * 60, "too long")])
def test_bad_input_gets_a_sentence_and_loses_nothing(as_alice, talk, text, sentence):
    answer = as_alice.post(path_of(talk), {"text": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert text.strip() in page
    assert "his answer" in page


def test_a_form_without_its_token_is_refused(alice, talk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    for address in ("", *BUTTONS):
        assert client.post(path_of(talk) + address, {"text": "hello"}).status_code == 403


def test_across_a_block_each_keeps_their_own_words_and_nobody_writes(
    as_alice, as_bob, bob, alice, talk, events_happen
):
    with events_happen():
        block_user(bob, alice)
    for client, own, others, words in (
        (as_alice, "first words", "his answer", "@bob blocked you, so you cannot write to each other."),
        (as_bob, "his answer", "first words", "You blocked @alice, so you cannot write to each other."),
    ):
        page = page_of(client, path_of(talk))
        main = main_of(page)
        assert own in main
        assert others not in page
        assert words in main
        assert 'name="text"' not in main
        assert "Only you can read this" in main
        answer = client.post(path_of(talk), {"text": "one more thing"})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Tweet.objects.filter(text="one more thing").exists()


def test_who_is_suspended_vanishes_from_it(as_alice, bob, staff, talk, events_happen):
    with events_happen():
        suspend_user(staff, bob)
    main = main_of(page_of(as_alice, path_of(talk)))
    assert "his answer" not in main
    assert "Bob" not in main
    assert "Nobody else can read this any more." in main


def test_deleted_words_are_gone_and_edited_ones_say_so(as_bob, alice, bob, talk, events_happen):
    first, answer = Tweet.objects.order_by("id")
    with events_happen():
        edit_tweet(bob, answer, TweetDraft("his better answer"))
        delete_tweet(alice, first)
    main = main_of(page_of(as_bob, path_of(talk)))
    assert "first words" not in main
    assert "his better answer" in main
    assert f'href="/@bob/{answer.id}/history"' in main


def test_deleting_a_message_leads_back_to_messages(as_bob, talk):
    answer = as_bob.post(f"/delete/{Tweet.objects.latest('id').id}/")
    assert answer.headers["Location"] == "/messages/"


def test_a_request_is_accepted_or_deleted_before_it_is_answered(as_alice, alice, bob, carol):
    by_bob, by_carol = write(bob, alice, text="let me in"), write(carol, alice)
    main = main_of(page_of(as_alice, path_of(by_bob)))
    assert "let me in" in main
    assert 'name="text"' not in main
    assert "You do not follow @bob" in main
    assert as_alice.post(f"{path_of(by_bob)}accept").headers["Location"] == path_of(by_bob)
    assert 'name="text"' in main_of(page_of(as_alice, path_of(by_bob)))
    assert as_alice.post(f"{path_of(by_carol)}clear").headers["Location"] == "/messages/requests/"
    assert as_alice.get(path_of(by_carol)).status_code == 404
    assert part(carol, by_carol).cleared_id == 0


def test_removing_asks_first_and_is_for_oneself_alone(as_alice, as_bob, talk):
    assert "The others keep it" in page_of(as_alice, f"{path_of(talk)}clear")
    assert as_alice.get(path_of(talk)).status_code == 200
    assert as_alice.post(f"{path_of(talk)}clear", follow=True).redirect_chain == [("/messages/", 302)]
    assert as_alice.get(path_of(talk)).status_code == 404
    assert as_bob.get(path_of(talk)).status_code == 200


@pytest.mark.parametrize("button", ["accept", "unread"])
def test_buttons_change_nothing_by_get(as_alice, alice, bob, button):
    conversation = write(bob, alice)
    before = part(alice, conversation).__dict__
    as_alice.get(f"{path_of(conversation)}{button}")
    after = part(alice, conversation).__dict__
    assert {**before, "_state": 0} == {**after, "_state": 0}


def test_older_messages_are_a_link_away(as_alice, alice, bob, settings):
    settings.MESSAGES_PAGE_SIZE = 2
    for number in range(5):
        talk = write(alice, bob, text=f"number {number}")
    seen, address = [], path_of(talk)
    while address:
        answer = as_alice.get(address, headers=FRAGMENT)
        assert "<html" not in answer.content.decode()
        stretch = answer.context["talk"]
        seen = [said.card.text for said in stretch.said] + seen
        address = stretch.older_url
    assert seen == [f"number {number}" for number in range(5)]
    older = as_alice.get(as_alice.get(path_of(talk)).context["talk"].older_url)
    assert f'href="{path_of(talk)}">Newest messages' in older.content.decode()


def test_no_day_is_marked_twice_when_older_ones_join(as_alice, alice, bob, settings):
    settings.MESSAGES_PAGE_SIZE = 2
    for _ in range(4):
        talk = write(alice, bob)
    older = as_alice.get(as_alice.get(path_of(talk)).context["talk"].older_url, headers=FRAGMENT)
    assert older.context["talk"].following_day == ""
    assert older.content.decode().count("talk__day") == 1


@pytest.mark.parametrize("cursor", ["x", "-5", "0", "1", "9" * 19, "9" * 30])
def test_a_nonsense_cursor_is_no_error(as_alice, talk, cursor):
    assert as_alice.get(f"{path_of(talk)}?cursor={cursor}").status_code == 200


def test_who_has_not_confirmed_may_read_and_is_told(talk, as_person):
    uma = make_user("uma", confirmed=False)
    assert as_person(uma).get("/messages/").status_code == 200


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_a_fixed_number_of_queries(as_alice, alice, bob, carol, number, settings):
    """Reader, badges; the part, its people, what is between them (5), ids and cards (2);
    the list beside (5). Marking read adds its own when there is something new.
    """
    settings.MESSAGES_PAGE_SIZE = settings.CONVERSATIONS_PAGE_SIZE = 50
    follow_user(alice, bob)
    for _ in range(number):
        write(bob, alice, make_user())
        talk = write(alice, bob, carol, pictures=1 if number < 10 else 0)
    write(bob, alice, carol, quote_of_id=make_tweet(carol).id)
    page_of(as_alice, path_of(talk))
    with CaptureQueriesContext(connection) as counted:
        answer = as_alice.get(path_of(talk))
    assert len(answer.context["talk"].said) == number + 1
    assert len(answer.context["inbox"].lines) == number + 1
    assert len(counted) == 17
