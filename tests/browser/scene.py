"""Fills a fresh data folder with the people and tweets that the browser tests look at.

Called in a process of its own, with the settings of a real server, before that server starts. Prints
one line of JSON: paths of things, sessions of people, and the error pages that no visit can provoke.
"""

import json
from datetime import timedelta
from io import BytesIO
from typing import cast
from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.actions import note_check, set_time_zone, update_profile
from accounts.models import User
from analytics.actions import recount_link_trends, recount_trends, recount_tweet_trends
from attachments.actions import upload
from clients.actions import register_app, save_token
from clients.keys import new_key
from jobs.engines.embedded import run_pending
from notifications.actions import set_policy
from notifications.models import NotificationPolicy
from relationships.actions import FilterDraft, create_filter, follow_user
from tests.browser.counted import count_days_of, count_days_of_server
from tests.browser.examined import examine_and_keep
from tests.browser.letters import write_letters
from tests.browser.moderated import moderate
from tests.browser.protected import protect, prove_for_long
from tests.factories import PASSWORD, make_page
from timelines.actions import add_to_list, create_list
from tweets.actions import edit_tweet, hide_tweet, post_tweet, save_draft, schedule_tweets, take_up_link, vote
from tweets.draft import DraftImage, PollDraft, SavedAs, TweetDraft
from tweets.models import Poll, SavedDraft, ScheduledTweet, Tweet
from twitter_clone.preparing import prepare_database, prepare_static_files

_CONFIRMED = ("alice", "bob", "carol", "dora", "stella")
_UNCONFIRMED = ("uma", "umberto")
_PLAIN_TWEETS = 74  # more than the five pages that load by themselves
_TIDES = "https://example.org/tides"
_COLOURS = ("#2f6f9f", "#c98b4a", "#4b7a52", "#7d5aa6")


def main() -> None:
    prepare_database()
    prepare_static_files()
    for name in (*_CONFIRMED, *_UNCONFIRMED):
        join(name)
    paths = _talk()
    while run_pending():
        pass
    more_paths, more_sessions = protect()
    signed_in = sessions()  # and whom staff warned, by a name that fits the demo, too
    signed_in["measured"] = signed_in["dora"]
    found = {"paths": paths | more_paths, "sessions": signed_in | more_sessions}
    print(json.dumps({**found, "error_pages": error_pages()}))  # noqa: T201


def join(name: str) -> None:
    options = ["--staff"] if name == "stella" else ["--unverified"] if name in _UNCONFIRMED else []
    call_command("create_user", name, "--email", f"{name}@example.org", "--password", PASSWORD, *options)


