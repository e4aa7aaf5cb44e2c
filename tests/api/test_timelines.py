"""Public, tags and lists."""

from urllib.parse import quote

import pytest

from relationships.actions import follow_user, mute_user
from tests.api.shape import assert_is
from tests.factories import make_image, make_reply, make_tweet
from timelines.actions import add_to_list, create_list
from timelines.models import PeopleList
from tweets.actions import take_up_link

pytestmark = pytest.mark.django_db


def ids(app, path):
    return [int(status["id"]) for status in app.get(f"/api/v1/timelines/{path}").json()]


def test_public_is_what_everybody_says_first_hand(nobodys, alices, alice, bob):
    first = make_tweet(bob, "public")
    make_tweet(bob, "quiet", visibility="quiet")
    make_reply(alice, first)
    picture = make_tweet(bob, "look", images=[make_image(bob)])
    assert ids(nobodys, "public") == ids(nobodys, "public?local=true") == [picture.id, first.id]
    assert ids(nobodys, "public?only_media=true") == [picture.id]
    assert ids(nobodys, "public?remote=true") == []
    mute_user(alice, bob)
    assert ids(alices, "public") == []


def test_public_in_the_languages_one_reads(alices, alice, bob):
    german = make_tweet(bob, "Guten Morgen", language="de")
    unsaid = make_tweet(bob, "Hm")
    make_tweet(bob, "Bonjour", language="fr")
    alice.reads_languages = "de"
    alice.save()
    assert ids(alices, "public") == [unsaid.id, german.id]
    assert ids(alices, f"public?max_id={unsaid.id}") == [german.id]


def test_tags_in_the_languages_one_reads(alices, nobodys, alice, bob):
    said = [make_tweet(bob, "#tea", language=language) for language in ("de", "fr", "")]
    alice.reads_languages = "de"
    alice.save()
    assert ids(alices, "tag/tea") == [said[2].id, said[0].id]
    assert len(ids(nobodys, "tag/tea")) == 3


def test_tags(nobodys, bob):
    tea = make_tweet(bob, "#Tea")
    both = make_tweet(bob, "#tea #milk")
    milk = make_tweet(bob, "#milk")
    assert ids(nobodys, "tag/TEA") == [both.id, tea.id]
    assert ids(nobodys, "tag/tea?any[]=milk") == [milk.id, both.id, tea.id]
    assert ids(nobodys, "tag/tea?all[]=Milk") == [both.id]
    assert ids(nobodys, "tag/tea?none[]=milk") == [tea.id]
    assert ids(nobodys, "tag/nothing") == []
    assert ids(nobodys, "tag/%E8%8C%B6") == []


@pytest.mark.parametrize("name", ["%E8%8C%B6", "%C3%BCber", "x%0Ay", "a%3Fb%23c%25d"])
def test_the_way_to_the_next_page_goes_through_any_tag(nobodys, bob, name):
    older, newer = make_tweet(bob, "#tea"), make_tweet(bob, "#tea")
    answer = nobodys.get(f"/api/v1/timelines/tag/{name}?any[]=tea&limit=1")
    assert [status["id"] for status in answer.json()] == [str(newer.id)]
    link = answer.headers["Link"]
    assert link.startswith(f"<http://localhost:8000/api/v1/timelines/tag/{name}?")
    following = link[1 : link.index(">")].removeprefix("http://localhost:8000")
    assert [status["id"] for status in nobodys.get(following).json()] == [str(older.id)]


def test_pages_of_public_in_both_directions(nobodys, bob):
    all_ids = [make_tweet(bob, f"number {place}").id for place in range(5)][::-1]
    assert ids(nobodys, f"public?limit=2&max_id={all_ids[1]}") == all_ids[2:4]
    assert ids(nobodys, f"public?limit=2&min_id={all_ids[3]}") == all_ids[1:3]
    assert ids(nobodys, f"public?limit=2&since_id={all_ids[3]}") == all_ids[:2]


def test_what_leads_to_one_page(nobodys, alices, alice, bob):
    page = "https://example.org/news?id=5"
    for author, how in ((bob, {}), (alice, {"visibility": "quiet"}), (alice, {})):
        tweet = make_tweet(author, f"look: {page}", **how)
        take_up_link(tweet.id)
    found = ids(nobodys, f"link?url={quote(page)}%26utm_source=x")
    assert len(found) == 2
    assert found[0] == tweet.id
    assert ids(nobodys, f"link?url={quote(page)}&limit=1") == found[:1]
    assert ids(nobodys, "link?url=https://example.org/other") == []
    mute_user(alice, bob)
    assert ids(alices, f"link?url={quote(page)}") == [tweet.id]
    for odd in ("no address", "ftp://example.org/", "http://x"):
        assert nobodys.get(f"/api/v1/timelines/link?url={quote(odd)}").status_code == 404
    assert nobodys.get("/api/v1/timelines/link").status_code == 422


# --- Lists ------------------------------------------------------------------------------------------


def test_a_list_made_changed_and_removed(alices):
    made = alices.post(
        "/api/v1/lists", {"title": "Friends", "replies_policy": "followed", "exclusive": True}
    ).json()
    assert_is("List", made)
    assert (made["title"], made["replies_policy"], made["exclusive"]) == ("Friends", "followed", True)
    path = f"/api/v1/lists/{made['id']}"
    assert alices.put(path, {"exclusive": "false"}).json() == {**made, "exclusive": False}
    assert alices.put(path, {"title": "Kin"}).json()["title"] == "Kin"
    assert alices.get("/api/v1/lists").json() == [alices.get(path).json()]
    assert alices.delete(path).json() == {}
    assert alices.get(path).status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"title": ""}, {"title": "x" * 500}, {"title": "x", "replies_policy": "all"}]
)
def test_odd_lists(alices, sent):
    assert alices.post("/api/v1/lists", sent).status_code == 422


def test_people_on_a_list(alices, alice, bob, carol):
    follow_user(alice, bob)
    row = create_list(alice, "Friends")
    path = f"/api/v1/lists/{row.pk}/accounts"
    assert alices.post(path, {"account_ids": [str(bob.id)]}).status_code == 200
    assert alices.post(path, form=f"account_ids[]={carol.id}").status_code == 422  # not followed
    tweet = make_tweet(bob, "hello")
    assert ids(alices, f"list/{row.pk}") == [tweet.id]
    assert [one["acct"] for one in alices.get(path).json()] == ["bob"]
    assert [one["title"] for one in alices.get(f"/api/v1/accounts/{bob.id}/lists").json()] == ["Friends"]
    assert alices.delete(f"{path}?account_ids[]={bob.id}").status_code == 200
    assert alices.get(path).json() == []


def test_a_list_is_nobody_elses(bobs, alice, bob):
    row = create_list(alice, "Friends")
    follow_user(alice, bob)
    add_to_list(alice, row, bob)
    for method, path in (
        ("GET", f"lists/{row.pk}"),
        ("PUT", f"lists/{row.pk}"),
        ("DELETE", f"lists/{row.pk}"),
        ("GET", f"lists/{row.pk}/accounts"),
        ("POST", f"lists/{row.pk}/accounts"),
        ("DELETE", f"lists/{row.pk}/accounts"),
        ("GET", f"timelines/list/{row.pk}"),
    ):
        answer = bobs(method, f"/api/v1/{path}", {"account_ids": [bob.id], "title": "mine"})
        assert (answer.status_code, answer.json()) == (404, {"error": "Record not found"})
    assert bobs.get("/api/v1/lists").json() == []
    assert PeopleList.objects.get().title == "Friends"
