"""Links to sites that are new here: what is known of sites, and what rules make of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.models import ChoreRun, Job
from moderation.actions import apply_rules, rehearse, sites, stop_automatic_rule
from moderation.actions.sites import learn_sites, learn_sites_if_asked
from moderation.automatic.sites import sites_in
from moderation.models import LinkedSite, RuleHit
from moderation.queries import sites_are_known
from tests.factories import make_tweet, make_user
from tests.moderation.making import make_live_rule, make_rule, rehearsed
from tweets.actions import delete_tweet, post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def say(author, text: str, hours: float = 1, **choices: object) -> Tweet:
    return post_tweet(author, TweetDraft(text, **choices), at=timezone.now() - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("links", "found"),
    [
        (["https://example.org/a", "http://EXAMPLE.org:8080/b", "www.example.org"], ["example.org"]),
        (["https://a.example.org/", "https://example.org"], ["a.example.org", "example.org"]),
        (["https://münchen.example/", "https://xn--mnchen-3ya.example/"], ["münchen.example"]),
        (["http://localhost:8000/@alice", "http://1"], []),
    ],
    ids=str,
)
def test_a_site_is_one_however_it_is_written(links, found, settings):
    settings.SITE_URL = "http://localhost:8000"
    assert sites_in(links) == found


def test_a_site_nobody_linked_to_is_caught_and_so_is_the_wave_behind_it(admin, alice, bob):
    say(bob, "https://old.example/", hours=40 * 24)
    say(bob, "https://known.example/", hours=3)
    make_live_rule(admin, "report", new_site_hours=2)
    old, known = make_tweet(alice, "see old.example/1"), make_tweet(alice, "https://www.known.example/2")
    new, again = make_tweet(alice, "https://new.example/"), make_tweet(bob, "https://NEW.example/else")
    for tweet in (old, known, new, again):
        apply_rules(tweet.pk)
    assert {hit.tweet_id: hit.why for hit in RuleHit.objects.all()} == {
        tweet.pk: ["It links to new.example, first linked to here less than 2 hours before."]
        for tweet in (new, again)
    }


def test_deleting_makes_no_site_new_again(admin, alice, travel_on):
    make_live_rule(admin, "report", new_site_hours=1)
    first = make_tweet(alice, "https://new.example/")
    apply_rules(first.pk)
    delete_tweet(alice, first)
    travel_on(hours=2)
    learn_sites()
    assert apply_rules(make_tweet(alice, "https://new.example/").pk) == []


def test_a_rehearsal_says_the_same(admin, alice, bob):
    say(bob, "https://old.example/", hours=40 * 24)
    caught = [say(alice, "https://new.example/", hours=30), say(bob, "https://new.example/", hours=29.5)]
    say(bob, "https://new.example/", hours=28)
    say(bob, "https://old.example/", hours=5)
    found = rehearsed(admin, make_rule(admin, new_site_hours=1))
    assert sorted(int(one["id"]) for one in found.examples) == [tweet.pk for tweet in caught]
    assert found.caught == 2


def test_while_nobody_knows_which_sites_are_new_none_is(admin, alice, travel_on):
    make_live_rule(admin, "report", new_site_hours=1)
    assert sites_are_known()
    travel_on(hours=1)
    assert not sites_are_known()
    tweet = make_tweet(alice, "https://new.example/")
    assert apply_rules(tweet.pk) == []
    learn_sites_if_asked()
    assert sites_are_known()
    assert len(apply_rules(tweet.pk)) == 1


def test_the_walk_goes_on_where_it_was_and_finds_the_first(alice, bob, monkeypatch, settings):
    monkeypatch.setattr(sites, "_AT_ONCE", 2)
    settings.REHEARSAL_SLICE_SECONDS = 0
    tweets = [say(alice, f"https://{name}.example/", hours=9 - n) for n, name in enumerate("abcab")]
    say(alice, "@bob https://secret.example/", visibility="direct")
    assert [learn_sites(), LinkedSite.objects.count()] == [False, 2]
    ChoreRun.objects.update(place=str(tweets[0].pk))  # another one was a little behind
    while not learn_sites():
        pass
    assert dict(LinkedSite.objects.values_list("host", "tweet_id")) == {
        f"{name}.example": tweet.pk for name, tweet in zip("abc", tweets, strict=False)
    }


def test_a_rehearsal_waits_until_sites_are_known(admin, alice, monkeypatch, settings):
    monkeypatch.setattr(sites, "_AT_ONCE", 1)
    settings.REHEARSAL_SLICE_SECONDS = 0
    for number in range(3):
        say(alice, f"https://{number}.example/", hours=40 * 24)
    again = say(alice, "https://1.example/")
    rule = make_rule(admin, new_site_hours=1)
    rehearse(admin, rule)
    found = rehearsed(admin, rule)
    assert (found.is_done, found.looked_at, found.caught) == (True, 1, 0)
    assert not Job.objects.filter(task__endswith="rehearse").exists()
    assert str(again.pk) <= ChoreRun.objects.get().place


def test_nobody_walks_where_no_rule_asks(admin, alice):
    say(alice, "https://new.example/")
    learn_sites_if_asked()
    make_rule(admin)
    learn_sites_if_asked()
    assert not LinkedSite.objects.exists()
    rule = make_rule(admin, new_site_hours=1)
    stop_automatic_rule(admin, rule)
    learn_sites_if_asked()
    assert not LinkedSite.objects.exists()
    make_rule(admin, new_site_hours=1)
    learn_sites_if_asked()
    assert LinkedSite.objects.get().host == "new.example"


@pytest.mark.parametrize("number", [1, 10])
def test_a_look_takes_a_fixed_number_of_queries(admin, number, django_assert_num_queries):
    text = " ".join(f"https://{n}.example/" for n in range(number))
    say(make_user(), text, hours=30)
    make_live_rule(admin, new_site_hours=1)
    tweet = make_tweet(make_user(), text)
    with django_assert_num_queries(7):
        apply_rules(tweet.pk)
