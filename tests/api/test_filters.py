"""Word filters in both their forms."""

import pytest

from relationships.actions import FilterDraft, create_filter
from relationships.models import FilterKeyword, WordFilter
from tests.api.shape import assert_is
from tests.factories import make_tweet

pytestmark = pytest.mark.django_db
ONE, TWO = "/api/v1/filters", "/api/v2/filters"
NOT_THERE = (404, {"error": "Record not found"})


def told(answer):
    return answer.status_code, answer.json()


def words(found):
    return {word["keyword"]: word["whole_word"] for word in found["keywords"]}


def test_made_with_words_changed_and_removed(alices):
    made = alices.post(
        TWO,
        {
            "title": "Drinks",
            "context": ["public", "home"],
            "filter_action": "hide",
            "expires_in": 3600,
            "keywords_attributes": [{"keyword": "tea"}, {"keyword": "coff", "whole_word": "false"}],
        },
    ).json()
    assert_is("Filter", made)
    assert (made["title"], made["context"], made["filter_action"]) == ("Drinks", ["home", "public"], "hide")
    assert words(made) == {"tea": True, "coff": False}
    assert made["expires_at"]
    path = f"{TWO}/{made['id']}"
    tea = next(word["id"] for word in made["keywords"] if word["keyword"] == "tea")
    form = f"title=Cups&keywords_attributes[0][id]={tea}&keywords_attributes[0][_destroy]=true"
    changed = alices.put(path, form=f"{form}&keywords_attributes[1][keyword]=milk&expires_in=").json()
    assert (changed["title"], words(changed)) == ("Cups", {"coff": False, "milk": True})
    assert (changed["context"], changed["filter_action"], changed["expires_at"]) == (
        ["home", "public"],
        "hide",
        None,
    )
    assert alices.get(TWO).json() == [alices.get(path).json()] == [changed]
    assert told(alices.delete(path)) == (200, {})
    assert told(alices.get(path)) == told(alices.delete(path)) == NOT_THERE


def test_words_one_by_one_in_a_filter_made_without_any(alices):
    made = alices.post(TWO, {"title": "Drinks", "context": ["home"], "filter_action": "blur"}).json()
    assert (made["keywords"], made["filter_action"]) == ([], "blur")
    path = f"{TWO}/{made['id']}/keywords"
    word = alices.post(path, {"keyword": " hot  tea ", "whole_word": False}).json()
    assert_is("FilterKeyword", word)
    assert (word["keyword"], word["whole_word"]) == ("hot tea", False)
    one = f"{TWO}/keywords/{word['id']}"
    assert alices.get(one).json() == word
    assert alices.put(one, {"keyword": "cold tea"}).json() == {
        **word,
        "keyword": "cold tea",
        "whole_word": True,
    }
    assert alices.post(path, {"keyword": "milk"}).status_code == 200
    assert alices.put(one, {"keyword": "milk"}).status_code == 422
    assert [row["keyword"] for row in alices.get(path).json()] == ["cold tea", "milk"]
    assert told(alices.delete(one)) == (200, {})
    for method in ("GET", "PUT", "DELETE"):
        assert told(alices(method, one, {"keyword": "x"})) == NOT_THERE


def test_they_work_at_once(alices, alice, bob):
    alices.post(TWO, {"title": "Drinks", "context": ["home"], "keywords_attributes": [{"keyword": "tea"}]})
    status = alices.post("/api/v1/statuses", {"status": "tea"}).json()
    assert status["filtered"] == []  # one's own


