"""`manage.py make_demo`: a lively server for looking around, and nothing where people live already."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from PIL import Image

from accounts.models import User
from analytics.queries import trending_tags
from attachments.models import Attachment
from jobs.engines.embedded import run_pending
from jobs.models import Job
from notifications.models import Notification
from relationships.models import Follow, FollowRequest
from tests.factories import make_tweet, make_user
from tweets.models import Bookmark, Hashtag, Like, Poll, Tweet, TweetEdit, TweetImage
from tweets.text import find_entities, tag_key
from twitter_clone.demo import making, script
from twitter_clone.demo.landscapes import moving_gif, paint
from twitter_clone.demo.portraits import PORTRAITS, portrait
from twitter_clone.demo.scenes import SCENES
from twitter_clone.demo.script import DemoPicture, Person, Saying

pytestmark = pytest.mark.django_db


def make_demo(**options) -> str:
    said = StringIO()
    call_command("make_demo", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def short(monkeypatch):
    """A demo of two people and three tweets, one an answer."""
    small = DemoPicture("coast", "A small bay", (90, 60))
    people = [
        Person("nora", "Nora", "Hills.", portrait="peak", follows=("demo",)),
        Person("demo", "Demo", "Looking around.", follows=("nora",)),
    ]
    sayings = [
        Saying(3.0, "nora", "first #morning", (small, small)),
        Saying(2.0, "demo", "@nora second", before_edit="@nora secnod", answers="nora 3.0", likes=1),
        Saying(1.0, "nora", "third", (small,)),
    ]
    monkeypatch.setattr(making, "people", lambda: people)
    monkeypatch.setattr(making, "sayings", lambda: sayings)


def everything() -> dict[str, object]:
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (User, Tweet, TweetEdit, TweetImage, Attachment, Follow, Like)
    }


@pytest.fixture
def small_pictures(monkeypatch):
    """A sixth of the true size: what is proved stays the same, and takes a tenth of the time."""
    for name in ("jpeg", "moving_gif"):
        draw = getattr(making, name)
        monkeypatch.setattr(
            making, name, lambda scene, size, seed, draw=draw: draw(scene, (size[0] // 6, size[1] // 6), seed)
        )


def test_an_empty_server_becomes_lively(
    client, as_person, small_pictures, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        told = make_demo()
    assert "Log in as “demo” with the password “just-looking”." in told
    assert User.objects.count() == len(script.people()) >= 15
    spread = [name for saying in script.sayings() for name in saying.spread_by]
    said = Tweet.objects.filter(retweet_of=None)
    assert said.count() == len(script.sayings()) >= 80
    assert Tweet.objects.count() == said.count() + len(spread)
    assert Hashtag.objects.count() > 8
    assert {tweet.author_id for tweet in said} == {person.id for person in User.objects.all()}
    assert User.objects.exclude(avatar="").count() >= 10
    assert User.objects.exclude(header="").count() >= 8
    assert TweetEdit.objects.count() == 1

    pictures = Attachment.objects.all()
    assert {picture.state for picture in pictures} == {Attachment.State.READY}
    assert all(picture.description and picture.claimed_at for picture in pictures)
    assert pictures.filter(is_animated=True).exists()
    numbers = {tweet.images.count() for tweet in said}
    assert {0, 1, 2, 3, 4} == numbers
    assert not Job.objects.filter(queue="media").exists()

    page = client.get("/").content.decode()
    assert "<picture" in page or "<img" in page
    assert client.get(pictures[0].url).status_code == 200
    ages = [tweet.created_at for tweet in Tweet.objects.newest_first()]
    assert (ages[0] - ages[-1]).days >= 4

    the_guest_finds_a_society(as_person)


def the_guest_finds_a_society(as_person):
    guest = User.objects.get(username="demo")
    home = as_person(guest).get("/").content.decode()
    assert "</bdi></a> retweeted" in home
    assert 'class="quote"' in home
    assert 'aria-label="Like, ' in home
    assert "People to follow" in home
    assert guest.following_count > 5
    assert guest.followers_count > 1
    assert Bookmark.objects.filter(person=guest).count() == 3
    assert FollowRequest.objects.filter(follower=guest, followed__is_locked=True).exists()
    assert Tweet.objects.filter(pinned_at__isnull=False).count() == 3
    polls = Poll.objects.all()
    assert {poll.is_multiple for poll in polls} == {poll.hides_totals for poll in polls} == {True, False}
    assert all(sum(poll.counts) >= 5 for poll in polls)
    assert {poll.votes.filter(voter=guest).exists() for poll in polls} == {True, False}
    depths = {1 + (tweet.reply_to.reply_to is not None) for tweet in Tweet.objects.filter(is_reply=True)}
    assert depths == {1, 2}
    run_pending()
    kinds = set(Notification.objects.filter(recipient=guest).values_list("kind", flat=True))
    assert {"like", "reply", "follow"} <= kinds


def test_one_can_log_in_and_write(client, short):
    make_demo()
    client.post("/login/", {"login": "demo", "password": "just-looking"})
    assert client.get("/create/").status_code == 200
    assert User.objects.get(username="demo").may_write


def test_a_second_time_changes_nothing(short):
    make_demo()
    before = everything()
    said = make_demo()
    assert "nothing was changed" in said
    assert "“just-looking”" in said
    assert everything() == before


def test_it_stays_as_it_is_when_people_joined_and_its_password_is_not_told_when_changed(short):
    make_demo()
    make_tweet(make_user("alice"), "I live here now")
    demo = User.objects.get(username="demo")
    demo.set_password("something else")
    demo.save()
    before = everything()
    said = make_demo()
    assert "here already" in said
    assert "password" not in said
    assert everything() == before


def test_a_server_with_people_is_left_alone(short):
    make_user("alice")
    before = everything()
    assert "no demo was made" in make_demo()
    assert everything() == before


def test_even_one_who_is_called_demo_is_a_stranger(short):
    make_user("demo")
    assert "no demo was made" in make_demo()
    assert User.objects.count() == 1


def test_elsewhere_than_on_a_laptop_the_password_is_random(short, settings):
    settings.SITE_IS_LOCAL = False
    said = make_demo()
    password = said.rpartition("password “")[2].partition("”")[0]
    assert len(password) >= 16
    assert User.objects.get(username="demo").check_password(password)
    assert "password" not in make_demo()


def test_interrupted_it_is_finished_the_next_time(short, monkeypatch):
    true_post, calls = making.post_tweet, []

    def interrupted(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return true_post(*args, **kwargs)

    monkeypatch.setattr(making, "post_tweet", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_demo()
    assert Tweet.objects.count() == 1
    first = Tweet.objects.get()
    monkeypatch.setattr(making, "post_tweet", true_post)
    assert "The demo is ready." in make_demo()
    assert [tweet.text for tweet in Tweet.objects.order_by("id")] == [
        "first #morning",
        "@nora second",
        "third",
    ]
    assert Tweet.objects.order_by("id").first() == first
    assert User.objects.count() == 2
    assert TweetImage.objects.count() == 3


def test_what_is_written_down_fits(db):
    """Every name that the script uses exists, and everyone says something."""
    names = {person.username for person in script.people()}
    assert script.LOGIN in names
    assert {saying.author for saying in script.sayings()} == names
    assert {person.portrait for person in script.people()} <= {*PORTRAITS, ""}
    assert {person.header for person in script.people()} <= {*SCENES, ""}
    pictures = [picture for saying in script.sayings() for picture in saying.pictures]
    assert {picture.scene for picture in pictures} <= set(SCENES)
    assert all(picture.description for picture in pictures)
    assert {name for person in script.people() for name in (*person.follows, *person.asks)} <= names
    assert {name for saying in script.sayings() for name in saying.spread_by} <= names
    told: set[str] = set()
    for saying in script.sayings():
        assert {saying.answers, saying.quotes} - {""} <= told, "it names something earlier"
        told.add(saying.name)
    for saying in script.sayings():
        if saying.poll:
            assert len(saying.poll.choices) == len(saying.poll.votes)
            assert saying.poll.is_multiple or sum(saying.poll.votes) < len(names)
    hours = [saying.hours_ago for saying in script.sayings()]
    assert hours == sorted(hours, reverse=True)


def test_pictures_differ_and_a_seed_repeats_itself():
    small = [paint(scene, (60, 40), seed).tobytes() for seed, scene in enumerate(SCENES.values())]
    assert len(set(small)) == len(SCENES)
    assert paint(SCENES["town"], (60, 40), 5).tobytes() == paint(SCENES["town"], (60, 40), 5).tobytes()
    assert paint(SCENES["town"], (60, 40), 5).tobytes() != paint(SCENES["town"], (60, 40), 6).tobytes()
    faces = {Image.open(portrait(name)).tobytes() for name in PORTRAITS}
    assert len(faces) == len(PORTRAITS)
    assert Image.open(moving_gif(SCENES["hills"], (60, 40), 1, frames=5)).n_frames == 5


def test_what_its_people_talk_about_trends_at_once():
    """Told by the script, because drawing all its pictures takes too long here."""
    voters: dict[str, set[str]] = {}
    for saying in script.sayings():
        if (
            saying.hours_ago < settings.TRENDS_HOURS - 1
            and saying.visibility == "public"
            and not saying.answers
        ):
            for entity in find_entities(saying.text):
                if entity.kind == "hashtag":
                    voters.setdefault(tag_key(entity.value), set()).add(saying.author)

    trending = [tag for tag, people in voters.items() if len(people) >= settings.TRENDS_MIN_PEOPLE]
    assert len(trending) >= 3


def test_trends_are_counted_before_it_ends(short, small_pictures, settings):
    settings.TRENDS_MIN_PEOPLE = 1
    make_demo()
    assert [tag.name for tag in trending_tags()] == ["morning"]
