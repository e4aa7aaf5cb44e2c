"""What people do with their own words, each prepared with a cast and returned to be done.

The order of ids is against us wherever it can be: an answer to what is newer than what it quotes.
"""

from datetime import timedelta

from django.utils import timezone

from conversations.actions import send_message
from relationships.actions import FilterDraft, create_filter
from tests.factories import make_image, make_quote, make_reply, make_tweet
from tests.tweets.test_save_draft import draft_of, save
from tests.tweets.test_schedule import ahead
from timelines.actions import choose_lists, create_list, follow_tag
from tweets import actions
from tweets.draft import PollDraft, SavedAs, TweetDraft
from tweets.models import ScheduledTweet, Tweet


def crosswise(cast, text="said", **draft):
    """An answer to what is newer than what it quotes."""
    return TweetDraft(text, reply_to_id=cast.newer.id, quote_of_id=cast.older.id, **draft)


def in_the_middle(cast) -> Tweet:
    """A tweet of Alice's that answers and quotes others, and is answered, quoted and spread by others."""
    tweet = actions.post_tweet(cast.alice, crosswise(cast))
    for person in (cast.carol, cast.bob):
        make_reply(person, tweet, quote_of_id=cast.older.id)
        make_quote(person, tweet, reply_to_id=cast.newer.id)
        actions.retweet(person, tweet)
        actions.like_tweet(person, tweet)
    return tweet


def an_answer_with_a_quote(cast):
    draft = crosswise(
        cast, "#tea and #toast", images=pictures_of(cast.alice), saved_as=SavedAs("form", "one")
    )
    save(cast.alice, "half of it", images=[make_image(cast.alice)])
    return lambda: actions.post_tweet(cast.alice, draft)


def pictures_of(person, number=2):
    return draft_of("", images=[make_image(person) for _ in range(number)]).images


def a_thread(cast):
    drafts = [
        TweetDraft("#zebra", reply_to_id=cast.newer.id, images=pictures_of(cast.alice)),
        TweetDraft("#aardvark #tea", quote_of_id=cast.older.id, images=pictures_of(cast.alice)),
    ]
    return lambda: actions.post_thread(cast.alice, drafts)


def a_message(cast):
    recipients = (cast.bob.id, cast.carol.id)
    send_message(cast.alice, TweetDraft("first", recipients=recipients))
    draft = TweetDraft("hello", recipients=recipients, images=pictures_of(cast.alice))
    return lambda: send_message(cast.alice, draft)


def what_was_said_earlier(cast):
    early = timezone.now() - timedelta(days=1)
    return lambda: actions.post_tweet(cast.alice, TweetDraft("said long ago"), at=early)


def a_retweet(cast):
    return lambda: actions.retweet(cast.alice, cast.newer)


def an_edit(cast):
    tweet = make_tweet(cast.alice, "one #tea", [make_image(cast.alice) for _ in range(2)])
    draft = TweetDraft("two #toast", images=pictures_of(cast.alice))
    return lambda: actions.edit_tweet(cast.alice, tweet, draft)


def taking_a_tweet_back(cast):
    tweet = in_the_middle(cast)
    return lambda: actions.delete_tweet(cast.alice, tweet)


def undoing_a_thread(cast):
    drafts = [
        TweetDraft("one", key="form", reply_to_id=cast.newer.id, images=pictures_of(cast.alice)),
        TweetDraft("two", quote_of_id=cast.older.id, images=pictures_of(cast.alice)),
    ]
    first, _ = actions.post_thread(cast.alice, drafts, undo_seconds=60)
    return lambda: actions.undo_posting(cast.alice, first.id)


def making_a_draft_of_a_tweet(cast):
    tweet = in_the_middle(cast)
    return lambda: actions.redraft_tweet(cast.alice, tweet)


def undoing_a_retweet(cast):
    retweet = actions.retweet(cast.alice, cast.newer)
    return lambda: actions.delete_tweet(cast.alice, retweet)


def a_like_taken_back(cast):
    actions.like_tweet(cast.alice, cast.newer)
    return lambda: actions.unlike_tweet(cast.alice, cast.newer)


def a_vote(cast):
    asked = make_tweet(cast.bob, "Tea?", poll=PollDraft(("Yes", "No"), 3600))
    return lambda: actions.vote(cast.alice, asked, [0])


def a_quote_detached(cast):
    quote = actions.post_tweet(cast.alice, crosswise(cast))
    return lambda: actions.detach_quote(cast.bob, quote)


def a_pin(cast):
    tweet = in_the_middle(cast)
    return lambda: actions.pin_tweet(cast.alice, tweet)


SAYING = [
    an_answer_with_a_quote,
    a_thread,
    a_message,
    what_was_said_earlier,
    a_retweet,
    an_edit,
    taking_a_tweet_back,
    undoing_a_thread,
    making_a_draft_of_a_tweet,
    undoing_a_retweet,
    a_like_taken_back,
    a_vote,
    a_quote_detached,
    a_pin,
]


def a_draft_saved(cast):
    images = [make_image(cast.alice) for _ in range(2)]
    save(cast.alice, "one", images=images[:1])
    return lambda: save(cast.alice, "two", turn=2, images=images)


def a_draft_thrown_away(cast):
    draft = save(cast.alice, "one", images=[make_image(cast.alice) for _ in range(2)])
    return lambda: actions.throw_away_draft(cast.alice, draft)


def scheduling(cast):
    save(cast.alice, "one", images=[make_image(cast.alice)])
    draft = crosswise(cast, "later", images=pictures_of(cast.alice), saved_as=SavedAs("form", "one"))
    return lambda: actions.schedule_tweets(cast.alice, [draft], ahead())


def scheduling_otherwise(cast):
    row = scheduling(cast)()
    other = crosswise(cast, "otherwise", images=pictures_of(cast.alice))
    return lambda: actions.change_scheduled(cast.alice, row.id, drafts=[other], at=ahead(hours=5))


def cancelling(cast):
    row = scheduling(cast)()
    return lambda: actions.cancel_scheduled(cast.alice, row.id)


def a_draft_of_what_was_scheduled(cast):
    row = scheduling(cast)()
    return lambda: actions.make_draft_of_scheduled(cast.alice, row.id, "again")


def posting_what_was_scheduled(cast):
    row = scheduling(cast)()
    return lambda: actions.post_scheduled_now(cast.alice, row.id)


def the_clock(cast):
    scheduling(cast)()
    now = timezone.now()
    ScheduledTweet.objects.update(post_at=now, try_at=now)
    return actions.post_due


def a_tag_on_the_profile(cast):
    return lambda: actions.feature_tag(cast.alice, "tea")


def a_tag_followed(cast):
    return lambda: follow_tag(cast.alice, "tea")


def a_tweet_filtered(cast):
    found = create_filter(cast.alice, FilterDraft("Tea", {"tea": True}, ("home",)))
    return lambda: actions.filter_tweet(cast.alice, found.id, cast.older)


def lists_chosen(cast):
    first, second = create_list(cast.alice, "one"), create_list(cast.alice, "two")
    choose_lists(cast.alice, cast.bob, [first.id])
    return lambda: choose_lists(cast.alice, cast.bob, [second.id])


ONES_OWN = [
    a_draft_saved,
    a_draft_thrown_away,
    scheduling,
    scheduling_otherwise,
    cancelling,
    a_draft_of_what_was_scheduled,
    posting_what_was_scheduled,
    the_clock,
    a_tag_on_the_profile,
    a_tag_followed,
    a_tweet_filtered,
    lists_chosen,
]
