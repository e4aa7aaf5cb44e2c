"""What happens when something happened: every event, and who reacts to it now and later.

*Now* is for what the actor must see in the very next page and takes a few queries at most; *later*
becomes one job for each reaction, written in the same transaction as the deed itself.
"""

from accounts import reactions as accounts
from attachments import reactions as attachments
from events import catalogue as happened
from events.bus import Plan
from tweets import reactions as tweets

PLANS: dict[type[happened.Event], Plan] = {
    happened.UserRegistered: Plan(),
    happened.UserConfirmed: Plan(),
    happened.ProfileUpdated: Plan(),
    happened.ProfilePicturesReplaced: Plan(later=[accounts.remove_replaced_pictures]),
    happened.UserSuspended: Plan(now=[accounts.end_sessions], later=[tweets.recount_feed]),
    happened.UserRestored: Plan(later=[tweets.recount_feed]),
    happened.ImageUploaded: Plan(later=[attachments.process_image]),
    happened.ImagesDiscarded: Plan(later=[attachments.remove_files]),
    happened.TweetPosted: Plan(),
    happened.TweetEdited: Plan(),
    happened.TweetDeleted: Plan(),
    happened.TweetHidden: Plan(),
    happened.TweetRestored: Plan(),
}
