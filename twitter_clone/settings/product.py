"""The product's numbers. Forms, actions, templates and the API all read them here."""

# Tweets
TWEET_MAX_WEIGHT = 280  # weighted characters, see tweets/text
TWEET_MAX_LENGTH = 5000  # characters as stored: a link weighs 23 however long it is
TWEET_MAX_PICTURES = 4
THREAD_MAX_TWEETS = 25  # in one submit
TWEET_UNDO_SECONDS = 5  # in which what was just sent can be taken back, before anybody is told; 0: never
TWEET_UNDO_GRACE_SECONDS = 1  # more, for the way of a click that came in time
POLL_MIN_CHOICES, POLL_MAX_CHOICES = 2, 4
POLL_CHOICE_MAX_LENGTH = 50  # characters
POLL_MIN_SECONDS, POLL_MAX_SECONDS = 5 * 60, 7 * 24 * 60 * 60
LANGUAGES_READ_MAX = 10  # that one person may choose; a part of a column, so a change needs a migration
FEED_PAGE_SIZE = 10
EMBED_WIDTH = 550  # pixels, of a tweet on other sites
TWEETS_PINNED_MAX = 5
TWEET_EDITS_KEPT = 100  # former versions of one tweet; the form says no beyond that
DRAFTS_MAX = 100  # of one person; the oldest make room
DRAFT_OFFERED_DAYS = 7  # to whoever begins in the same place again
DRAFT_MAX_LENGTH = 200_000  # characters of a draft with everything in it, as stored
SCHEDULED_MAX = 300  # tweets of one person that wait for their hour
SCHEDULED_PER_DAY = 25  # of one person, for one and the same day
SCHEDULED_AHEAD_MINUTES = 5  # at least
SCHEDULED_AHEAD_DAYS = 366  # at most
SCHEDULED_LATE_MINUTES = 5  # from here on its author is told how late it was
SCHEDULED_LATE_HOURS = 24  # a server that was off for longer does not post it any more
SCHEDULED_TRIES = 5  # when something unforeseen goes wrong
POSTING_KEY_HOURS = 24  # how long a form's one-time key is remembered
APP_KEY_HOURS = 1  # and the Idempotency-Key of an app

# Messages
MESSAGE_MAX_PEOPLE = 20  # that one message reaches, beside its author
MESSAGES_PAGE_SIZE = 30
CONVERSATIONS_PAGE_SIZE = 20

# Home timelines
HOME_ENTRIES_KEPT = 800
HOME_KEPT_DAYS = 30  # a home that nobody reads for so long is dropped, and filled again on return
HOME_MERGED = 100  # newest tweets of somebody newly followed
HOME_REPEAT_WITHIN = 40  # entries in which a retweet does not show the same words again
FANOUT_LIMIT = 20_000  # followers; those with more are merged while reading

# Lists of people
TAGS_FOLLOWED_MAX = 50  # by one person
TAGS_FEATURED_MAX = 10  # on one profile
ENDORSED_MAX = 30  # people whom one person recommends
LISTS_MAX = 50  # of one person
LIST_MEMBERS_MAX = 500
LIST_TITLE_MAX_LENGTH = 50

# Notifications
NOTIFICATIONS_KEPT_DAYS = 180
NOTIFICATIONS_PAGE_SIZE = 20  # bundles
NEW_ACCOUNT_DAYS = 30  # how long somebody counts as new to those who keep new people apart

# Word filters
FILTERS_MAX = 100  # of one person
BLOCKED_DOMAINS_MAX = 5000  # of one person; lists that people share are long
FILTER_KEYWORDS_MAX = 20  # of one filter
FILTER_TWEETS_MAX = 100  # single ones that one filter holds
FILTER_PHRASE_MAX_LENGTH = 100
FILTER_TITLE_MAX_LENGTH = 100

# Search
SEARCH_MAX_LENGTH = 500  # characters of a question that are read
SEARCH_MAX_TERMS = 20  # words and conditions of one question
SEARCH_STRETCH = 2000  # tweets that are looked through first, then four times as many, and so on
SEARCH_PATIENCE_SECONDS = 0.006  # after which what is left is left to the next page
SEARCH_RANKED = 400  # the newest that are found are put in order; older ones stand under Latest

