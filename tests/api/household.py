"""A house in which alice has one of everything that the API can show, and ids to ask for each of it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.actions import update_profile
from accounts.models import User
from analytics.actions import recount_link_trends
from analytics.models import Trend, TweetTrend
from attachments.models import LinkCard
from conversations.actions import file_message
from notifications.actions import notify, set_policy
from notifications.models import Notification, NotificationPolicy
from relationships.actions import (
    FilterDraft,
    block_domain,
    block_user,
    create_filter,
    endorse,
    follow_user,
    mute_user,
)
from search.actions import index_people, index_tags, index_tweets
from server.actions import add_rule, announce, publish_document, react
from tests.api.calling import Caller, caller_for
from tests.api.pushing import PLACE, wish
from tests.common.devices import Device
from tests.factories import (
    make_image,
    make_quote,
    make_reply,
    make_tweet,
    make_tweet_with_page,
    make_user,
    picture_file,
)
from timelines.actions import add_to_list, create_list, follow_tag, keep_home, move_marker
from tweets.actions import (
    bookmark_tweet,
    edit_tweet,
    feature_tag,
    filter_tweet,
    like_tweet,
    pin_tweet,
    retweet,
    schedule_tweets,
)
from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import Hashtag, Tweet


@dataclass(frozen=True)
class Household:
    """`ids` of what alice may ask for, by what it is: `status` is hers, `poll` is bob's."""

    alices: Caller
    ids: dict[str, str]


def build() -> Household:
    """Everything through actions, where there is one; the clock's work is done at once."""
    alice = _owner()
    bob, carol, dan, eve = (make_user(name) for name in ("bob", "carol", "dan", "eve"))
    _know_each_other(alice, bob, carol, dan, eve)
    tweets = _say(alice, bob, carol)
    _react(alice, bob, tweets)
    alices = caller_for(alice)
    device = Device()
    assert alices.post(PLACE, wish(device)).status_code == 200
    ids: dict[str, object] = {
        "account": bob.pk,
        "asking": carol.pk,
        "muted": eve.pk,
        "stranger": dan.pk,
        "friend": User.objects.get(username="finn").pk,
        **{name: tweet.pk for name, tweet in tweets.items()},
        **_kept(alice, bob, tweets),
        **_told(alice, bob, dan, tweets),
        **_server(),
    }
    index_tweets(tweet.pk for tweet in tweets.values())
    index_people([alice.pk, bob.pk])
    index_tags([Hashtag.objects.get(name="tea").pk])
    ids["link"] = LinkCard.objects.get().url
    return Household(alices, {name: str(an_id) for name, an_id in ids.items()})


def _owner() -> User:
    alice = make_user("alice", is_locked=True)
    return update_profile(
        alice,
        display_name="Alice",
        bio="Tea and #toast with @alice",
        location="",
        website="",
        fields=[("Garden", "https://example.org/")],
        avatar=picture_file(size=(400, 400)),
        header=picture_file(size=(900, 300)),
    )


def _know_each_other(alice: User, bob: User, carol: User, dan: User, eve: User) -> None:
    friend = make_user("finn")
    follow_user(alice, bob)
    follow_user(alice, friend)
    follow_user(friend, bob)
    follow_user(bob, friend)
    follow_user(carol, alice)  # she is locked: carol waits for her yes
    endorse(alice, bob)
    endorse(bob, friend)
    block_user(alice, make_user("mallory"))
    mute_user(alice, eve, until=timezone.now() + timedelta(hours=1))
    block_domain(alice, "example.com")
    follow_user(bob, dan)
    for person in (dan, friend):
        make_tweet(person)
    make_tweet(alice, "More #toast")
    make_tweet(bob, "Bob's #tea")
    feature_tag(bob, "tea")


