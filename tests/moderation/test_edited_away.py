"""What was edited before rules looked: others read it in the history, so rules do, too."""

import pytest

from common.errors import Conflict
from moderation.actions import apply_rules, call_hit_wrong, let_appear
from moderation.models import Report, RuleHit
from moderation.queries import examples_of, held_tweets, told_in
from relationships.actions import follow_user
from tests.factories import make_tweet, make_user
from tests.moderation.making import make_live_rule, make_rule, rehearsed
from tweets.actions import edit_tweet
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Tweet, TweetEdit

pytestmark = pytest.mark.django_db
BEFORE = "It said so before it was edited."


def edited(author, *texts: str) -> Tweet:
    """Before any job had its turn."""
    tweet = make_tweet(author, texts[0])
    for text in texts[1:]:
        tweet = edit_tweet(author, tweet, TweetDraft(text))
    return tweet


def test_a_scam_that_is_edited_away_at_once_is_held(admin, alice, bob, events_happen):
    with events_happen():
        rule = make_live_rule(admin)
    with events_happen():
        tweet = edited(alice, "my casino", "my garden")
    hit = RuleHit.objects.get()
    assert (hit.rule, hit.text, hit.revision) == (rule, "my casino", 1)
    assert hit.why == ["It says “casino”.", BEFORE]
    assert list(held_tweets()) == [tweet]
    assert not Tweet.objects.visible_to(bob).exists()


def test_of_several_versions_the_latest_that_is_caught_is_told_of(admin, alice):
    make_live_rule(admin)
    tweet = edited(alice, "my casino", "our casino", "my garden")
    apply_rules(tweet.pk)
    assert RuleHit.objects.get().text == "our casino"
    edit_tweet(alice, tweet, TweetDraft("a casino again"))
    apply_rules(tweet.pk)
    hit = RuleHit.objects.get()
    assert (hit.text, hit.revision, BEFORE in hit.why) == ("a casino again", 4, False)


def test_letting_it_appear_takes_what_was_caught_out_of_the_history(admin, moderator, alice, bob):
    make_live_rule(admin)
    tweet = edited(alice, "my house", "my casino", "my garden")
    apply_rules(tweet.pk)
    let_appear(moderator, tweet, revision=3)
    assert Tweet.objects.visible_to(bob).filter(pk=tweet.pk).exists()
    assert list(TweetEdit.objects.values_list("text", flat=True)) == ["my house"]
    assert RuleHit.objects.get().was_right is False
    assert apply_rules(tweet.pk) == []


def test_it_is_decided_where_both_versions_are_read(admin, moderator, alice):
    make_live_rule(admin)
    apply_rules(edited(alice, "my casino", "my garden").pk)
    with pytest.raises(Conflict, match="Read it under Held"):
        call_hit_wrong(moderator, RuleHit.objects.get())


def test_what_a_rule_caught_and_staff_let_be_is_not_caught_again_by_an_edit(admin, moderator, alice):
    make_live_rule(admin, "report")
    tweet = make_tweet(alice, "my casino")
    apply_rules(tweet.pk)
    call_hit_wrong(moderator, RuleHit.objects.get())
    edit_tweet(alice, tweet, TweetDraft("my garden"))
    assert apply_rules(tweet.pk) == []
    assert RuleHit.objects.get().was_right is False


def test_a_report_tells_what_was_edited_away(admin, alice):
    make_live_rule(admin, "report")
    apply_rules(edited(alice, "my casino", "my garden").pk)
    told = told_in(Report.objects.get())
    assert [hit.text for hit in RuleHit.objects.filter(report__isnull=False)] == ["my casino"]
    assert len(told) == 1


def test_what_was_said_before_the_rule_was_live_is_let_be(admin, alice):
    tweet = make_tweet(alice, "my casino")
    make_live_rule(admin)
    edit_tweet(alice, tweet, TweetDraft("my garden"))
    assert apply_rules(tweet.pk) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"links": 2},
        {"keywords": ("casino",)},
        {"keywords": ("roulette",)},
        {"keywords": ("red or black",)},
        {"strangers": 2},
        {"repeats": 2, "repeats_minutes": 10},
        {"new_site_hours": 1},
    ],
    ids=str,
)
def test_every_condition_is_asked_of_former_versions(asked, admin, alice, bob, carol):
    """The same when live and in a rehearsal."""
    make_user("dave")
    follow_user(bob, alice)
    rule = make_live_rule(admin, **asked)
    text = "Casino! @bob @carol @dave @alice https://casino.example/1 https://casino.example/2"
    other = make_tweet(alice, text)
    tweet = make_tweet(alice, text, warning="roulette", poll=PollDraft(["red or black", "none"], 3600))
    edit_tweet(alice, tweet, TweetDraft("my garden"))
    apply_rules(other.pk)
    apply_rules(tweet.pk)
    hit = RuleHit.objects.get(tweet_id=tweet.pk)
    assert hit.why[-1] == BEFORE
    again = rehearsed(admin, make_rule(admin, **asked))
    assert again.caught == RuleHit.objects.filter(rule=rule).count()
    assert {row["id"]: row["why"] for row in again.examples}[str(tweet.pk)] == hit.why
    assert next(iter(examples_of(again))).tweet == tweet


def test_a_look_at_what_was_never_edited_asks_for_no_versions(admin, alice, django_assert_num_queries):
    make_live_rule(admin)
    plain, changed = make_tweet(alice, "my garden"), edited(alice, "my garden", "my house")
    with django_assert_num_queries(4):  # the transaction's two, the rules, the tweet
        apply_rules(plain.pk)
    with django_assert_num_queries(5):
        apply_rules(changed.pk)