def _talk() -> dict[str, str]:
    """What the people said, oldest first; the paths of what the tests visit."""
    alice, bob, carol, stella = (
        User.objects.get(username=name) for name in ("alice", "bob", "carol", "stella")
    )
    update_profile(
        alice,
        display_name="Alice Ashdown",
        bio="Walks early, writes late. https://example.org/alice",
        location="Harbour street",
        website="https://example.org/alice",
        fields=[("Pronouns", "she/her"), ("Garden", "https://garden.example.org/alice"), ("Since", "2019")],
    )
    _tick(alice)
    for number in range(_PLAIN_TWEETS):
        _say([bob, carol][number % 2], f"Plain tweet number {number}, a few words about an ordinary day.")
    strange = _say(bob, "Somebody else's tweet, nothing for alice to edit.")
    hidden = _say(bob, "Something the team has hidden.")
    hide_tweet(stella, hidden)
    edited = _say(alice, "The ferry leaves at eight.")
    edit_tweet(alice, edited, TweetDraft("The ferry leaves at nine, not at eight."), revision=edited.revision)
    _say(alice, "مساء الخير من الميناء، البحر هادئ اليوم 🌙")
    _say(alice, "波の音を聞きながら、今日の写真を整理しています。🌊")
    _say(
        alice,
        "\n".join(f"Line {number} of a long list of good reasons to get up." for number in range(14))[:270],
    )
    linked = _say(
        alice, "Sketches of the #harbour for @bob: https://example.org/a/rather/long/address/of/a/page #boats"
    )
    shown = [_say(alice, f"{count} from the walk #harbour", pictures=count) for count in (4, 3, 2, 1)]
    letters = write_letters(alice, bob, carol, stella)
    tides = make_page(_TIDES, "The tide table", "When to sail, and when to stay.", picture=(1200, 630))
    _say(bob, "A fine #morning at the #harbour")
    dora = User.objects.get(username="dora")
    for person in (dora, carol, stella):
        take_up_link(_say(person, f"A fine #morning at the #harbour {_TIDES}").id)
    _say(alice, "Rain since noon, so no more walks today.")
    drop = _say(alice, "A tweet that may go.")
    umberto = EmailAddress.objects.get(email="umberto@example.org")
    reset_key = f"{user_pk_to_url_str(umberto.user)}-{default_token_generator.make_token(umberto.user)}"
    words = {"ferry": True, "timetable": True, "delay": False}
    set_policy(dora, dict.fromkeys(NotificationPolicy.WISHES, "filter"))
    follow_user(stella, dora)
    recount_trends()
    recount_tweet_trends()
    recount_link_trends()
    count_days_of(alice)
    count_days_of_server()
    folding = create_filter(dora, FilterDraft("Anything about ferries", words, ("home", "thread", "account")))
    examine_and_keep(stella, stella, bob)
    return {
        "stranger": stella.handle,
        "filter_id": str(folding.id),
        **letters,
        "profile": alice.path,
        "own_profile": alice.path,
        "silent": "/@stella",
        "tag": "/tags/harbour",
        "edited": edited.path,
        "linked": linked.path,
        "link_tweets": f"/explore/links/{tides.pk}/",
        "pictures_4": shown[0].path,
        "pictures_4_id": str(shown[0].id),
        "pictures_1": shown[3].path,
        "pictures_1_id": str(shown[3].id),
        "own_id": str(drop.id),
        "own": drop.path,
        "strange": strange.path,
        "strange_id": str(strange.id),
        "hidden": hidden.path,
        **write_ahead(stella, strange),
        **ask_and_warn(alice, bob),
        **make_lists(stella, [alice, bob, carol]),
        **let_apps_in(alice),
        **moderate(stella, carol, dora, list(Tweet.objects.filter(author=dora)[:2])),
        "confirm_key": EmailConfirmationHMAC.create(umberto).key,
        "reset_key": reset_key,
    }


