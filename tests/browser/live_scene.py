"""Alice is read by bob; both have said a little. For the tests of live pages."""

import json

from accounts.models import User
from jobs.engines.embedded import run_pending
from relationships.actions import follow_user
from tests.browser.scene import join, sessions
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from twitter_clone.preparing import prepare_database, prepare_static_files


def main() -> None:
    prepare_database()
    prepare_static_files()
    for name in ("alice", "bob", "carol"):
        join(name)
    alice, bob, carol = (User.objects.get(username=name) for name in ("alice", "bob", "carol"))
    follow_user(bob, alice)
    follow_user(alice, bob)
    for number in range(24):
        post_tweet((alice, carol)[number % 2], TweetDraft(f"Tweet number {number} of an ordinary day."))
    first = post_tweet(alice, TweetDraft("Who else is up?"))
    while run_pending():
        pass
    print(json.dumps({"paths": {"first": first.path}, "sessions": sessions("alice", "bob", "carol")}))  # noqa: T201
