"""The scene of bin/screenshots: the demo of bin/run --demo, and what else the pages need to be shown."""

import json
from io import StringIO

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.management import call_command
from django.db.models import Count
from django.test import Client

from accounts.models import User
from jobs.engines.embedded import run_pending
from notifications.actions import set_policy
from notifications.models import NotificationPolicy
from relationships.actions import FilterDraft, create_filter, follow_user
from relationships.models import WordFilter
from tests.browser.counted import count_days_of, count_days_of_server
from tests.browser.letters import write_letters
from tests.browser.moderated import moderate
from tests.browser.protected import protect, prove_for_long
from tests.browser.scene import ask_and_warn, error_pages, let_apps_in, make_lists, write_ahead
from tests.factories import PASSWORD
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet, TweetEdit
from twitter_clone.preparing import prepare_database, prepare_static_files

_GUEST = "demo"
_GUEST_PASSWORD = "just-looking"


def main() -> None:
    prepare_database()
    prepare_static_files()
    call_command("make_demo", stdout=StringIO())
    for name, *options in (("uma", "--unverified"), ("umberto", "--unverified"), ("stella", "--staff")):
        call_command("create_user", name, "--email", f"{name}@example.org", "--password", PASSWORD, *options)
    while run_pending():
        pass
    sessions = {"alice": _session(_GUEST, _GUEST_PASSWORD), "uma": _session("uma", PASSWORD)}
    sessions["bob"] = sessions["alice"]
    sessions["dora"] = _session("stella", PASSWORD)
    sessions["stella"] = _session("stella", PASSWORD)
    more_paths, more_sessions = protect()
    sessions["measured"] = _session_of(User.objects.get(username="nora"))
    found = {"paths": _paths() | more_paths, "sessions": sessions | more_sessions}
    print(json.dumps({**found, "error_pages": error_pages()}))  # noqa: T201


def _paths() -> dict[str, str]:
    guest = User.objects.get(username=_GUEST)
    said = Tweet.objects.filter(retweet_of=None, visibility=Tweet.Visibility.PUBLIC).order_by("-id")
    others = said.exclude(author__username__in=[_GUEST, "stella"]).select_related("author")
    illustrated = others.annotate(pictures=Count("images"))
    own = Tweet.objects.filter(author=guest).order_by("-id")
    own_pictures = own.annotate(pictures=Count("images")).order_by("-pictures").first()
    linked = others.filter(html__contains="hashtag").first()
    count_days_of(guest)
    count_days_of_server()
    edited = Tweet.objects.get(pk=TweetEdit.objects.first().tweet_id)
    words = dict.fromkeys(max(tweet.text.split(), key=len) for tweet in (edited, linked))
    draft = FilterDraft("A rest from this", dict.fromkeys(words, True), tuple(WordFilter.Context.values))
    stella, stranger = (User.objects.get(username=name) for name in ("stella", "nora"))
    set_policy(stella, dict.fromkeys(NotificationPolicy.WISHES, "filter"))
    for name in ("nora", "tomas", "kofi"):
        follow_user(User.objects.get(username=name), stella)
    post_tweet(stranger, TweetDraft("Have you seen the harbour this morning, @stella?"))
    run_pending()
    umberto = EmailAddress.objects.get(email="umberto@example.org")
    nora, *more = User.objects.local().confirmed().exclude(pk=guest.pk).order_by("id")[:2]
    letters = write_letters(guest, nora, more[0], User.objects.get(username="stella"))
    return {
        **letters,
        "profile": others.filter(author__username="nora").first().author.path,
        "own_profile": guest.path,
        "silent": "/@stella",
        "tag": "/tags/" + next(value for kind, *_, value in linked.entities if kind == "hashtag"),
        "edited": edited.path,
        "stranger": stranger.handle,
        "filter_id": str(create_filter(stella, draft).id),
        "linked": linked.path,
        "link_tweets": f"/explore/links/{others.filter(link_card__isnull=False).first().link_card_id}/",
        "pictures_4": illustrated.filter(pictures=4).first().path,
        "pictures_4_id": str(own_pictures.id),
        "pictures_1": illustrated.filter(pictures=1).first().path,
        "pictures_1_id": str(own_pictures.id),
        "own_id": str(own.first().id),
        "own": own.first().path,
        "strange_id": str(others.first().id),
        "strange": others.first().path,
        "hidden": "/@stella/2",
        **write_ahead(stella, others.first()),
        **ask_and_warn(nora, guest),
        **make_lists(stella, [others[0].author, guest]),
        **let_apps_in(guest),
        **moderate(stella, guest, stranger, list(others.filter(author=stranger)[:2])),
        "confirm_key": EmailConfirmationHMAC.create(umberto).key,
        "reset_key": f"{user_pk_to_url_str(umberto.user)}-{default_token_generator.make_token(umberto.user)}",
    }


def _session(name: str, password: str) -> str:
    client = Client(SERVER_NAME="localhost")
    client.post("/login/", {"login": name, "password": password})
    prove_for_long(client)
    return client.cookies["session"].value


def _session_of(person: User) -> str:
    """Of somebody of the demo, whose password nobody knows."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client.cookies["session"].value
