"""The pages of automatic rules and of what they held."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from jobs.engines.embedded import run_pending
from moderation.actions import apply_rules, rehearse
from moderation.models import AutomaticRule, Measure, Rehearsal, RuleHit
from moderation.queries import held_tweets
from tests.factories import make_image, make_tweet, make_user
from tests.moderation.making import make_live_rule, make_rule, rehearsed
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
INDEX, HELD = "/moderation/automatic/", "/moderation/automatic/held/"
SAID = {
    "site_age_unit": "days",
    "name": "Casinos",
    "keywords": "casino\nbig win",
    "outcome": "hold",
    "repeats_by": "author",
    "age_unit": "days",
}


@pytest.fixture
def admin(db) -> User:
    return make_user("ada", role="admin")


@pytest.fixture
def as_admin(admin, as_person) -> Client:
    return as_person(admin)


@pytest.fixture
def as_moderator(db, as_person) -> Client:
    return as_person(make_user("mona", role="moderator"))


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_rule_is_written_rehearsed_switched_on_and_off(as_admin, alice):
    make_tweet(alice, "The casino of my dreams")
    assert "No rules yet" in words(as_admin, INDEX)
    answer = as_admin.post(f"{INDEX}new", SAID)
    rule = AutomaticRule.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, rule.path)
    page = words(as_admin, rule.path)
    assert "Any of these words: casino, big win" in page
    assert "Not rehearsed yet" in page
    assert "Switch on" not in page
    as_admin.post(f"{rule.path}rehearse")
    page = words(as_admin, rule.path)
    assert "0 % done" in page
    assert "Rehearse again" not in page
    run_pending(["chores"])
    page = words(as_admin, rule.path)
    for said in ("The casino of my dreams", "It says “casino”.", "Switch on", "@alice"):
        assert said in page
    as_admin.post(f"{rule.path}start")
    page = words(as_admin, rule.path)
    assert "Live" in page
    assert "Switch off" in page
    assert "Live" in words(as_admin, INDEX)
    as_admin.post(f"{rule.path}stop")
    assert "Off" in words(as_admin, rule.path)


def test_starting_without_a_rehearsal_is_refused_in_words(as_admin, admin):
    rule = make_rule(admin)
    page = as_admin.post(f"{rule.path}start", follow=True).content.decode()
    assert "Rehearse it first" in page
    rule.refresh_from_db()
    assert not rule.is_live


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"outcome": ""}, "Choose what happens."),
        ({"outcome": "limit"}, "Say why. Whoever is limited reads it."),
        ({"keywords": ""}, "Without a condition it would catch everything."),
        ({"links": "0"}, "Use a number above 0."),
        ({"links": "many"}, "Use a whole number."),
        ({"links": "51"}, "Use a number from 1 to 50."),
        ({"age": "366"}, "Use at least 1 hour and at most 365 days."),
        ({"site_age": "91"}, "Use at least 1 hour and at most 90 days."),
        ({"site_age_unit": "years", "site_age": "1"}, "Choose one of these."),
        ({"repeats": "3"}, "Say within how many minutes"),
        ({"pace": "3", "pace_minutes": "99999"}, "Say within how many minutes"),
    ],
)
def test_what_makes_no_rule_is_said_beside_the_field_and_nothing_is_lost(as_admin, changes, sentence):
    answer = as_admin.post(f"{INDEX}new", {**SAID, "name": "My rule", **changes})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert ("My rule" in page) or "name" in changes
    assert not AutomaticRule.objects.exists()


def test_the_form_shows_a_rule_as_it_is(as_admin, admin):
    rule = make_rule(
        admin,
        younger_than_hours=48,
        links=2,
        new_site_hours=36,
        keywords=("casino",),
        repeats=3,
        repeats_minutes=15,
        repeats_by="anybody",
    )
    page = words(as_admin, f"{rule.path}edit")
    for said in ('value="2"', 'value="15"', "\ncasino</textarea>", '<option value="anybody" selected>'):
        assert said in page
    sent = {
        "name": rule.name,
        "age": "2",
        "age_unit": "days",
        "links": "2",
        "site_age": "36",
        "site_age_unit": "hours",
        "keywords": "casino",
        "repeats": "3",
        "repeats_minutes": "15",
        "repeats_by": "anybody",
        "outcome": "hold",
    }
    assert as_admin.post(f"{rule.path}edit", sent).status_code == 302
    before = rule.asked
    rule.refresh_from_db()
    assert rule.asked == before
    as_admin.post(f"{rule.path}edit", {**sent, "age": "5", "age_unit": "hours"})
    rule.refresh_from_db()
    assert rule.asked["younger_than_hours"] == 5


def test_a_rule_about_new_sites_says_when_nobody_knows_them_yet(as_admin, admin):
    rule = make_rule(admin, new_site_hours=24)
    waiting = "Which sites are new is being found out"
    page = words(as_admin, rule.path)
    assert "A link to a site that is new here: first linked to less than 1 day before" in page
    assert waiting in page
    rehearsed(admin, rule)
    assert waiting not in words(as_admin, rule.path)


def test_a_change_of_a_live_rule_says_that_it_waits_for_a_rehearsal(as_admin, admin):
    rule = make_live_rule(admin)
    assert "until it is rehearsed" in words(as_admin, f"{rule.path}edit")
    page = as_admin.post(f"{rule.path}edit", SAID, follow=True).content.decode()
    assert "It catches nothing until it is rehearsed and live." in page
    assert "The rule has other conditions since" in page
    assert "Switch on" not in page


def test_the_rehearsal_alone_is_drawn_for_htmx_and_then_the_page_anew(as_admin, admin):
    rule = make_rule(admin)
    rehearse(admin, rule)
    part = as_admin.get(rule.path, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith("<section")
    assert "HX-Refresh" not in part
    assert "hx-get" in part.content.decode()
    rehearsed(admin, rule)
    part = as_admin.get(rule.path, headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    assert "hx-get" not in part.content.decode()


def test_moderators_see_rules_and_write_none(as_moderator, admin):
    rule = make_live_rule(admin)
    for page in (words(as_moderator, INDEX), words(as_moderator, rule.path)):
        for said in ("New rule", "Switch off", "Rehearse", ">Change<"):
            assert said not in page
    for path in (f"{INDEX}new", f"{rule.path}edit", f"{rule.path}stop", f"{rule.path}rehearse"):
        assert as_moderator.post(path).status_code == 404


@pytest.fixture
def held(admin, alice) -> Tweet:
    make_live_rule(admin)
    tweet = make_tweet(alice, "Come to my casino", images=[make_image(alice, "A wheel")])
    apply_rules(tweet.pk)
    return tweet


def test_what_is_held_is_read_with_its_reason_and_let_appear(held, as_moderator, as_bob):
    page = words(as_moderator, HELD)
    for said in ("Come to my casino", "A wheel", "“Casinos”", "It says “casino”.", "@alice"):
        assert said in page
    assert "held for review" in words(as_moderator, "/moderation/reports/")
    assert as_bob.get(held.path).status_code == 404
    assert '<input type="hidden" name="revision" value="1">' in page
    as_moderator.post(f"{HELD}{held.pk}/appear", {"revision": "1"})
    assert as_bob.get(held.path).status_code == 200
    assert "Nothing is held" in words(as_moderator, HELD)
    assert as_moderator.post(f"{HELD}{held.pk}/appear").status_code == 404


def test_its_author_reads_that_it_waits(held, as_alice):
    sentence = "Waits for review: until those who run this server have looked at it, only you see it."
    for path in (held.path, "/@alice"):
        assert sentence in words(as_alice, path)


def test_taking_down_needs_a_reason(held, as_moderator, as_alice):
    answer = as_moderator.post(f"{HELD}{held.pk}/take-down", {f"t{held.pk}-reason": " "})
    assert answer.status_code == 422
    assert "Say why. The author reads it." in answer.content.decode()
    as_moderator.post(f"{HELD}{held.pk}/take-down", {"revision": "1", f"t{held.pk}-reason": "Advertising."})
    assert as_alice.get(held.path).status_code == 404
    assert Measure.objects.get().reason == "Advertising."
    assert "were taken down" in words(as_alice, "/settings/measures/")
    assert RuleHit.objects.get().was_right


def test_hits_are_listed_and_undone(held, as_moderator, as_bob):
    rule, hit = AutomaticRule.objects.get(), RuleHit.objects.get()
    assert "Undo, it was wrong" in words(as_moderator, rule.path)
    as_moderator.post(f"{INDEX}hits/{hit.pk}/decide", {"decision": "wrong", "revision": "1"})
    page = words(as_moderator, rule.path)
    assert "Wrongly" in page
    assert "1 in 7 days, 1 in 30, 1 of them wrongly" in page
    assert as_bob.get(held.path).status_code == 200


@pytest.mark.parametrize(("decision", "word"), [("right", "Rightly"), ("wrong", "Wrongly")])
def test_a_report_says_which_rule_told_and_staff_say_whether_it_was_right(
    decision, word, admin, alice, as_moderator
):
    rule = make_live_rule(admin, "report")
    apply_rules(make_tweet(alice, "Come to my casino").pk)
    hit = RuleHit.objects.get()
    queue = words(as_moderator, "/moderation/reports/")
    assert f'<a href="{rule.path}">“Casinos”</a>' in queue
    page = words(as_moderator, hit.report.path)
    assert "The rule" in page
    assert "It says “casino”." in page
    as_moderator.post(f"{INDEX}hits/{hit.pk}/decide", {"decision": decision, "revision": "1"})
    assert word in words(as_moderator, rule.path)


def test_a_measure_says_which_rule_took_it(admin, alice, as_moderator):
    rule = make_live_rule(admin, "limit")
    apply_rules(make_tweet(alice, "Come to my casino").pk)
    assert f'<a href="{rule.path}">“Casinos”</a>' in words(as_moderator, "/moderation/people/@alice/")


def test_what_does_not_exist_is_not_there(as_admin):
    for path in (f"{INDEX}1/", f"{INDEX}1/edit"):
        assert as_admin.get(path).status_code == 404
    for path in (f"{INDEX}1/start", f"{INDEX}hits/1/decide", f"{HELD}1/appear", f"{HELD}1/take-down"):
        assert as_admin.post(path).status_code == 404


def test_pages_cost_the_same_for_many(admin, as_admin):
    def queries_of(path: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert as_admin.get(path).status_code == 200
        return len(counted)

    rule = make_live_rule(admin)

    def catch(number: int) -> None:
        for _ in range(number):
            apply_rules(make_tweet(make_user(), "My casino").pk)

    catch(2)
    as_admin.get(INDEX)
    before = [queries_of(path) for path in (INDEX, HELD, rule.path)]
    catch(8)
    for number in range(4):
        rehearsed(admin, make_rule(admin, links=number + 1))
    assert held_tweets().count() == 10
    assert [queries_of(path) for path in (INDEX, HELD, rule.path)] == before


def test_a_rehearsal_of_a_month_has_a_bar_for_each_day(as_admin, admin, alice):
    make_tweet(alice, "My casino")
    rule = make_rule(admin)
    rehearsed(admin, rule)
    page = words(as_admin, rule.path)
    assert page.count("<rect") == 31
    assert f"{timezone.now():%-d %b}" in page
    assert Rehearsal.objects.get().caught == 1
