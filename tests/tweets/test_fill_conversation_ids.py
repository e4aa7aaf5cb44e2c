"""Tweets of the first release get a conversation each, however many there are."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.factories import make_reply, make_tweet
from tweets.models import Tweet

migration = import_module("tweets.migrations.0004_fill_conversation_ids")


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_tweets_without_a_conversation_begin_their_own(alice, bob, monkeypatch, batch):
    monkeypatch.setattr(migration, "_BATCH", batch)
    old = [make_tweet(alice) for _ in range(3)]
    Tweet.objects.update(conversation_id=0)
    reply = make_reply(bob, make_tweet(alice))

    migration.fill(apps, connection.schema_editor())

    assert list(Tweet.objects.filter(pk__in=[tweet.pk for tweet in old]).values_list("conversation_id")) == [
        (tweet.pk,) for tweet in old
    ]
    reply.refresh_from_db()
    assert reply.conversation_id == reply.reply_to_id
