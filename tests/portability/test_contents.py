"""What is in an archive: all that is one's own, in formats others read, and nothing that opens a door."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import ProfileField
from clients.actions import register_app, save_token
from portability import said
from portability.tables import TABLES
from relationships.actions import block_user, follow_user, mute_user
from relationships.models import BlockedDomain, Follow, Mute
from tests.factories import make_image, make_quote, make_reply, make_tweet, make_user
from tests.portability.opening import made, opened, table_in, tweets_in
from timelines.actions import add_to_list, create_list
from tweets.actions import bookmark_tweet, delete_tweet, hide_tweet, like_tweet, retweet
from tweets.draft import PollDraft
from tweets.models import SavedDraft, ScheduledTweet

pytestmark = pytest.mark.django_db


def test_every_tweet_with_all_that_belongs_to_it(alice, bob, staff):
    theirs = make_tweet(bob, "Anybody there?")
    plain = make_tweet(alice, "Tea <b>first</b> 🍵", language="en")
    reply, quote = make_reply(alice, theirs, "Me."), make_quote(alice, theirs, "Look.")
    poll = make_tweet(alice, "Tea?", poll=PollDraft(("yes", "no"), 300))
    direct = make_tweet(alice, "Psst @bob", visibility="direct")
    spread = retweet(alice, theirs)
    like_tweet(bob, plain)
    hide_tweet(staff, make_tweet(alice, "Taken down"))
    delete_tweet(alice, make_tweet(alice, "Deleted"))
    make_tweet(bob, "Somebody else's")

    tweets = {tweet["id"]: tweet for tweet in tweets_in(opened(made(alice)))}

    assert list(tweets) == [str(one.pk) for one in (spread, direct, poll, quote, reply, plain)]
    assert tweets[str(plain.pk)] == {
        "id": str(plain.pk),
        "url": f"{settings.SITE_URL}/@alice/{plain.pk}",
        "created_at": plain.created_at.isoformat(),
        "visibility": "public",
        "language": "en",
        "text": "Tea <b>first</b> 🍵",
        "likes": 1,
    }
    address = f"{settings.SITE_URL}/@bob/{theirs.pk}"
    assert tweets[str(reply.pk)]["reply_to"] == address
    assert tweets[str(quote.pk)]["quote_of"] == address
    assert tweets[str(spread.pk)]["retweet_of"] == address
    assert tweets[str(direct.pk)]["to"] == [f"@bob@{settings.SITE_HOST}"]
    assert [choice["text"] for choice in tweets[str(poll.pk)]["poll"]["choices"]] == ["yes", "no"]


def test_pictures_and_a_page_to_read_them_on(alice):
    image = make_image(alice, description="A harbour & a boat")
    tweet = make_tweet(alice, "Look <script>", images=[image])
    archive = opened(made(alice))
    (picture,) = tweets_in(archive)[0]["pictures"]
    with default_storage.open(image.thumb) as file:
        assert archive.read(picture["file"]) == file.read()
    page = archive.read("tweets/0001.html").decode()
    assert f'<img src="../{picture["file"]}" alt="A harbour &amp; a boat"' in page
    assert "Look &lt;script&gt;" in page
    assert f"/@alice/{tweet.pk}" in page
    assert "archive.css" in archive.namelist()
    assert 'href="tweets/0001.html"' in archive.read("index.html").decode()


def test_a_picture_whose_file_is_gone_is_left_out(alice):
    image = make_image(alice)
    make_tweet(alice, images=[image])
    default_storage.delete(image.thumb)
    archive = opened(made(alice))
    assert not [name for name in archive.namelist() if name.startswith("pictures/")]
    assert len(tweets_in(archive)) == 1


def test_many_tweets_are_many_files_that_lead_to_each_other(alice, monkeypatch):
    monkeypatch.setattr(said, "AT_ONCE", 2)
    for _ in range(5):
        make_tweet(alice)
    archive = opened(made(alice))
    assert [name for name in archive.namelist() if name.endswith("json")][:3] == [
        f"tweets/000{n}.json" for n in (1, 2, 3)
    ]
    assert len(tweets_in(archive)) == 5
    pages = [archive.read(f"tweets/000{n}.html").decode() for n in (1, 2, 3)]
    assert ["Later" in page for page in pages] == [False, True, True]
    assert ["Earlier" in page for page in pages] == [True, True, False]
    assert "0003.html" in archive.read("index.html").decode()


def test_as_many_questions_for_many_tweets(alice, bob, django_assert_max_num_queries):
    for number in range(30):
        make_tweet(alice, images=[make_image(alice)] if number < 3 else None)
        make_reply(alice, make_tweet(bob))
    with django_assert_max_num_queries(5):
        assert len(said.tweets_of(alice, None).tweets) == 60


def test_tables_as_mastodon_reads_them(alice, bob, carol):
    host = settings.SITE_HOST
    follow_user(alice, bob)
    Follow.objects.filter(follower=alice).update(shows_retweets=False, notifies=True, languages=",de,en,")
    follow_user(carol, alice)
    dora, erin = make_user("dora"), make_user("erin")
    block_user(alice, dora)
    mute_user(alice, erin)
    gone = make_user("gone")
    mute_user(alice, gone)
    Mute.objects.filter(muted=gone).update(until=timezone.now() - timedelta(minutes=1))
    add_to_list(alice, create_list(alice, 'Friends, "old" ones'), bob)
    BlockedDomain.objects.create(owner=alice, domain="bad.example")
    tweets = [make_tweet(bob), make_tweet(carol, visibility="followers")]
    follow_user(alice, carol)
    for tweet in tweets:
        like_tweet(alice, tweet)
        bookmark_tweet(alice, tweet)
    Follow.objects.filter(follower=alice, followed=carol).delete()  # no more hers to read

    archive = opened(made(alice))

    assert table_in(archive, "following_accounts.csv") == [
        ["Account address", "Show boosts", "Notify on new posts", "Languages"],
        [f"bob@{host}", "false", "true", "de, en"],
    ]
    assert table_in(archive, "followers.csv") == [["Account address"], [f"carol@{host}"]]
    assert table_in(archive, "blocked_accounts.csv") == [[f"dora@{host}"]]
    assert table_in(archive, "muted_accounts.csv") == [
        ["Account address", "Hide notifications"],
        [f"erin@{host}", "true"],
    ]
    assert table_in(archive, "lists.csv") == [['Friends, "old" ones', f"bob@{host}"]]
    assert table_in(archive, "blocked_domains.csv") == [["bad.example"]]
    for name in ("likes.csv", "bookmarks.csv"):
        assert table_in(archive, name) == [[f"{settings.SITE_URL}/@bob/{tweets[0].pk}"]]


def test_a_table_longer_than_one_reading(alice, monkeypatch):
    monkeypatch.setattr("portability.tables._READ_AT_ONCE", 2)
    for _ in range(5):
        follow_user(make_user(), alice)
        like_tweet(alice, make_tweet(make_user()))
    archive = opened(made(alice))
    assert len(table_in(archive, "followers.csv")) == 6
    assert len(table_in(archive, "likes.csv")) == 5


def test_the_profile_and_what_was_not_said_yet(alice):
    alice.bio, alice.location = "Tea & toast", "Port"
    alice.save(update_fields=["bio", "location"])
    ProfileField.objects.create(person=alice, position=0, name="Pronouns", value="she/her")
    now = timezone.now()
    SavedDraft.objects.create(
        author=alice, key="secret-key", place="home", writer="w", updated_at=now, what=[{"text": "Not yet"}]
    )
    ScheduledTweet.objects.create(
        author=alice, post_at=now, try_at=now, what=[{"text": "Tomorrow", "warning": "Spoiler"}]
    )
    archive = opened(made(alice))
    profile = json.loads(archive.read("profile.json"))
    assert profile["address"] == f"@alice@{settings.SITE_HOST}"
    assert (profile["bio"], profile["settings"]["location"]) == ("Tea & toast", "Port")
    assert profile["fields"] == [{"name": "Pronouns", "value": "she/her"}]
    assert "Tea &amp; toast" in archive.read("index.html").decode()
    drafts = json.loads(archive.read("drafts.json"))
    assert drafts["drafts"][0]["tweets"] == [{"text": "Not yet"}]
    assert drafts["scheduled"][0]["tweets"] == [{"text": "Tomorrow", "warning": "Spoiler"}]


def test_nothing_in_it_opens_a_door(alice):
    save_token(register_app("Tusk", ["https://tusk.example/"])[0], alice, "a-token", "read")
    SavedDraft.objects.create(
        author=alice,
        key="secret-key",
        place="home",
        writer="w",
        updated_at=timezone.now(),
        what=[{"text": "x"}],
    )
    archive = opened(made(alice))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    for secret in (alice.password, "a-token", "secret-key", settings.SECRET_KEY):
        assert secret not in everything


def test_somebody_who_did_nothing(alice):
    archive = opened(made(alice))
    assert set(archive.namelist()) == {
        *TABLES, "profile.json", "drafts.json", "archive.css", "index.html"
    }  # fmt: skip
    assert "None." in archive.read("index.html").decode()
