"""The pages of lists: read, made, changed, and seen by their owner alone."""

import pytest

from accounts.actions import suspend_user
from relationships.actions import FilterDraft, create_filter, follow_user
from tests.factories import make_image, make_tweet, make_user
from timelines.actions import add_to_list, create_list
from timelines.models import PeopleList
from timelines.queries import lists_with, members_of

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def friends(alice, bob):
    """Alice's list with Bob on it."""
    follow_user(alice, bob)
    people_list = create_list(alice, "Friends & <b>foes</b>")
    add_to_list(alice, people_list, bob)
    return people_list


def ids_shown(response) -> list[int]:
    return [card.entry_id for card in response.context["page"].cards]


PAGES = ("", "edit/", "delete/", "members/", "members/@bob/remove")


def test_nobody_else_learns_of_it(friends, as_bob, client):
    for part in PAGES:
        address = f"{friends.path}{part}"
        for send in (as_bob.get, as_bob.post):
            answer, absent = send(address), send(address.replace(str(friends.pk), "987654"))
            assert answer.status_code == absent.status_code
            assert answer.status_code == 404 or (part, send) == ("", as_bob.post)  # nothing takes that
            assert "foes" not in answer.content.decode()
        for send in (client.get, client.post):
            assert send(address).url.startswith("/login/?next=/lists/")
    assert "foes" not in as_bob.get("/lists/").content.decode()
    assert "foes" not in as_bob.get("/@bob/lists").content.decode()
    assert as_bob.get("/lists/99999999999999999999999/").status_code == 404
    assert PeopleList.objects.get().members.count() == 1


def test_visitors_log_in_first(client, bob):
    for address in ("/lists/", "/lists/new/", "/@bob/lists"):
        assert client.get(address).url.startswith("/login/?next=/")


def test_all_of_it_without_scripts(as_alice, alice, bob):
    """From nothing to a list that is read, and away again."""
    follow_user(alice, bob)
    tweet = make_tweet(bob)
    assert "Make a list" in as_alice.get("/lists/").content.decode()
    made = as_alice.post("/lists/new/", {"title": "Close ones", "replies": "nobody", "is_exclusive": "on"})
    people_list = PeopleList.objects.get()
    assert made.url == f"{people_list.path}members/"
    assert "Nobody is on this list yet" in as_alice.get(made.url).content.decode()
    assert as_alice.post(made.url, {"name": " @Bob "}).url == made.url
    assert ids_shown(as_alice.get(people_list.path)) == [tweet.id]
    overview = as_alice.get("/lists/").content.decode()
    assert "1 person" in overview
    assert "Not on Home" in overview
    form = as_alice.get(f"{people_list.path}edit/").content.decode()
    assert 'value="Close ones"' in form
    assert 'value="nobody" checked' in form
    changed = as_alice.post(f"{people_list.path}edit/", {"title": "Closer", "replies": "followed"})
    assert changed.url == people_list.path
    people_list.refresh_from_db()
    assert (people_list.title, people_list.replies, people_list.is_exclusive) == ("Closer", "followed", False)
    for _ in range(2):
        assert as_alice.post(f"{people_list.path}members/@bob/remove").url == f"{people_list.path}members/"
    assert "Nothing to read here yet" in as_alice.get(people_list.path).content.decode()
    assert "You still follow" in as_alice.get(f"{people_list.path}delete/").content.decode()
    assert PeopleList.objects.exists()
    assert as_alice.post(f"{people_list.path}delete/").url == "/lists/"
    assert as_alice.post(f"{people_list.path}delete/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": " ", "replies": "members"}, "Give the list a name."),
        ({"title": "x" * 51, "replies": "members"}, "at most 50 characters"),
        ({"title": "kept words", "replies": "all"}, "Choose one of the three."),
        ({"title": "kept words"}, "Choose one of the three."),
    ],
)
def test_a_form_that_cannot_be_used_says_why_and_loses_nothing(as_alice, friends, sent, sentence):
    for address in ("/lists/new/", f"{friends.path}edit/"):
        answer = as_alice.post(address, sent)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert sent["title"].strip() in answer.content.decode()
    assert PeopleList.objects.get().title == friends.title


def test_one_too_many_is_said_at_the_form(as_alice, friends, settings):
    settings.LISTS_MAX = 1
    answer = as_alice.post("/lists/new/", {"title": "kept words", "replies": "members"})
    assert answer.status_code == 422
    assert "You can have 1 lists" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("carol", "You do not follow @carol."),
        ("nobodyatall", "There is nobody called @nobodyatall here"),
        ("alice", "You do not follow @alice."),
        ("", "Write the name of somebody you follow."),
    ],
)
def test_who_cannot_be_put_on_it(as_alice, friends, carol, name, sentence):
    answer = as_alice.post(f"{friends.path}members/", {"name": name})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{name}"' in answer.content.decode() or not name
    assert members_of(friends).count() == 1