# Trends
TRENDS_HOURS = 24  # that are counted
TRENDS_HALVE_HOURS = 6  # a vote counts half after these
TRENDS_MIN_PEOPLE = 3
TRENDS_READ = 50_000  # the newest uses of tags that are looked at
TRENDS_KEPT = 50  # the liveliest; all of them stand on the page of tags
TRENDS_SHOWN = 5  # at the side
TRENDS_TWEET_HOURS = 48  # in which a trending tweet was written
TRENDS_TWEET_HALVE_HOURS = 8  # a vote for a tweet counts half after these
TRENDS_BY_ONE = 2  # trending tweets of one author
TRENDS_TWEETS_KEPT = 100
TRENDS_LINK_HOURS = 48  # in which a trending page was linked to
TRENDS_LINK_HALVE_HOURS = 12  # a vote for a page counts half after these
TRENDS_LINKS_SHOWN = 20  # on the page of Explore
TRENDS_TWEETS_SHOWN = 40  # on the page of Explore

# Statistics
STATISTICS_DAYS = (7, 30, 90)  # the ranges one may choose
STATISTICS_KEPT_DAYS = 200  # enough to compare the longest range with the one before it
STATISTICS_LEAST_PEOPLE = 5  # a day's readers of one thing below this are neither shown nor kept
STATISTICS_TODAY_STEP = 5  # of a day that is not over, so that nobody sees a single reader come
STATISTICS_WRITTEN_SECONDS = 10  # how often a process writes what it noted; 0: nobody writes by itself
STATISTICS_LINE_MAX = 5_000  # pages whose readers wait to be written, in one process
STATISTICS_THINGS_MAX = 20_000  # of which one process writes at once, the most read first
STATISTICS_PEOPLE_MAX = 100_000  # whom one process remembers to have seen today
STATISTICS_ROWS_AT_ONCE = 500  # in one transaction
STATISTICS_READ_AT_ONCE = 10_000  # likes, or tweets, that are counted in one transaction
STATISTICS_ROLL_UP_SECONDS = 240  # in which one turn of the clock counts what it can
STATISTICS_BEST_TWEETS = 10
STATISTICS_TODAY_TWEETS = (
    500  # newest tweets of an author, whose likes of today are counted before it is over
)

# People to follow
MEETING_SHOWN = 30  # on the page of Explore
MEETING_FOLLOWED_READ = 200  # of those one follows the newest, whose follows are looked at
MEETING_FOLLOWS_MOST = 1_000  # whoever follows more people than this recommends nobody

# Pictures
PICTURE_MAX_BYTES = 5 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
PICTURE_MAX_MEMORY = 280 * 1024 * 1024  # bytes that decoding one picture may take; only WebP needs as much
PICTURE_MAX_FRAMES = 300  # of an animated GIF
PICTURE_MAX_ANIMATED_SIDE = 1280  # pixels
PICTURE_MAX_ANIMATED_PIXELS = 100_000_000  # of all frames together
PICTURE_MAX_DESCRIPTION = 1500
PICTURE_THUMB_SIDE = 400  # pixels, longest side, made while uploading
PICTURE_CARD_SIDE = 1200
PICTURE_FULL_SIDE = 2048
PICTURES_UNCLAIMED_MAX = 40  # uploads a person may hold that no tweet shows yet
PICTURES_HELD_MAX = 500  # for drafts and scheduled tweets of one person
PICTURE_UNCLAIMED_HOURS = 24
PICTURES_SETTLING_SECONDS = 60  # of one job that withholds somebody's pictures, or shows them again

# Cards of linked pages
LINK_MAX_LENGTH = 2048  # characters of an address that can have a card
LINK_TITLE_MAX_LENGTH = 200
LINK_DESCRIPTION_MAX_LENGTH = 300
LINK_NAME_MAX_LENGTH = 100  # of a site, of an author
LINK_PAUSES_SECONDS = (15 * 60, 6 * 60 * 60)  # before a page that does not answer is asked again
LINK_FRESH_DAYS = 7  # in which a card is not fetched anew when its page is tweeted again
LINK_EMPTY_HOURS = 24  # the same for a page that had nothing to show, or did not answer
LINK_UNCARRIED_DAYS = 7  # after these a card goes that no tweet carries
LINK_PICTURE_MAX_BYTES = PICTURE_MAX_BYTES
LINK_PICTURE_LEAST_SIDE = 32  # pixels; smaller ones are marks for counting readers
LINK_PICTURE_LARGE_WIDTH = 480  # from here on it stands above the words; half of that if the page wants it