def test_a_filter_that_covers_pictures_says_so_of_each_status(alices, bob):
    wish = {"title": "Drinks", "context": ["home"], "keywords_attributes": [{"keyword": "tea"}]}
    made = alices.post(TWO, {**wish, "filter_action": "blur"}).json()
    (found,) = alices.get(f"/api/v1/statuses/{make_tweet(bob, 'tea').pk}").json()["filtered"]
    assert (found["filter"]["filter_action"], found["keyword_matches"]) == ("blur", ["tea"])
    older = f"{ONE}/{made['keywords'][0]['id']}"
    assert alices.get(older).json()["irreversible"] is False
    assert alices.put(f"{TWO}/{made['id']}", {"title": "Cups"}).json()["filter_action"] == "blur"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"title": "x"},
        {"context": ["home"]},
        {"title": "", "context": ["home"]},
        {"title": "x", "context": []},
        {"title": "x", "context": ["nowhere"]},
        {"title": "x", "context": "home", "filter_action": "burn"},
        {"title": "x", "context": ["home"], "expires_in": "soon"},
        {"title": "x", "context": ["home"], "expires_in": -1},
        {"title": "x" * 101, "context": ["home"]},
        {"title": "x", "context": ["home"], "keywords_attributes": [{"keyword": "\u0301"}]},
        {"title": "x", "context": ["home"], "keywords_attributes": "tea"},
        {"title": "x", "context": ["home"], "keywords_attributes": [{"keyword": "x" * 101}]},
    ],
)
def test_filters_that_make_no_sense(alices, sent):
    assert alices.post(TWO, sent).status_code == 422
    assert not WordFilter.objects.exists()


@pytest.mark.parametrize("word", ["", "\u0301", "x" * 101])
def test_words_that_cannot_be_looked_for(alices, alice, word):
    made = create_filter(alice, FilterDraft("Drinks", {"tea": True}, ("home",)))
    an_id = made.keywords.get().pk
    assert alices.post(f"{TWO}/{made.pk}/keywords", {"keyword": word}).status_code == 422
    assert alices.put(f"{TWO}/keywords/{an_id}", {"keyword": word}).status_code == 422
    assert FilterKeyword.objects.get().phrase == "tea"


def test_filters_are_nobody_elses(bobs, alice):
    made = create_filter(alice, FilterDraft("Drinks", {"tea": True}, ("home",)))
    word = made.keywords.get().pk
    sent = {"title": "x", "keyword": "x", "phrase": "x", "context": ["home"]}
    for path in (f"{TWO}/{made.pk}", f"{TWO}/keywords/{word}", f"{ONE}/{word}"):
        for method in ("GET", "PUT", "DELETE"):
            assert told(bobs(method, path, sent)) == NOT_THERE
    for method in ("GET", "POST"):
        assert told(bobs(method, f"{TWO}/{made.pk}/keywords", sent)) == NOT_THERE
    assert bobs.get(ONE).json() == bobs.get(TWO).json() == []
    assert FilterKeyword.objects.get().phrase == "tea"


def test_the_older_form(alices):
    made = alices.post(ONE, {"phrase": "tea", "context": ["home"], "irreversible": True}).json()
    assert_is("V1Filter", made)
    assert (made["phrase"], made["irreversible"], made["whole_word"]) == ("tea", True, False)
    path = f"{ONE}/{made['id']}"
    changed = alices.put(path, {"phrase": "milk", "context": ["thread"], "whole_word": True}).json()
    assert changed == {**made, "phrase": "milk", "context": ["thread"], "whole_word": True}
    assert alices.put(path, form="irreversible=0&expires_in=60").json()["irreversible"] is False
    assert alices.get(ONE).json() == [alices.get(path).json()]
    assert told(alices.delete(path)) == (200, {})
    assert not WordFilter.objects.exists()
    assert alices.post(ONE, {"phrase": "tea"}).status_code == 422


def test_the_older_form_leaves_filters_of_several_words_as_they_are(alices, alice):
    made = create_filter(alice, FilterDraft("Drinks", {"tea": True, "milk": True}, ("home",)))
    path = f"{ONE}/{made.keywords.first().pk}"
    assert alices.put(path, {"context": ["thread"]}).status_code == 422
    assert alices.put(path, {"phrase": "coffee"}).status_code == 200
    assert told(alices.delete(path)) == (200, {})
    assert WordFilter.objects.get().keywords.count() == 1