def test_a_suspended_person_can_still_be_taken_off(as_alice, friends, bob, staff):
    suspend_user(staff, bob)
    assert as_alice.post(f"{friends.path}members/@bob/remove").status_code == 302
    assert not members_of(friends).exists()


def test_the_lists_of_one_person_on_one_page(as_alice, alice, bob, friends):
    other = create_list(alice, "Other")
    page = as_alice.get("/@bob/lists").content.decode()
    assert "Friends &amp; &lt;b&gt;foes&lt;/b&gt;" in page
    assert page.count(" checked") == 1
    for _ in range(2):
        assert as_alice.post("/@bob/lists", {"lists": [str(other.id), "x", "99999"]}).url == "/@bob"
        assert lists_with(alice, bob) == {other.id}
    as_alice.post("/@bob/lists")
    assert lists_with(alice, bob) == set()


def test_a_stranger_is_refused_there_and_the_choice_kept(as_alice, friends, carol):
    answer = as_alice.post("/@carol/lists", {"lists": [str(friends.id)]})
    assert answer.status_code == 422
    assert "You do not follow @carol." in answer.content.decode()
    assert answer.content.decode().count(" checked") == 1


def test_the_profile_of_whom_one_follows_leads_there(as_alice, friends, carol):
    assert 'href="/@bob/lists"' in as_alice.get("/@bob").content.decode()
    assert 'href="/@carol/lists"' not in as_alice.get("/@carol").content.decode()
    assert 'href="/lists/"' in as_alice.get("/").content.decode()


def test_the_unconfirmed_are_told_what_to_do(as_person):
    uma = as_person(make_user("uma", confirmed=False))
    assert uma.get("/lists/").status_code == 200
    answer = uma.post("/lists/new/", {"title": "Friends", "replies": "members"})
    assert answer.status_code == 403
    assert "Confirm your e-mail address first" in answer.content.decode()


def test_htmx_gets_the_parts(as_alice, friends, bob, settings):
    settings.FEED_PAGE_SIZE = 2
    tweets = [make_tweet(bob).id for _ in range(5)][::-1]
    first = as_alice.get(friends.path)
    rest = as_alice.get(first.context["page"].next_url, headers=FRAGMENT)
    assert ids_shown(first) + ids_shown(rest) == tweets[:4]
    assert "<html" not in rest.content.decode()
    assert "HX-Request" in rest["Vary"]
    back = as_alice.get(as_alice.get(rest.context["page"].next_url).context["page"].newer_url)
    assert ids_shown(back) == tweets[2:4]
    answered = as_alice.post(f"{friends.path}members/@bob/remove", headers=FRAGMENT).content.decode()
    assert "no longer on the list" in answered
    assert "<html" not in answered


def test_word_filters_of_home_hold_here(as_alice, alice, friends, bob):
    make_tweet(bob, "a word about marmalade")
    assert "marmalade" in as_alice.get(friends.path).content.decode()
    create_filter(alice, FilterDraft("Jam", {"marmalade": True}, ("home",), "hide"))
    page = as_alice.get(friends.path).content.decode()
    assert "marmalade" not in page
    assert "hide everything on this page" in page


def test_the_people_on_it_by_pages(as_alice, alice, friends, settings):
    settings.PEOPLE_PAGE_SIZE = 2
    for _ in range(3):
        person = make_user()
        follow_user(alice, person)
        add_to_list(alice, friends, person)
    first = as_alice.get(f"{friends.path}members/")
    rest = as_alice.get(first.context["page"].next_url, headers=FRAGMENT)
    assert "<html" not in rest.content.decode()
    names = [row.person.username for page in (first, rest) for row in page.context["page"].rows]
    assert len(set(names)) == 4
    assert names[-1] == "bob"


@pytest.mark.parametrize("number", [3, 30])
def test_as_many_queries_for_three_as_for_thirty(
    as_alice, alice, friends, number, settings, django_assert_max_num_queries
):
    settings.FEED_PAGE_SIZE = settings.PEOPLE_PAGE_SIZE = 40
    for turn in range(number):
        person = make_user()
        follow_user(alice, person)
        add_to_list(alice, friends, person)
        create_list(alice, f"list {turn}")
        make_tweet(person, "look", [make_image(person)] if turn % 9 == 0 else None)
    as_alice.get("/lists/")
    for address, most in (
        (friends.path, 9), (f"{friends.path}members/", 10), ("/lists/", 4), ("/@bob/lists", 6),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert as_alice.get(address).status_code == 200
    assert len(ids_shown(as_alice.get(friends.path))) == number
