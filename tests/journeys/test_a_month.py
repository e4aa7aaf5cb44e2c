"""A month in the life of a server: who came, what they said, what staff did, and what the numbers tell of it.

Everything goes through pages, as a browser without scripts sends them, and through the API where it is an app
that asks. Nothing is taken from the product that the script can know by itself: see `village`.
"""

import re
from datetime import timedelta

import pytest
import time_machine

from joining.founding import make_setup_code
from joining.models import JoinRequest
from moderation.models import Report
from tests.api.calling import Caller
from tests.factories import PASSWORD
from tests.journeys.told import (
    alice_reads_what_really_happened,
    staff_read_what_really_happened,
    the_audit_log_holds_every_deed,
)
from tests.journeys.village import CROWD, FIRST_DAY, Person, Village
from tests.second_steps import code_of
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("same_estimates")]
AUTOMATIC, HELD = "/moderation/automatic/", "/moderation/automatic/held/"
SPAM = "Big win tonight at our casino https://casino.example/win"
CHAIN = "Send this to ten friends or the harbour dries up"
AGAIN = "Buy my lottery numbers"
READ_BY_APP = {"carol", "frank"}


@pytest.fixture
def village(mailoutbox):
    with time_machine.travel(FIRST_DAY + timedelta(hours=8), tick=False) as travel:
        yield Village(travel, mailoutbox)


def test_a_month_in_the_life(village):
    found_the_server(village)
    people_come_by_invite_and_by_approval(village)
    alice_signs_in_in_two_steps(village)
    for day in range(2, 10):
        an_ordinary_day(village, day)
    spammers_come_by_a_leaked_invite(village)
    staff_rehearse_rules_and_switch_them_on(village)
    the_wave_is_caught(village)
    staff_decide_what_was_caught(village)
    reports_are_handled(village)
    for day in range(12, 20):
        an_ordinary_day(village, day)
    a_spammer_is_suspended_appeals_and_is_restored(village)
    for day in range(21, 30):
        an_ordinary_day(village, day)
    village.at(30, 9)
    alice_reads_what_really_happened(village)
    staff_read_what_really_happened(village)
    the_audit_log_holds_every_deed(village)


def found_the_server(village):
    olga = Person(village, "olga")
    typed = {"site_name": "The Harbour", "purpose": "community", "email": "olga@example.org"}
    page = olga.send("/setup/", code=make_setup_code(), username="olga", password=PASSWORD, **typed)
    assert "The Harbour is yours" in page
    village.ledger.joined[1] += 1
    village.ledger.deeds.update([("@olga", "change_server"), ("@olga", "change_joining")])
    page = olga.does("change_joining", "/moderation/joining/policy", mode="approval", least_seconds="3")
    assert "Saved. It counts from now on." in page


def people_come_by_invite_and_by_approval(village):
    invite = an_invite(village)
    for name in ["alice", "mona", "ada", *CROWD[1:]]:
        join_by(village, invite, name)
    olga = village.people["olga"]
    for name, role in (("mona", "moderator"), ("ada", "admin")):
        olga.does("give_role", "/moderation/team/", name=name, role=role)
    bob, troll = Person(village, "bob"), Person(village, "grim")
    bob.join("/register/", reason="I sail past every morning, and know half of you.")
    troll.join("/register/", reason="I want to quarrel with everybody here.")
    assert "look at your request" in bob.sign_in()
    decide = {one.user.username: f"/moderation/joining/{one.pk}/decide" for one in JoinRequest.objects.all()}
    ada = village.people["ada"]
    assert "I sail past every morning" in ada.open("/moderation/joining/")
    ada.does("let_in", "/moderation/joining/", decide["bob"], decision="in")
    assert "The Harbour" in village.mail_to("bob")
    ada.does("turn_away", "/moderation/joining/", decide["grim"], decision="away", words="Not here.")
    assert "Not here." in village.mail_to("grim")
    village.ledger.joined[1] += 1
    assert "not right" in troll.send("/login/", login="grim", password=PASSWORD)


def alice_signs_in_in_two_steps(village):
    alice = village.people["alice"]
    page = alice.send("/settings/security/app/", "/settings/confirm/", password=PASSWORD)
    alice.app_key = "".join(re.findall(r"<span>(\w{4})</span>", page))
    assert "shown this once" in alice.send("/settings/security/app/", code=code_of(alice.app_key))
    alice.send("/logout/")
    alice.send("/login/", login="alice", password=PASSWORD)
    alice.open("/bookmarks/")
    assert alice.here.startswith("/login/second-step/")  # the password alone opens nothing
    alice.send("/login/second-step/", code=code_of(alice.app_key))
    assert "Statistics" in alice.open("/")


