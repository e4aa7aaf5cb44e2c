"""Scheduling by the form and the list, without scripts; times by the clock of whoever writes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import set_time_zone
from attachments.models import Attachment
from common.errors import Invalid
from tests.factories import make_image, make_tweet
from tests.tweets.test_save_draft import draft_of
from tests.tweets.test_schedule import ahead, text_of
from tweets.actions import delete_tweet, post_due, schedule_tweets
from tweets.models import SavedDraft, ScheduledTweet, Tweet
from web.forms.timing import Timing

pytestmark = pytest.mark.django_db
FORM = {
    "key": "form",
    "draft": "one.1",
    "visibility": "public",
    "repliers": "everyone",
    "quoters": "everyone",
}


@pytest.fixture
def tokyo(alice):
    return set_time_zone(alice, "Asia/Tokyo")


@pytest.fixture
def waiting(alice):
    return schedule_tweets(alice, [draft_of("my plan", images=[make_image(alice, "a map")])], ahead(days=2))


def local(moment, hours=9):
    return (moment + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.usefixtures("tokyo")
def test_a_time_in_the_form_schedules_it(as_alice, alice):
    image, moment = make_image(alice), ahead(days=1)
    page = as_alice.get("/create/?open=schedule").content.decode()
    assert "In Asia/Tokyo time" in page
    assert '<details class="fold timing" open' in page
    answer = as_alice.post(
        "/create/", {**FORM, "text": "later", "attachments": image.id, "post_at": local(moment)}, follow=True
    )
    assert answer.redirect_chain == [("/scheduled/", 302)]
    row = ScheduledTweet.objects.get()
    assert (text_of(row), row.post_at) == ("later", moment)
    shown = moment + timedelta(hours=9)
    assert f"{shown:%H:%M} JST" in answer.content.decode()
    assert "Scheduled for" in answer.content.decode()
    assert not Tweet.objects.exists()


def test_whose_zone_is_unknown_chooses_it_once(as_alice, alice):
    moment = ahead(days=1)
    form = {**FORM, "text": "later", "post_at": local(moment)}
    assert '<select class="form-control form-select" id="zone"' in as_alice.get("/create/").content.decode()
    for zone in ("", "Middle/Earth"):
        answer = as_alice.post("/create/", {**form, "zone": zone})
        assert answer.status_code == 422
        assert "Choose your time zone" in answer.content.decode()
        assert "later" in answer.content.decode()
        assert local(moment) in answer.content.decode()
    as_alice.post("/create/", {**form, "zone": "Asia/Tokyo"})
    assert ScheduledTweet.objects.get().post_at == moment
    alice.refresh_from_db()
    assert alice.time_zone == "Asia/Tokyo"
    assert 'name="zone"' not in as_alice.get("/create/").content.decode()


@pytest.mark.usefixtures("tokyo")
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("tomorrow", "Write date and time like"),
        ("2027-02-30T10:00", "Write date and time like"),
        ("0001-01-01T00:00", "Write date and time like"),
        ("1999-01-01T10:00", "at least 5 minutes"),
        ("9998-01-01T10:00", "within a year"),
        ("١٢", "Write date and time like"),
    ],
)
def test_a_time_that_makes_no_sense_is_said_and_nothing_is_lost(as_alice, value, sentence):
    answer = as_alice.post("/create/", {**FORM, "text": "my words", "post_at": value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "my words" in answer.content.decode()
    assert not Tweet.objects.exists()


@pytest.mark.usefixtures("tokyo")
def test_a_full_day_is_said_in_the_form(as_alice, alice, settings):
    settings.SCHEDULED_PER_DAY = 1
    schedule_tweets(alice, [draft_of("x")], ahead(days=1))
    answer = as_alice.post("/create/", {**FORM, "text": "my words", "post_at": local(ahead(days=1))})
    assert answer.status_code == 422
    assert "Choose another day" in answer.content.decode()
    assert "my words" in answer.content.decode()


def timed(value, zone="Europe/Berlin"):
    return Timing(value=value, zone=zone).moment()


def test_the_hour_that_is_left_out_in_spring():
    with pytest.raises(Invalid, match="set ahead that day"):
        timed("2027-03-28T02:30")
    assert timed("2027-03-28T01:59") == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert timed("2027-03-28T03:00") == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_the_hour_that_comes_twice_in_autumn_is_the_first_and_says_so(as_person, alice):
    set_time_zone(alice, "Europe/Berlin")
    form = {**FORM, "text": "x", "post_at": "2027-10-31T02:30"}
    with time_machine.travel(datetime(2027, 10, 30, 12, tzinfo=UTC), tick=False):
        answer = as_person(alice).post("/create/", form, follow=True)
    assert ScheduledTweet.objects.get().post_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert (
        "02:30 CEST. Clocks show this time twice that night; the first is meant." in answer.content.decode()
    )
    assert timed("2027-10-31T03:00") == datetime(2027, 10, 31, 2, 0, tzinfo=UTC)


def test_from_a_small_form_to_the_one_with_room(as_alice, alice):
    assert 'name="open" value="schedule" formaction="/create/"' in as_alice.get("/").content.decode()
    image = make_image(alice)
    page = as_alice.post("/create/", {**FORM, "text": "begun", "attachments": image.id, "open": "schedule"})
    assert page.status_code == 200
    composer = page.context["composer"]
    assert (composer.parts[0].text, composer.key, composer.timing.is_open) == ("begun", "form", True)
    assert not Tweet.objects.exists()


def test_the_list_shows_what_waits_and_what_went_wrong(as_alice, alice, waiting, bob):
    parent = make_tweet(bob)
    failing = schedule_tweets(alice, [draft_of("no answer", reply_to_id=parent.id)], ahead(hours=1))
    late = schedule_tweets(alice, [draft_of("slow")], ahead(hours=1))
    delete_tweet(bob, parent)
    with time_machine.travel(late.post_at + timedelta(hours=3), tick=False):
        post_due()
    page = as_alice.get("/scheduled/").content.decode()
    assert "my plan" in page
    assert 'alt="a map"' in page
    assert "Not posted. The tweet you answer was deleted" in page
    assert "Posted 3\xa0hours late" in page
    assert f"/scheduled/{failing.id}/post" in page
    assert f"/scheduled/{late.id}/post" not in page
    assert f"/scheduled/{waiting.id}/" in page


def test_thirty_cost_no_more_than_three(as_alice, alice, settings, django_assert_max_num_queries):
    settings.SCHEDULED_PER_DAY = 100
    for number in range(30):
        schedule_tweets(alice, [draft_of(f"{number}")], ahead(days=2))
    as_alice.get("/scheduled/")
    with django_assert_max_num_queries(8):
        assert len(as_alice.get("/scheduled/").context["rows"]) == 30


def test_many_stand_on_several_pages(as_alice, alice):
    now = timezone.now()
    ScheduledTweet.objects.bulk_create(
        ScheduledTweet(author=alice, what=[{"text": f"number {number}."}], post_at=now, try_at=now)
        for number in range(60)
    )
    first, second = as_alice.get("/scheduled/"), as_alice.get("/scheduled/?page=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 10)
    assert 'href="?page=2">Later' in first.content.decode()
    assert as_alice.get("/scheduled/?page=x").status_code == 200


def test_nothing_there_says_what_will_be(as_alice):
    assert "Nothing is scheduled" in as_alice.get("/scheduled/").content.decode()


@pytest.mark.usefixtures("tokyo")
def test_words_and_time_change(as_alice, alice, waiting):
    page = as_alice.get(f"/scheduled/{waiting.id}/")
    composer = page.context["composer"]
    assert composer.parts[0].text == "my plan"
    assert composer.timing.value == local(waiting.post_at)
    assert [one.description for one in composer.parts[0].attachments] == ["a map"]
    assert composer.saving is None
    image = composer.parts[0].attachments[0]
    moment = ahead(days=5)
    sent = {**FORM, "text": "a better plan", "attachments": image.id, "post_at": local(moment)}
    answer = as_alice.post(f"/scheduled/{waiting.id}/", sent, follow=True)
    assert answer.redirect_chain == [("/scheduled/", 302)]
    waiting.refresh_from_db()
    assert (text_of(waiting), waiting.post_at) == ("a better plan", moment)
    assert Attachment.objects.get().holder == waiting.holder


@pytest.mark.usefixtures("tokyo")
def test_a_change_that_cannot_be_keeps_what_was_typed(as_alice, waiting):
    sent = {**FORM, "text": "x" * 281, "post_at": local(ahead(days=3))}
    answer = as_alice.post(f"/scheduled/{waiting.id}/", sent)
    assert answer.status_code == 422
    assert "x" * 281 in answer.content.decode()
    waiting.refresh_from_db()
    assert text_of(waiting) == "my plan"


def test_posted_now(as_alice, waiting):
    answer = as_alice.post(f"/scheduled/{waiting.id}/post")
    tweet = Tweet.objects.get()
    assert answer.headers["Location"] == tweet.path
    assert not ScheduledTweet.objects.exists()


def test_what_cannot_be_posted_now_is_said(as_alice, alice, bob):
    parent = make_tweet(bob)
    row = schedule_tweets(alice, [draft_of("yes", reply_to_id=parent.id)], ahead())
    delete_tweet(bob, parent)
    page = as_alice.post(f"/scheduled/{row.id}/post", follow=True).content.decode()
    assert "It could not be posted. The tweet you answer was deleted" in page
    assert ScheduledTweet.objects.exists()


def test_cancelled_it_is_a_draft_and_nothing_is_lost(as_alice, waiting):
    answer = as_alice.post(f"/scheduled/{waiting.id}/cancel", follow=True)
    draft = SavedDraft.objects.get()
    assert answer.redirect_chain == [(f"/create/?draft={draft.id}", 302)]
    composer = answer.context["composer"]
    assert composer.parts[0].text == "my plan"
    assert len(composer.parts[0].attachments) == 1
    assert not ScheduledTweet.objects.exists()


def test_what_was_late_is_taken_off_the_list(as_alice, waiting):
    with time_machine.travel(waiting.post_at + timedelta(hours=3), tick=False):
        post_due()
    assert as_alice.get(f"/scheduled/{waiting.id}/").status_code == 404
    as_alice.post(f"/scheduled/{waiting.id}/cancel")
    assert not ScheduledTweet.objects.exists()
    assert Tweet.objects.exists()
    assert not SavedDraft.objects.exists()


def test_a_change_needs_a_time_and_may_keep_one_that_is_near(as_alice, waiting):
    form = as_alice.get(f"/scheduled/{waiting.id}/").content.decode()
    assert "posted at once" not in form
    assert "data-post-at required" in form
    near = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=2)
    ScheduledTweet.objects.update(post_at=near, try_at=near)
    timing = Timing.of(near, waiting.author)
    assert timing.earliest > timing.value
    drawn = as_alice.get(f"/scheduled/{waiting.id}/").content.decode()
    assert f'min="{timing.value}"' in drawn
    sent = FORM | {"text": "sooner than one can type", "post_at": timing.value, "zone": "UTC"}
    assert as_alice.post(f"/scheduled/{waiting.id}/", sent).status_code == 302
    assert text_of(ScheduledTweet.objects.get()) == "sooner than one can type"
    empty = as_alice.post(f"/scheduled/{waiting.id}/", sent | {"post_at": ""})
    assert "Write date and time" in empty.content.decode()


def test_nobody_else_learns_of_it(as_bob, client, waiting):
    for part in ("", "post", "cancel"):
        address = f"/scheduled/{waiting.id}/{part}"
        for send in (as_bob.get, as_bob.post):
            answer, absent = send(address), send(address.replace(str(waiting.id), "987654"))
            assert answer.status_code == absent.status_code
            assert answer.status_code == 404 or (part and send == as_bob.get)
            assert "my plan" not in answer.content.decode()
        assert "/login/" in client.post(address).headers["Location"]
    assert "my plan" not in as_bob.get("/scheduled/").content.decode()
    assert ScheduledTweet.objects.get() == waiting
    assert as_bob.get(f"/scheduled/{'9' * 30}/").status_code == 404


def test_the_settings_know_the_zone(as_alice, alice, client):
    assert as_alice.get("/settings/posting/").status_code == 200
    usual = {"audience": "public", "repliers": "everyone", "quoters": "everyone", "language": ""}
    sent = {**usual, "time_zone": "Europe/Lisbon"}
    assert as_alice.post("/settings/posting/", sent).status_code == 302
    alice.refresh_from_db()
    assert alice.time_zone == "Europe/Lisbon"
    assert as_alice.post("/settings/posting/", {**usual, "time_zone": "Nowhere"}).status_code == 422
    assert client.get("/settings/posting/").headers["Location"].startswith("/login/")


def test_its_author_hears_of_what_went_wrong(as_alice, alice, waiting, events_happen):
    failing = schedule_tweets(alice, [draft_of("no")], ahead(hours=1))
    ScheduledTweet.objects.filter(pk=failing.id).update(post_at=ahead(days=-3), try_at=ahead(days=-3))
    with events_happen():
        post_due()
    with time_machine.travel(waiting.post_at + timedelta(hours=3), tick=False), events_happen():
        post_due()
    page = as_alice.get("/notifications/").content.decode()
    assert "A scheduled tweet could not be posted." in page
    assert "Your scheduled tweet was posted late" in page
    assert page.count('<a href="/scheduled/">See') == 2