# People
USERNAME_MAX_LENGTH = 30
DISPLAY_NAME_MAX_LENGTH = 50
BIO_MAX_LENGTH = 160
LOCATION_MAX_LENGTH = 60
WEBSITE_MAX_LENGTH = 200
PROFILE_PICTURE_MAX_DESCRIPTION = 150
PROFILE_FIELDS_MAX = 4
ATTRIBUTION_DOMAINS_MAX = 100  # sites that may name one person as their author
PROFILE_FIELD_MAX_LENGTH = 255  # characters of a label, and of what stands behind it
LINK_CHECK_DAYS = 7  # how often we look whether a verified page still links back
LINK_CHECK_FAILURES_MAX = 7  # looks in vain, with growing pauses, before a link is given up
WELCOME_PEOPLE = 8  # to follow, shown to somebody new
PEOPLE_PAGE_SIZE = 20  # in lists of people
SUGGESTIONS_SHOWN = 6  # people or tags, while a name is typed
SUGGESTIONS_READ = 500  # rows looked through for them at most
LEAVING_DAYS = 30  # in which logging in again undoes the deletion of an account
UNCONFIRMED_DAYS = 30  # after these a name whose owner never confirmed an address is free again
AVATAR_SIDE = 400
HEADER_WIDTH, HEADER_HEIGHT = 1500, 500

# Archives of one's own
EXPORT_KEPT_DAYS = 7  # in which one can be fetched
EXPORT_HOURS = 24  # after these one that is not ready is given up
EXPORT_STEP_SECONDS = 20  # of writing, then other jobs have their turn

# Joining
JOIN_REASON_MIN_LENGTH, JOIN_REASON_MAX_LENGTH = 10, 500
INVITE_PEOPLE_MAX = 1000  # by one invite
INVITE_DAYS_MAX = 365
JOIN_REQUESTS_SHOWN = 50  # that wait, the longest first
INVITES_ENDED_KEPT_DAYS = 30  # of those by which nobody came
INVITES_SHOWN = 100  # the latest of one person
INVITES_OPEN_MAX = 20  # of one person
JOINING_MOST = {  # what staff may fill in about who joins
    "least_seconds": 600,
    "new_for_hours": 365 * 24,
    "new_links_max": 100,
    "new_strangers_max": 100,
    "new_tweets_per_hour": 1000,
}
JOIN_FORM_HOURS = 24  # that a form may lie open

# Signing in
PASSKEYS_MAX = 10  # of one person
PASSKEY_NAME_MAX_LENGTH = 40
KNOWN_DEVICE_DAYS = 365  # after the last sign-in a device counts as new again
KNOWN_DEVICE_PEOPLE = 5  # who are remembered on one device
SESSION_SEEN_MINUTES = 60  # how often the list of devices learns that one is in use

# What is asked of other servers
OUTSIDE_SECONDS = 5.0  # for one page, with all its redirects
OUTSIDE_MAX_BYTES = 1024 * 1024  # unpacked
OUTSIDE_REDIRECTS = 3

# Moderation
SUSPENDED_DAYS = 30  # in which a suspension can be taken back; then the account is erased
TAKEN_DOWN_DAYS = 30  # the same for a tweet that was taken down
APPEAL_DAYS = 30  # in which one may appeal
APPEAL_MAX_LENGTH = 2000  # characters
REASON_MAX_LENGTH = 2000
REPORT_COMMENT_MAX_LENGTH = 1000
REPORT_TWEETS_MAX = 20  # that one report names
REPORT_TWEETS_OFFERED = 10  # beside the one it began with
REPORTS_PAGE_SIZE = 20
REPORT_PICTURES_KEPT_DAYS = 90  # after it was closed
AUDIT_PAGE_SIZE = 40
AUTOMATIC_RULES_MAX = 30
AUTOMATIC_WORDS_MAX = 200  # of one rule
AUTOMATIC_WORD_MAX_LENGTH = 100
AUTOMATIC_WINDOW_MINUTES = 24 * 60  # how far back a rule may look for repeated words and pace, at most
RULE_HITS_KEPT_DAYS = 90
REHEARSAL_DAYS = 30
REHEARSAL_EXAMPLES = 20
REHEARSAL_SLICE_SECONDS = 5  # after which a rehearsal lets other jobs pass
RULES_MAX = 30
RULE_MAX_LENGTH = 300
RULE_HINT_MAX_LENGTH = 1000
DOCUMENT_MAX_LENGTH = 50_000
ANNOUNCEMENT_MAX_LENGTH = 2000
ANNOUNCEMENT_REACTIONS_MAX = 8  # different emoji under one
ANNOUNCEMENT_EMOJI = ("👍", "❤️", "🎉", "😂", "😮", "😢")  # that the site offers; apps send any