def _say(alice: User, bob: User, carol: User) -> dict[str, Tweet]:
    picture = make_image(alice, "a cup")
    said = make_tweet(alice, "Time for tea", images=[picture])
    said = edit_tweet(alice, said, TweetDraft("Time for #tea, @bob", images=(DraftImage(picture.pk),)))
    poll = PollDraft(choices=("Milk", "Lemon"), seconds=3600)
    return {
        "status": said,
        "answer": make_reply(bob, said, "With #tea always"),
        "quote": make_quote(bob, said, "Look"),
        "others": make_tweet(bob, "Marmalade #tea", images=[make_image(bob, "a jar")]),
        "poll": make_tweet(bob, "How?", poll=poll),
        "page": make_tweet_with_page(bob, "Read this", picture=(1200, 630)),
        "message": make_tweet(bob, "@alice psst", visibility="direct"),
        "warned": make_tweet(bob, "The end", warning="Spoiler", is_sensitive=True, language="en"),
        "quoting": make_quote(alice, make_tweet(bob, "Quote me"), "Here"),
    }


def _react(alice: User, bob: User, tweets: dict[str, Tweet]) -> None:
    said, others = tweets["status"], tweets["others"]
    pin_tweet(alice, said)
    like_tweet(bob, said)
    like_tweet(alice, others)
    bookmark_tweet(alice, others)
    retweet(bob, said)
    retweet(alice, others)
    keep_home(alice)
    tag = Hashtag.objects.get(name="tea")
    Trend.objects.create(hashtag=tag, score=9, people=5, updated_at=timezone.now())
    TweetTrend.objects.create(tweet=others, score=9)
    card = tweets["page"]
    for _ in range(4):
        other = make_tweet(make_user())
        Tweet.objects.filter(pk=other.pk).update(link_card_id=Tweet.objects.get(pk=card.pk).link_card_id)
    recount_link_trends()


def _kept(alice: User, bob: User, tweets: dict[str, Tweet]) -> dict[str, int]:
    """What alice keeps for herself."""
    friends = create_list(alice, "Friends")
    add_to_list(alice, friends, bob)
    follow_tag(alice, "tea")
    word_filter = create_filter(
        alice,
        FilterDraft(
            title="Sweets",
            keywords={"marmalade": True},
            contexts=("home", "public"),
            expires_at=timezone.now() + timedelta(days=1),
        ),
    )
    move_marker(alice, "home", tweets["status"].pk)
    move_marker(alice, "notifications", 1)
    waiting, loose = make_image(alice, "for later"), make_image(alice, "for nothing yet")
    scheduled = schedule_tweets(
        alice,
        [TweetDraft("Later", images=(DraftImage(waiting.pk),))],
        timezone.now() + timedelta(hours=2),
    )
    return {
        "list": friends.pk,
        "filter": word_filter.pk,
        "keyword": word_filter.keywords.get().pk,
        "filtered": filter_tweet(alice, word_filter.pk, tweets["warned"]).pk,
        "featured": feature_tag(alice, "tea").pk,
        "scheduled": scheduled.pk,
        "media": loose.pk,
    }


def _told(alice: User, bob: User, dan: User, tweets: dict[str, Tweet]) -> dict[str, int]:
    """Notifications of every kind, one person who waits for a yes, and a message."""
    kind = Notification.Kind
    said = tweets["status"]
    notify(alice, kind.FOLLOW, bob)
    notify(alice, kind.LIKE, bob, said)
    notify(alice, kind.RETWEET, bob, said)
    notify(alice, kind.REPLY, bob, tweets["answer"])
    notify(alice, kind.QUOTE, bob, tweets["quote"])
    notify(alice, kind.POLL, bob, tweets["poll"])
    set_policy(
        alice,
        dict.fromkeys(NotificationPolicy.WISHES, "accept") | {"for_not_following": "filter"},
    )
    notify(alice, kind.MENTION, dan, make_tweet(dan, "@alice, hello"))
    like = Notification.objects.get(recipient=alice, kind=kind.LIKE)
    return {"notification": like.pk, "conversation": file_message(tweets["message"]).pk}


def _server() -> dict[str, int]:
    staff = make_user("stella", is_staff=True, is_superuser=True)
    for name in ("about", "privacy", "terms"):
        publish_document(staff, name, f"Words about {name}.")
    announced = announce(staff, "We move.").pk
    react(staff, announced, "👍")
    return {"rule": add_rule(staff, "Be kind.", "To all.").pk, "announcement": announced}
