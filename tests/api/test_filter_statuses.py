"""Single tweets behind one's filters, as apps put them there."""

import pytest

from relationships.actions import follow_user
from tests.api.calling import caller_for
from tests.api.shape import assert_is
from tests.factories import make_tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(bob):
    return caller_for(bob)


@pytest.fixture
def enough(app):
    return app.post(
        "/api/v2/filters", {"title": "Enough", "context": ["home"], "filter_action": "warn"}
    ).json()


def test_a_tweet_is_put_there_found_and_taken_out(alice, app, enough):
    tweet, place = make_tweet(alice, "Toast"), f"/api/v2/filters/{enough['id']}/statuses"
    assert app.get(place).json() == enough["statuses"] == []
    made = app.post(place, {"status_id": str(tweet.id)}).json()
    assert_is("FilterStatus", made)
    assert made["status_id"] == str(tweet.id)
    assert app.get(place).json() == [made]
    assert app.get(f"/api/v2/filters/{enough['id']}").json()["statuses"] == [made]
    assert app.get("/api/v2/filters").json()[0]["statuses"] == [made]
    assert app.get(f"/api/v2/filters/statuses/{made['id']}").json() == made
    assert app.delete(f"/api/v2/filters/statuses/{made['id']}").json() == {}
    assert app.get(place).json() == []
    assert app.get(f"/api/v2/filters/statuses/{made['id']}").status_code == 404


def test_statuses_say_that_a_filter_holds_them(alice, app, enough):
    tweet = make_tweet(alice, "Toast")
    app.post(f"/api/v2/filters/{enough['id']}/statuses", {"status_id": tweet.id})
    (result,) = app.get(f"/api/v1/statuses/{tweet.id}").json()["filtered"]

    assert_is("FilterResult", result)
    assert result["filter"]["title"] == "Enough"
    assert (result["status_matches"], result["keyword_matches"]) == ([str(tweet.id)], None)


def test_what_one_may_not_see_or_does_not_own_is_not_there(alice, bob, carol, app, enough):
    private = make_tweet(alice, visibility="followers")
    place = f"/api/v2/filters/{enough['id']}/statuses"
    assert app.post(place, {"status_id": private.id}).status_code == 404
    follow_user(bob, alice)
    made = app.post(place, {"status_id": private.id}).json()
    stranger = caller_for(carol)
    assert stranger.get(place).status_code == 404
    assert stranger.post(place, {"status_id": private.id}).status_code == 404
    for method in ("GET", "DELETE"):
        assert stranger(method, f"/api/v2/filters/statuses/{made['id']}").status_code == 404
    assert app.post(place, {}).status_code == app.post(place, {"status_id": "x"}).status_code == 422
