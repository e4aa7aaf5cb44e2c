"""What runs every minute, hour and day: one job per turn, however many workers there are."""

from django.conf import settings

from accounts import periodic as accounts
from analytics import periodic as analytics
from attachments import periodic as attachments
from clients import periodic as clients
from common import cache
from jobs import periodic as jobs
from jobs.clock import DAY, HOUR, MINUTE, Every
from jobs.housekeeping import Chore
from joining import periodic as joining
from moderation import periodic as moderation
from notifications import periodic as notifications
from portability import periodic as portability
from relationships import periodic as relationships
from search import periodic as search
from server import periodic as server
from timelines import periodic as timelines
from tweets import periodic as tweets
from twitter_clone import departures

# What is taken away or set right, with a name for commands, words for people, and a figure each time.
CHORES = [
    Chore(
        "uploads",
        f"Pictures that nobody used within {settings.PICTURE_UNCLAIMED_HOURS} hours",
        HOUR,
        attachments.remove_unclaimed,
    ),
    Chore(
        "sessions", "Sessions past their date, and notes about them", DAY, accounts.remove_expired_sessions
    ),
    Chore(
        "ip-addresses",
        f"IP addresses of sign-ins older than {settings.IP_ADDRESSES_KEPT_DAYS} days",
        DAY,
        accounts.forget_ip_addresses,
    ),
    Chore(
        "newcomers",
        f"People who did not confirm an address within {settings.UNCONFIRMED_DAYS} days",
        DAY,
        accounts.remove_never_confirmed,
    ),
    Chore(
        "idempotency-keys",
        f"One-time keys: of forms {settings.POSTING_KEY_HOURS} hours old, of apps {settings.APP_KEY_HOURS}",
        HOUR,
        tweets.forget_posting_keys,
    ),
    Chore("codes", "Codes of apps that can no longer be redeemed", DAY, clients.forget_codes),
    Chore(
        "tokens",
        f"Tokens that apps had for themselves and did not use for {settings.OAUTH_UNUSED_APP_DAYS} days",
        DAY,
        clients.forget_tokens,
    ),
    Chore(
        "apps",
        f"Apps that nobody let in for {settings.OAUTH_UNUSED_APP_DAYS} days",
        DAY,
        clients.forget_unused,
    ),
    Chore(
        "pushes",
        f"Push subscriptions of apps that asked for nothing for {settings.PUSH_UNUSED_DAYS} days",
        DAY,
        notifications.forget_subscriptions,
    ),
    Chore(
        "invites",
        f"Invites by which nobody came, {settings.INVITES_ENDED_KEPT_DAYS} days after their end",
        DAY,
        joining.forget_invites,
    ),
    Chore(
        "notifications",
        f"Notifications older than {settings.NOTIFICATIONS_KEPT_DAYS} days",
        DAY,
        notifications.forget_old,
    ),
    Chore(
        "timelines",
        f"What stands below the newest {settings.HOME_ENTRIES_KEPT} of a Home",
        HOUR,
        timelines.trim_homes,
    ),
    Chore(
        "sleepers",
        f"Homes that nobody read for {settings.HOME_KEPT_DAYS} days, made anew on return",
        DAY,
        timelines.drop_sleepers,
    ),
    Chore(
        "link-cards",
        f"Cards of pages that no tweet has linked to for {settings.LINK_UNCARRIED_DAYS} days",
        DAY,
        tweets.discard_uncarried_cards,
    ),
    Chore(
        "taken-down",
        f"Tweets taken down {settings.TAKEN_DOWN_DAYS} days ago, by measure",
        HOUR,
        moderation.erase_taken_down,
    ),
    Chore(
        "report-pictures",
        f"Pictures of reports closed {settings.REPORT_PICTURES_KEPT_DAYS} days ago",
        DAY,
        moderation.forget_pictures,
    ),
    Chore(
        "rule-hits",
        f"What automatic rules caught more than {settings.RULE_HITS_KEPT_DAYS} days ago",
        DAY,
        moderation.forget_hits,
    ),
    Chore(
        "said-texts",
        "Checksums of what was said longer ago than automatic rules look back",
        HOUR,
        moderation.forget_said_texts,
    ),
    Chore(
        "archives",
        f"Archives that people asked for, {settings.EXPORT_KEPT_DAYS} days after they were ready",
        HOUR,
        portability.forget_exports,
    ),
    Chore(
        "jobs",
        f"Failed jobs that nobody tried again within {settings.FAILED_JOBS_KEPT_DAYS} days",
        DAY,
        jobs.forget_failed,
    ),
    Chore(
        "statistics",
        f"Numbers of authors from days longer ago than {settings.STATISTICS_KEPT_DAYS}",
        DAY,
        analytics.forget_days,
    ),
    Chore("cache", "What the cache in the database has outlived", HOUR, cache.remove_expired),
    Chore("probes", "Questions of a doctor who was cut off", HOUR, server.forget_probes),
    Chore("counters", "Counters of people, tweets and polls that were wrong", HOUR, tweets.repair_counts),
    Chore("feed-pages", "Page numbers of the public feed that were wrong", DAY, tweets.recount_feed_blocks),
]

SCHEDULE = [
    Every(15, tweets.post_due, queue="default"),  # somebody waits for it
    Every(5 * MINUTE, tweets.close_feed_blocks),
    Every(MINUTE, tweets.close_polls, queue="default"),
    Every(5 * MINUTE, relationships.end_past_mutes),
    Every(HOUR, accounts.look_at_links),
    Every(MINUTE, search.catch_up),
    Every(5 * MINUTE, analytics.recount_trends),
    Every(5 * MINUTE, analytics.recount_tweet_trends),
    Every(5 * MINUTE, analytics.recount_link_trends),
    Every(MINUTE, analytics.close_days),
    Every(10 * MINUTE, analytics.roll_up_days),
    Every(10 * MINUTE, analytics.count_server_day),
    Every(MINUTE, moderation.learn_sites),
    Every(HOUR, moderation.tell_staff_who_waits),
    Every(HOUR, departures.begin),
    *(chore.turn for chore in CHORES),
]