def an_ordinary_day(village, day):
    """So many of the crowd come as the day says and look, some by an app; they follow, like, retweet, answer,
    quote and follow the link in turn.
    """
    alice = village.people["alice"]
    village.at(day, 7)
    path = alice.tweet(f"Ferry {day} leaves at eight: https://ferries.example/{day}")
    village.at(day, 12)
    village.visitor().open("/@alice")
    for number, name in enumerate(CROWD[: (day * 3) % (len(CROWD) + 1)]):
        person = village.people[name]
        if name in READ_BY_APP:
            person.look_by_app()
        else:
            person.open("/")
        if "/@alice/unfollow" not in person.open("/@alice"):
            person.follow("alice")
        if (day + number) % 2:
            person.like(path)
        if (day + number) % 4 == 0:
            person.retweet(path)
        if (day + number) % 5 == 0:
            person.reply(path, f"Aboard the {day}th, says {name}.")
        if (day + number) % 6 == 0:
            person.quote(path, f"I wave from the pier on the {day}th, says {name}.")
        if day % 3 == 0 or number == 0:
            person.follow_link(path)
        if day % 2 and name in READ_BY_APP:
            person.open("/")  # once more, which makes nobody twice
            person.follow_link(path)


def spammers_come_by_a_leaked_invite(village):
    village.at(9, 18)
    invite = an_invite(village)
    for number, name in enumerate(("lucky", "happy", "rich")):
        join_by(village, invite, name).tweet(f"{SPAM}?{number}")
    village.people["bob"].tweet("The casino of our childhood had a red door.")


def staff_rehearse_rules_and_switch_them_on(village):
    village.at(10, 9)
    ada = village.people["ada"]
    page = rehearsed(ada, "Casinos", links="1", keywords="casino\nbig win", outcome="hold")
    numbers = dict(re.findall(r"<dt>(.+?)</dt><dd>(\d+)</dd>", page))
    assert (numbers["looked at"], numbers["caught"], numbers["by people"]) == (
        str(sum(village.ledger.tweets.values())), "3", "3"
    )  # fmt: skip
    for said in ("@lucky", "@happy", "@rich", "Big win tonight", "It says “casino”"):
        assert said in page
    assert "red door" not in page
    start(ada, page)
    start(ada, rehearsed(ada, "Chain letters", keywords="ten friends", outcome="report"))
    flood = {"repeats": "3", "repeats_minutes": "30", "outcome": "limit", "reason": "You repeat yourself."}
    start(ada, rehearsed(ada, "Again and again", **flood))
    assert Tweet.objects.get(text=f"{SPAM}?0").held_at is None  # a rehearsal touches nobody


def the_wave_is_caught(village):
    village.at(11, 20)
    people, ledger = village.people, village.ledger
    spam = people["lucky"].tweet(f"{SPAM}?tonight")
    people["happy"].tweet(CHAIN)
    ledger.reports[11] += 1
    for _ in range(3):
        people["rich"].tweet(AGAIN)
    honest = people["carol"].tweet("No casino for me tonight, I mend nets.")
    mistaken = people["frank"].tweet("The casino is a museum now: https://museum.example/")
    ledger.deeds.update([("Rule “Casinos”", "hold_tweet")] * 2 + [("Rule “Again and again”", "limit_user")])
    visitor = village.visitor()
    for path, status in ((spam, 404), (mistaken, 404), (honest, 200)):
        visitor.open(path, status)
    assert "Waits for review" in people["frank"].open(mistaken)
    assert "You repeat yourself." in village.mail_to("rich")
    assert AGAIN not in people["bob"].open("/local/")
    people["mona"].open("/")
    assert "“Chain letters”" in people["mona"].open("/moderation/reports/")
    assert "It says “ten friends”." in people["mona"].open(Report.objects.get().path)


def staff_decide_what_was_caught(village):
    mona, visitor = village.people["mona"], village.visitor()
    held = {one.author.username: one for one in Tweet.objects.filter(held_at__isnull=False)}
    assert set(held) == {"lucky", "frank"}
    page = mona.open(HELD)
    assert "“Casinos”" in page
    assert "It says “casino”." in page
    mona.does("release_tweet decide_hit", HELD, f"{HELD}{held['frank'].pk}/appear")
    visitor.open(held["frank"].path)
    spam, reason = held["lucky"].pk, "Advertising for gambling."
    mona.does("hide_tweet decide_hit", HELD, f"{HELD}{spam}/take-down", **{f"t{spam}-reason": reason})
    assert reason in village.mail_to("lucky")
    visitor.open(held["lucky"].path, 404)
    rules = mona.open(AUTOMATIC)
    page = mona.open(re.search(rf'href="({AUTOMATIC}\d+/)">Open<span[^>]*> “Casinos”', rules)[1])
    assert "1 of them wrongly" in page
    assert "Wrongly" in page
    assert "Rightly" in page