# Pushes to apps that are closed
PUSH_UNUSED_DAYS = 180  # after these without any request of the app it is told no more
PUSH_KEPT_SECONDS = 48 * 3600  # by the push service, for a device that is away
PUSH_TRIED_SECONDS = 1200  # while the service does not take it

# Apps
OAUTH_CODE_SECONDS = 600  # in which an app redeems a person's yes
OAUTH_PROOF_HOURS = 12  # since somebody showed who they are; then letting an app in asks once more
OAUTH_UNUSED_APP_DAYS = 30  # an app that nobody lets in for so long is forgotten

# Requests
VISITOR_PAGES_SECONDS = 30  # how old the ages on a kept page may be; what changes shows at once
REQUEST_MAX_BYTES = TWEET_MAX_PICTURES * PICTURE_MAX_BYTES + 2 * 1024 * 1024

# Jobs
JOB_LEASE_SECONDS = 60
RECOUNT_SECONDS = 30  # of counting counters anew in one turn; other chores wait meanwhile
JOB_MAX_ATTEMPTS = 8  # the eighth failure puts a job aside
JOB_GRACE_SECONDS = 10  # for the job in hand when a worker is told to stop; then it is handed back
JOB_LONGEST_SECONDS = 600  # then its worker ends itself, and it counts as failed
CELERY_QUEUES = ["default", "fanout", "deliver", "media", "chores"]  # heard; “outside” is not

# Paces, see common/rates: so many in so long, each kind counted by what stands beside it. What brings people
# in or changes who may is refused while nobody can count (RATES_WAY_IN); everything else goes on.
RATES_WAY_IN = {
    "setup": "10/minute; 60/hour",  # by address
    "sign_up": "10/minute; 60/hour",  # by address
    "login": "60/minute",  # by address
    "login_failed": "20/minute; 100/hour",  # by address
    # By a name together with the address it is tried from: who guesses locks out nobody but themselves.
    "login_failed_name": "10/5 minutes",
    # By name, all addresses together, so that a crowd of them is slowed. It takes many, and then the owner
    # still gets in: on a known device, with a passkey, or by a new password.
    "login_failed_anywhere": "500/hour; 2000/day",
    "login_failed_known": "10/5 minutes; 60/hour",  # by a name and a device it was used on
    # Codes of the second step: six digits, of which three are right at any moment.
    "code": "10/5 minutes",  # by person, together with the address or the known device
    "code_anywhere": "30/hour; 100/day",  # by person
    "reauthenticate": "10/minute",  # by person
    "second_step": "30/hour",  # changes of it, by person
    "change_password": "5/minute",  # by person
    "manage_email": "10/minute",  # by person
    "reset_password": "10/minute",  # by address
    "reset_password_mail": "3/10 minutes",  # by mail address
    "reset_password_key": "20/minute",  # by address
    "confirm_email": "30/hour",  # by address
    "confirm_email_mail": "1/minute; 10/hour",  # by mail address
}
RATES_DEEDS = {
    "deeds": "300/5 minutes",  # whatever is sent, by person or address; what stands below counts here, too
    "tweets": "300/3 hours",  # by person, as all that follows
    "pictures": "120/30 minutes",
    "likes": "1000/day",
    "follows": "400/day",
    "messages": "500/day",
    "reports": "30/hour; 100/day",
    "appeals": "10/hour",
    "apps": "100/hour",  # by address
    "doctor": "20/10 minutes",  # by person
    "archives": "2/day",  # by person
}
RATES_READING = {
    "pages": "3000/5 minutes",  # by person or address
    "search": "300/5 minutes",  # by person or address
    "clicks": "120/5 minutes",  # links followed in tweets, by person or address
    "names": "60/minute",  # looking whether a name is free, by address
    "api": "300/5 minutes",  # by person
    "api_visitors": "300/5 minutes",  # by address
}

# Live pages
LIVE_MOST_NEW = 40  # tweets that are shown in their place; with more the page is read anew
LIVE_MOST_WATCHED = 60  # tweets on one screen whose counts are followed
LIVE_POLL_SECONDS = 30  # for pages without a socket
LIVE_LOOK_SECONDS = 240  # how often an open socket's session is looked at
LIVE_PER_PERSON = 30  # open sockets
LIVE_PER_ADDRESS = 500  # open sockets; a school has one address
