"""The stage of the load test: `python -m twitter_clone.loadtest.preparing PEOPLE FOLLOWS TWEETS SIGNED_IN`.

Runs in the scratch environment: makes tables, static files and the network, signs people in as a browser
would be (nobody types a password), and prints as JSON who and what there is.
"""

import json
import re
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.middleware.csrf import CSRF_SECRET_LENGTH  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402

from accounts.models import User  # noqa: E402
from tweets.models import Tweet  # noqa: E402
from twitter_clone.crowd import make  # noqa: E402
from twitter_clone.crowd.sizes import sizes  # noqa: E402

_TWEETS, _HANDLES, _WORDS = 2000, 2000, 300
_WORD = re.compile(r"[a-z]{4,12}")


def main(people: int, follows: int, tweets: int, signed_in: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    make.people(people, follows)
    make.tweets(0, tweets, tweets)
    call_command("rebuild_search", stdout=sys.stderr)
    sys.stdout.write(json.dumps({"sizes": sizes(), "cast": _cast(signed_in)}))


def _cast(number: int) -> dict[str, Any]:
    people = list(User.objects.filter(following_count__gt=0).order_by("?")[:number])
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    with transaction.atomic():
        signed_in = [_signed_in(person, store()) for person in people]
    newest = Tweet.objects.filter(retweet_of=None, visibility="public").select_related("author")
    tweets = list(newest.order_by("-id")[:_TWEETS])
    return {
        "people": signed_in,
        "tweets": [(tweet.author.username, tweet.id) for tweet in tweets],
        "handles": list(User.objects.order_by("?").values_list("username", flat=True)[:_HANDLES]),
        "words": sorted({word for tweet in tweets for word in _WORD.findall(tweet.text.lower())})[:_WORDS],
    }


def _signed_in(person: User, session: Any) -> dict[str, str]:
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    csrf = get_random_string(CSRF_SECRET_LENGTH)
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return {"cookies": cookies, "csrf": csrf}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
