"""What happens when something happened: every event, and who reacts to it now and later.

*Now* is for what the actor must see in the very next page and takes a few queries at most; *later*
becomes one job for each reaction, written in the same transaction as the deed itself.
"""

from accounts import reactions as accounts
from analytics import reactions as analytics
from api import reactions as api
from attachments import reactions as attachments
from clients import reactions as clients
from conversations import reactions as conversations
from events import catalogue as happened
from events.bus import Gate, Plan
from joining import reactions as joining
from moderation import reactions as moderation
from moderation.queries import rules_are_live
from notifications import reactions as notifications
from portability import reactions as portability
from relationships import reactions as relationships
from search import reactions as search
from timelines import reactions as timelines
from tweets import reactions as tweets

_RULES = Gate(  # what they hold is told to nobody
    moderation.look_at_tweet,
    rules_are_live,
    unasked="Others were told of a tweet that automatic rules have not looked at.",
)

PLANS: dict[type[happened.Event], Plan] = {
    happened.UserRegistered: Plan(),
    happened.JoinApproved: Plan(later=[joining.tell_approved]),
    happened.JoinRefused: Plan(later=[joining.tell_refused]),
    happened.JoinersWait: Plan(later=[moderation.tell_who_waits]),
    happened.UserConfirmed: Plan(later=[search.index_person]),
    # At once, and again should the server stop in between.
    happened.PasswordChanged: Plan(
        now=[clients.end_access, accounts.tell_sessions], later=[clients.end_access]
    ),
    happened.SecondStepChanged: Plan(later=[accounts.tell_second_step]),
    happened.AccessEnded: Plan(now=[clients.tell_lines]),
    happened.ProfileUpdated: Plan(later=[accounts.look_at_links, search.index_person]),
    happened.ProfilePicturesReplaced: Plan(later=[accounts.remove_replaced_pictures]),
    happened.AccountUnlocked: Plan(later=[relationships.let_in_who_asked]),
    happened.UserSuspended: Plan(
        now=[accounts.end_sessions],
        later=[
            tweets.recount_feed,
            conversations.follow_person,
            accounts.settle_pictures,
            tweets.settle_pictures,
        ],
    ),
    happened.UserRestored: Plan(
        now=[moderation.lift_suspensions],
        later=[
            tweets.recount_feed,
            conversations.follow_person,
            accounts.settle_pictures,
            tweets.settle_pictures,
        ],
    ),
    happened.UserLimited: Plan(later=[timelines.remove_limited, tweets.recount_feed]),
    happened.UserUnlimited: Plan(later=[tweets.recount_feed]),
    happened.ReportFiled: Plan(later=[moderation.keep_pictures]),
    happened.AutomaticRuleStarted: Plan(now=[moderation.ask_for_rules], later=[moderation.look_back]),
    happened.AutomaticRuleStopped: Plan(now=[moderation.ask_for_rules]),
    happened.RehearsalWanted: Plan(later=[moderation.rehearse]),
    happened.MeasureTaken: Plan(later=[moderation.tell_of_measure]),
    happened.MeasureLifted: Plan(later=[moderation.tell_of_lifting]),
    happened.AppealMade: Plan(),
    happened.AppealRefused: Plan(later=[moderation.tell_of_refusal]),
    happened.UserLeft: Plan(
        now=[accounts.end_sessions],
        later=[
            tweets.recount_feed,
            accounts.tell_left,
            accounts.settle_pictures,
            tweets.settle_pictures,
        ],
    ),
    happened.UserReturned: Plan(
        later=[
            tweets.recount_feed,
            accounts.tell_returned,
            accounts.settle_pictures,
            tweets.settle_pictures,
        ]
    ),
    happened.UserDeleted: Plan(),
    happened.ImageUploaded: Plan(later=[attachments.process_image]),
    happened.ImagesDiscarded: Plan(later=[attachments.remove_files]),
    happened.PicturesLeft: Plan(later=[tweets.settle_older_pictures]),
    happened.LinkNoted: Plan(delivered=[attachments.fetch_link_card]),
    # Every tweet pays for these, so what only some need has events of its own.
    happened.TweetPosted: Plan(
        now=[timelines.put_on_own_timeline],
        later=[search.index_tweet],  # short, and promised within a second
        delivered=[timelines.fan_out, notifications.tell_of_tweet, tweets.show_new],
        gate=_RULES,
    ),
    # Messages are filed at once for their author's next page; later too, should the server stop in between.
    happened.DirectTweetPosted: Plan(
        now=[conversations.file_direct_tweet],
        later=[conversations.file_direct_tweet],
        delivered=[conversations.deliver_direct_tweet],
    ),
    happened.LinkPosted: Plan(delivered=[tweets.add_link_card], gate=_RULES),
    happened.ScheduleMissed: Plan(later=[notifications.tell_of_missed]),
    happened.TweetEdited: Plan(
        now=[tweets.show_changed],
        later=[search.index_tweet],
        delivered=[notifications.tell_newly_named, tweets.add_link_card],
        gate=_RULES,
    ),
    happened.TweetDeleted: Plan(
        now=[conversations.follow_message, tweets.show_deleted],
        later=[conversations.follow_message, analytics.forget_tweet],
    ),
    happened.TweetHidden: Plan(
        now=[tweets.show_hidden], later=[conversations.follow_message, tweets.settle_tweets_pictures]
    ),
    happened.TweetHeld: Plan(now=[tweets.show_held]),
    happened.TweetReleased: Plan(
        now=[tweets.show_changed],
        later=[
            search.index_tweet,
            timelines.fan_out,
            notifications.tell_of_tweet,
            tweets.show_new,
            tweets.add_link_card,
            analytics.count_late,
        ],
    ),
    happened.TweetRestored: Plan(
        later=[conversations.follow_message, analytics.count_late, tweets.settle_tweets_pictures]
    ),
    happened.TagHidden: Plan(),  # trends and suggestions look at the tag itself
    happened.TagShown: Plan(),
    happened.TrendApproved: Plan(),
    happened.UserFollowed: Plan(
        now=[timelines.merge_followed, notifications.let_in_followed],
        later=[timelines.merge_followed, notifications.tell_of_follow, conversations.let_followed_in],
    ),
    happened.UserUnfollowed: Plan(
        now=[timelines.remove_unfollowed],
        later=[timelines.remove_unfollowed, notifications.take_back_follow],
    ),
    happened.FollowChanged: Plan(now=[timelines.change_followed], later=[timelines.change_followed]),
    happened.FollowRequested: Plan(later=[notifications.tell_of_request]),
    happened.FollowRefused: Plan(later=[notifications.take_back_request]),
    happened.UserBlocked: Plan(
        now=[timelines.remove_blocked, notifications.forget_each_other],
        later=[timelines.remove_blocked, conversations.follow_block],
    ),
    happened.UserUnblocked: Plan(later=[conversations.follow_block]),
    happened.UserMuted: Plan(now=[timelines.remove_muted], later=[timelines.remove_muted]),
    happened.UserUnmuted: Plan(now=[timelines.bring_back_unmuted], later=[timelines.bring_back_unmuted]),
    happened.MessageDelivered: Plan(later=[notifications.tell_of_message]),
    happened.PushWanted: Plan(later=[api.send_push]),
    happened.WordFiltersChanged: Plan(
        now=[relationships.tell_filters], later=[notifications.silence_what_is_filtered]
    ),
    happened.TagFollowed: Plan(now=[timelines.merge_followed_tag], later=[timelines.merge_followed_tag]),
    happened.TagUnfollowed: Plan(
        now=[timelines.remove_unfollowed_tag], later=[timelines.remove_unfollowed_tag]
    ),
    happened.TweetLiked: Plan(later=[notifications.tell_of_like]),
    happened.TweetUnliked: Plan(later=[notifications.take_back_like]),
    happened.PollVoted: Plan(),
    happened.PollEnded: Plan(now=[tweets.show_changed], later=[notifications.tell_of_poll]),
    happened.TweetRetweeted: Plan(
        now=[timelines.put_on_own_timeline], later=[timelines.fan_out, notifications.tell_of_retweet]
    ),
    happened.RetweetUndone: Plan(now=[tweets.show_retweet_undone], later=[notifications.take_back_retweet]),
    happened.QuoteDetached: Plan(now=[tweets.show_changed], later=[notifications.take_back_quote]),
    happened.ListCreated: Plan(),
    happened.ListChanged: Plan(now=[timelines.fit_to_lists], later=[timelines.fit_to_lists]),
    happened.ListDeleted: Plan(now=[timelines.fit_to_lists], later=[timelines.fit_to_lists]),
    happened.PersonListed: Plan(now=[timelines.fit_to_lists], later=[timelines.fit_to_lists]),
    happened.PersonUnlisted: Plan(now=[timelines.fit_to_lists], later=[timelines.fit_to_lists]),
    happened.ExportAsked: Plan(later=[portability.begin_export]),
}