def reports_are_handled(village):
    mona, ledger = village.people["mona"], village.ledger
    village.people["carol"].report("rich", "The same words all evening.")
    village.people["erin"].report("bob", "He talks of casinos.")
    reports = {one.target.username: one.path for one in Report.objects.select_related("target")}
    for path in reports.values():
        herself = re.search(r'name="to" value="(\d+)">Take it', mona.open(path))[1]
        mona.does("assign_report", path, f"{path}assign", to=herself)
        mona.does("note_report", path, f"{path}note", text="I have read it.")
    warned = {"kind": "warn", "reason": "No chain letters, please."}
    mona.does("warn_user close_report", reports["happy"], f"{reports['happy']}decide", **warned)
    assert "No chain letters, please." in village.mail_to("happy")
    for name in ("rich", "bob"):
        mona.does("close_report", reports[name], f"{reports[name]}close")
    ledger.handled[11] += 3
    assert "Nothing waits" in mona.open("/moderation/reports/")


def a_spammer_is_suspended_appeals_and_is_restored(village):
    village.at(20, 10)
    lucky, mona, ada = (village.people[name] for name in ("lucky", "mona", "ada"))
    app = lucky.make_app()
    assert app.get("/api/v1/accounts/verify_credentials").status_code == 200
    path = Tweet.objects.get(text=f"{SPAM}?0").path
    village.people["bob"].report("lucky", "Spam since the first day.")
    report = Report.objects.latest("id").path
    said = {"kind": "suspend", "reason": "You came to advertise."}
    mona.does("suspend_user close_report", report, f"{report}decide", **said)
    village.ledger.handled[20] += 1

    mail, visitor = village.mail_to("lucky"), village.visitor()
    assert "You came to advertise." in mail
    for browser in (visitor, village.people["bob"]):
        browser.open("/@lucky", 404)
        browser.open(path, 404)
        assert "Big win tonight" not in browser.open("/search/?q=win")
    assert Caller().get("/api/v1/accounts/lookup?acct=lucky").status_code == 404
    assert Caller().get(f"/api/v1/statuses/{path.rsplit('/', 1)[1]}").status_code == 404
    assert app.get("/api/v1/accounts/verify_credentials").status_code in (401, 403)
    assert "suspended" in lucky.send("/login/", login="lucky", password=PASSWORD)

    appeal = re.search(r"http://localhost:8000(/measures/\S+)", mail)[1]
    assert "waits for an answer" in visitor.send(appeal, text="My nephew did it. He is sorry.")
    village.at(20, 15)
    mona.open("/moderation/appeals/", 404)  # who took it does not decide
    decide = re.search(r'action="(/moderation/appeals/\d+/decide)"', ada.open("/moderation/appeals/"))[1]
    field = f"m{decide.split('/')[3]}-answer"
    page = ada.does(
        "grant_appeal restore_user", "/moderation/appeals/", decide, decision="lift", **{field: "Once."}
    )
    assert "Lifted. @lucky is told." in page
    assert "Once." in village.mail_to("lucky")
    visitor.open("/@lucky")
    assert lucky.sign_in()
    assert 'action="/logout/"' in lucky.open("/logout/")


def an_invite(village):
    page = village.people["olga"].send("/settings/invites/", limit="20", days="7", note="the village")
    return re.search(r"/register/\?invite=[\w-]+", page)[0]


def join_by(village, invite, name):
    person = Person(village, name)
    person.join(invite)
    village.ledger.joined[village.day] += 1
    return person


def rehearsed(ada, name, **asked):
    """The page of a new rule when its rehearsal is over."""
    page = ada.does("add_automatic_rule", f"{AUTOMATIC}new", name=name, **asked)
    path = re.search(rf'action="({AUTOMATIC}\d+/)rehearse"', page)[1]
    ada.does("rehearse_automatic_rule", path, f"{path}rehearse")
    return ada.open(path)


def start(ada, page):
    path = re.search(rf'action="({AUTOMATIC}\d+/)start"', page)[1]
    assert "Live" in ada.does("start_automatic_rule", path, f"{path}start")