def write_ahead(author: User, parent: Tweet) -> dict[str, str]:
    """Drafts and scheduled tweets, one of each kind that lists show; the paths of what the tests visit."""
    set_time_zone(author, "Europe/Lisbon")

    def keep(key: str, *drafts: TweetDraft, place: str = "tweet") -> SavedDraft:
        return cast(SavedDraft, save_draft(author, drafts, SavedAs(key, "scene"), place=place))

    image = upload(author, _landscape(1))
    keep("long", TweetDraft("What the harbour sounds like before anybody is awake. " * 5))
    keep("reply", TweetDraft("That reminds me of", reply_to_id=parent.id), place=f"reply:{parent.id}")
    keep("letter", TweetDraft("Dear Alice,", visibility=Tweet.Visibility.DIRECT), place="message")
    draft = keep(
        "thread", TweetDraft("First the boats.", (DraftImage(image.id, "Boats"),)), TweetDraft("Then")
    )
    soon = (timezone.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    picture = (DraftImage(upload(author, _landscape(2)).id, "The market at six"),)
    waiting = schedule_tweets(author, [TweetDraft("The market opens now.", picture)], soon)
    failed = schedule_tweets(author, [TweetDraft("Good night, harbour.")], soon)
    late = schedule_tweets(author, [TweetDraft("Good morning, harbour.")], soon)
    rows = ScheduledTweet.objects
    rows.filter(pk=failed.pk).update(state="failed", reason="The server was off at that time.", post_at=soon)
    tweet = _say(author, "Good morning, harbour.")
    rows.filter(pk=late.pk).update(state="late", tweet=tweet, post_at=tweet.created_at - timedelta(hours=3))
    return {
        "draft": f"/create/?draft={draft.pk}",
        "discard_draft": f"/drafts/{draft.pk}/discard",
        "scheduled": f"/scheduled/{waiting.pk}/",
    }


def ask_and_warn(author: User, voter: User) -> dict[str, str]:
    """Polls in each state, a warning, covered pictures; the paths of what the tests visit."""

    def ask(text: str, **poll: bool) -> Tweet:
        choices = ("By the first ferry", "By bicycle, along the canal", "Not at all")
        return post_tweet(author, TweetDraft(text, poll=PollDraft(choices, 86_400, **poll)))

    asked = ask("How do you come to the market? Pick as many as you like.", is_multiple=True)
    voted = ask("How did you come last time?")
    secret = ask("How would you rather come? No peeking.", hides_totals=True)
    ended = ask("How should everybody come?")
    for tweet in (voted, ended):
        vote(voter, tweet, [1])
    Poll.objects.filter(tweet=ended).update(ends_at=timezone.now() - timedelta(minutes=1))
    image = upload(author, _landscape(3), "A hill under a pale sky")
    warned = post_tweet(
        author,
        TweetDraft(
            "The butler did it.", (DraftImage(image.id),), warning="The end of a film", is_sensitive=True
        ),
    )
    drawn = {"asked": asked, "voted": voted, "secret": secret, "ended": ended, "warned": warned}
    return {**{name: tweet.path for name, tweet in drawn.items()}, "asked_id": str(asked.id)}


def let_apps_in(person: User) -> dict[str, str]:
    """Two apps act for the person, one in part; the paths where a third asks, and where it asks wrongly."""
    for name, website, granted in (
        ("Tusk for phones", "https://tusk.example.org", "read write follow push"),
        ("Weather of the harbour", "", "write:statuses write:media"),
    ):
        app, _ = register_app(name, ["https://tusk.example.org/"], granted, website)
        save_token(app, person, new_key(), granted)
    app, _ = register_app(
        "Breakfast reader", ["https://breakfast.example.org/in"], "read write:statuses push"
    )
    asked = {"client_id": app.client_id, "redirect_uri": app.redirect_uris[0], "scope": app.scopes}
    asking, wrongly = ({"response_type": kind, **asked} for kind in ("code", "token"))
    return {
        "ask": f"/oauth/authorize?{urlencode(asking)}",
        "ask_wrongly": f"/oauth/authorize?{urlencode(wrongly)}",
    }


def make_lists(owner: User, people: list[User]) -> dict[str, str]:
    """Three lists, one with people on it; the paths of what the tests visit."""
    for person in people:
        follow_user(owner, person)
    create_list(owner, "Newspapers", is_exclusive=True)
    people_list = create_list(owner, "People of the harbour")
    for person in people[:2]:
        add_to_list(owner, people_list, person)
    return {"list": people_list.path, "empty_list": create_list(owner, "Nobody yet").path}


def _tick(person: User) -> None:
    """As if the linked pages had linked back; nobody is asked."""
    for field in person.fields.all():
        note_check(field.pk, field.value, links_back=field.is_link)


def _say(author: User, text: str, pictures: int = 0) -> Tweet:
    images = [
        upload(author, _landscape(number), f"Picture {number + 1}: hills in one colour under a pale sky")
        for number in range(pictures)
    ]
    return post_tweet(
        author, TweetDraft(text, tuple(DraftImage(image.id, image.description) for image in images))
    )


def _landscape(number: int) -> SimpleUploadedFile:
    picture = Image.new("RGB", (900, 600 if number % 2 == 0 else 1200), "#dfe9f1")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((620, 80, 760, 220), fill="#f4d58a")
    draw.ellipse((-200, 340, 700, 1500), fill=_COLOURS[number])
    file = BytesIO()
    picture.save(file, "JPEG")
    return SimpleUploadedFile(f"walk-{number}.jpg", file.getvalue(), content_type="image/jpeg")


def sessions(*names: str) -> dict[str, str]:
    """Each one logged in once through the form, as in a browser."""
    sessions = {}
    for name in names or (*_CONFIRMED, "uma"):
        client = Client(SERVER_NAME="localhost")
        client.post("/login/", {"login": name, "password": PASSWORD})
        prove_for_long(client)
        sessions[name] = client.cookies["session"].value
    return sessions


def error_pages() -> dict[str, str]:
    return {code: render_to_string(f"{code}.html") for code in ("400", "413", "429", "500")}
