"""What each chore of the clock is for, made old: beside something like it that has to stay."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import mails
from accounts.actions import FORGOTTEN
from accounts.actions.origins import JOBS_WITH_ADDRESSES
from accounts.models import User
from analytics.models import AuthorDay, Kind, LeftOut, Reach
from attachments.models import Attachment, LinkCard
from clients.actions import note_use, register_app, save_code, save_token
from clients.models import AccessToken, App, AuthorizationCode
from common import ids
from jobs.models import Job
from joining.actions import make_invite
from joining.models import Invite, JoinRequest
from moderation.actions import close_report, file_report, keep_pictures, take_measure
from moderation.models import KeptPicture, Measure
from notifications.models import Notification, PushSubscription
from portability.actions import ask_for_export
from portability.models import Export
from relationships.actions import follow_user
from server.models import Probe
from tests.factories import make_image, make_page, make_tweet, make_user
from tests.outdated_rows import cached, failed_jobs, rule_hits, said_texts
from timelines.actions import keep_home
from timelines.models import HomeTimeline, TimelineEntry
from tweets.actions import close_feed_blocks, feed_blocks, like_tweet
from tweets.models import FeedBlock, PostingKey, Tweet
from tweets.queries import recount

CALLBACK = "https://tusk.example/callback"


@contextmanager
def ago(**long: float) -> Iterator[None]:
    with (
        time_machine.travel(timezone.now() - timedelta(**long), tick=True),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(ids, "_last_ms", 0)  # ids never go back by themselves
        yield


def uploads(monkeypatch) -> Callable[[], int]:
    alice = make_user("alice")
    with ago(hours=settings.PICTURE_UNCLAIMED_HOURS + 1):
        make_image(alice)
        make_tweet(alice, images=[make_image(alice)])
    make_image(alice)
    return Attachment.objects.count


def sessions(monkeypatch) -> Callable[[], int]:
    alice, now = make_user("alice"), timezone.now()
    for key, days in (("alive", 1), ("over", -1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    UserSession.objects.create(user=alice, session_key="alive", ip="192.0.2.1")
    UserSession.objects.create(user=alice, session_key="gone", ip="192.0.2.1")
    return lambda: Session.objects.count() + UserSession.objects.count()


def ip_addresses(monkeypatch) -> Callable[[], int]:
    alice, old = make_user("alice"), timezone.now() - timedelta(days=settings.IP_ADDRESSES_KEPT_DAYS + 1)
    for key, made_at in (("old", old), ("new", timezone.now())):
        UserSession.objects.create(user=alice, session_key=key, ip="192.0.2.1", created_at=made_at)
    mails.new_device.enqueue(alice.pk, "192.0.2.1", "Firefox", "yesterday")
    mails.password_changed.enqueue(alice.pk, "2001:db8::1", "Firefox")
    Job.objects.filter(task="accounts.mails.password_changed").update(created_at=old)
    return addresses_kept


def addresses_kept() -> int:
    told = [
        job.args[JOBS_WITH_ADDRESSES[job.task]] for job in Job.objects.filter(task__in=JOBS_WITH_ADDRESSES)
    ]
    return sum(one != FORGOTTEN for one in [*told, *UserSession.objects.values_list("ip", flat=True)])


def newcomers(monkeypatch) -> Callable[[], int]:
    with ago(days=settings.UNCONFIRMED_DAYS + 1):
        make_user("forgotten", confirmed=False)
        make_user("alice")
    make_user("fresh", confirmed=False)
    return User.objects.count


def idempotency_keys(monkeypatch) -> Callable[[], int]:
    tweet = make_tweet(make_user("alice"))
    app, form = settings.APP_KEY_HOURS, settings.POSTING_KEY_HOURS
    for key, hours in {"api:old": app, "api:new": 0, "old": form, "new": app, "import:1": form}.items():
        with ago(hours=hours, minutes=1):
            PostingKey.objects.create(author=tweet.author, key=key, tweet=tweet)
    return PostingKey.objects.count


def codes(monkeypatch) -> Callable[[], int]:
    app, alice = register_app("Tusk", [CALLBACK])[0], make_user("alice")
    with ago(days=2):
        save_code(app, alice, "old", redirect_uri=CALLBACK, granted="read")
    save_code(app, alice, "new", redirect_uri=CALLBACK, granted="read")
    return AuthorizationCode.objects.count


def tokens(monkeypatch) -> Callable[[], int]:
    app, alice = register_app("Tusk", [CALLBACK])[0], make_user("alice")
    with ago(days=settings.OAUTH_UNUSED_APP_DAYS + 1):
        save_token(app, None, "asleep", "read")
        used = save_token(app, None, "used", "read")
        save_token(app, alice, "hers", "read")
    note_use(used.pk, None)
    save_token(app, None, "new", "read")
    return AccessToken.objects.count


def unused_apps(monkeypatch) -> Callable[[], int]:
    with ago(days=settings.OAUTH_UNUSED_APP_DAYS + 1):
        register_app("Unused", [CALLBACK])
        save_token(register_app("Used", [CALLBACK])[0], make_user("alice"), "hers", "read")
    register_app("Fresh", [CALLBACK])
    return App.objects.count


def pushes(monkeypatch) -> Callable[[], int]:
    app, alice = register_app("Tusk", [CALLBACK])[0], make_user("alice")
    with ago(days=settings.PUSH_UNUSED_DAYS + 1):
        old = [save_token(app, alice, key, "read push") for key in ("never", "used", "long ago")]
        note_use(old[2].pk, None)
        for token in old:
            subscribed(alice, token)
    note_use(old[1].pk, None)
    subscribed(alice, save_token(app, alice, "new", "read push"))
    return PushSubscription.objects.count


def subscribed(owner: User, token: AccessToken) -> None:
    PushSubscription.objects.create(
        token=token,
        owner=owner,
        endpoint="https://push.example/x",
        public_key="k",
        secret="s",
        sealed_token="t",
    )


def invites(monkeypatch) -> Callable[[], int]:
    staff = make_user("stella", is_superuser=True)
    with ago(days=settings.INVITES_ENDED_KEPT_DAYS + 2):
        make_invite(staff, limit=5, days=1)
        came = make_invite(staff, limit=5, days=1)
        make_invite(staff, limit=5, days=0)  # for as long as anybody likes
    JoinRequest.objects.create(user=make_user("guest"), state="in", invite=came)
    Invite.objects.filter(pk=came.pk).update(used=1)
    make_invite(staff, limit=5, days=1)
    return Invite.objects.count


def old_notifications(monkeypatch) -> Callable[[], int]:
    alice, bob = make_user("alice"), make_user("bob")
    for days in (settings.NOTIFICATIONS_KEPT_DAYS + 1, 1):
        with ago(days=days):
            Notification.objects.create(
                recipient=alice, actor=bob, kind="like", tweet=make_tweet(alice), bundle="x"
            )
    return Notification.objects.count


def long_timelines(monkeypatch) -> Callable[[], int]:
    alice, bob = make_user("alice"), make_user("bob")
    follow_user(alice, bob)
    for _ in range(5):
        make_tweet(bob)
    keep_home(alice)
    monkeypatch.setattr(settings, "HOME_ENTRIES_KEPT", TimelineEntry.objects.count() - 2)
    return lambda: TimelineEntry.objects.count() + 1  # one more, so that of two one could stay


def sleepers(monkeypatch) -> Callable[[], int]:
    with ago(days=settings.HOME_KEPT_DAYS + 1):
        keep_home(make_user("alice"))
    keep_home(make_user("bob"))
    return HomeTimeline.objects.count


def link_cards(monkeypatch) -> Callable[[], int]:
    alice = make_user("alice")
    for number in range(2):
        make_page(f"https://example.org/{number}")
    LinkCard.objects.update(wanted_at=timezone.now() - timedelta(days=settings.LINK_UNCARRIED_DAYS + 1))
    Tweet.objects.filter(pk=make_tweet(alice).pk).update(link_card=LinkCard.objects.earliest("id"))
    return LinkCard.objects.count


def taken_down(monkeypatch) -> Callable[[], int]:
    staff, bob = make_user("stella", is_superuser=True), make_user("bob")
    for days in (settings.TAKEN_DOWN_DAYS + 1, 1):
        with ago(days=days):
            take_measure(staff, bob, "take_down", "Spam.", tweet_ids=[make_tweet(bob).pk])
    return Measure.objects.filter(erased_at=None).count


def report_pictures(monkeypatch) -> Callable[[], int]:
    staff, alice, bob = make_user("stella", is_superuser=True), make_user("alice"), make_user("bob")
    carol = make_user("carol")
    for who, days in ((alice, settings.REPORT_PICTURES_KEPT_DAYS + 1), (carol, 1)):
        with ago(days=days):
            tweet = make_tweet(bob, images=[make_image(bob)])
            report = file_report(who, bob, category="spam", tweet_ids=[tweet.pk])
            keep_pictures(report.pk)
            close_report(staff, report)
    return KeptPicture.objects.count


def archives(monkeypatch) -> Callable[[], int]:
    for name, days in (("alice", settings.EXPORT_KEPT_DAYS + 1), ("bob", 1)):
        export = ask_for_export(make_user(name))
        ended_at = timezone.now() - timedelta(days=days)
        Export.objects.filter(pk=export.pk).update(state="ready", ended_at=ended_at)
    return Export.objects.count


def probes(monkeypatch) -> Callable[[], int]:
    for hours in (2, 0):
        Probe.objects.create(word="x", made_at=timezone.now() - timedelta(hours=hours))
    return Probe.objects.count


def counters(monkeypatch) -> Callable[[], int]:
    tweet = make_tweet(make_user("alice"))
    like_tweet(make_user("bob"), tweet)
    Tweet.objects.filter(pk=tweet.pk).update(likes_count=7)
    return lambda: len(list(recount.wrong_tweets())) + 1  # and all that are right


def feed_pages(monkeypatch) -> Callable[[], int]:
    monkeypatch.setattr(feed_blocks, "BLOCK_SIZE", 2)
    alice = make_user("alice")
    with ago(hours=1):
        for _ in range(4):
            make_tweet(alice)
    close_feed_blocks()
    first = FeedBlock.objects.earliest("first_id")
    FeedBlock.objects.filter(pk=first.pk).update(count=9)
    return lambda: sum(map(is_wrong, FeedBlock.objects.all())) + 1


def is_wrong(block: FeedBlock) -> bool:
    there = Tweet.objects.filter(id__range=(block.first_id, block.last_id))
    return block.count != there.count()


# Chore -> what makes it something to do, and how many that is.
def old_statistics(monkeypatch) -> Callable[[], int]:
    oldest = timezone.now().astimezone(UTC).date() - timedelta(days=settings.STATISTICS_KEPT_DAYS)
    for days in (0, 1, 2):
        day = oldest - timedelta(days=days)
        AuthorDay.objects.create(author_id=1, day=day)
        Reach.objects.create(day=day, kind=Kind.TWEET, thing=1, author_id=1, people=9)
        LeftOut.objects.create(pk=ids.id_at(datetime.combine(day, time(1), UTC)))
    return lambda: AuthorDay.objects.count() + LeftOut.objects.count() + Reach.objects.count()


OLD: dict[str, tuple[Callable[..., Callable[[], int]], int]] = {
    "uploads": (uploads, 1),
    "sessions": (sessions, 2),
    "ip-addresses": (ip_addresses, 2),
    "newcomers": (newcomers, 1),
    "idempotency-keys": (idempotency_keys, 2),
    "codes": (codes, 1),
    "tokens": (tokens, 1),
    "apps": (unused_apps, 1),
    "pushes": (pushes, 2),
    "invites": (invites, 1),
    "notifications": (old_notifications, 1),
    "timelines": (long_timelines, 2),
    "sleepers": (sleepers, 1),
    "link-cards": (link_cards, 1),
    "taken-down": (taken_down, 1),
    "report-pictures": (report_pictures, 1),
    "rule-hits": (rule_hits, 1),
    "said-texts": (said_texts, 1),
    "archives": (archives, 1),
    "jobs": (failed_jobs, 1),
    "statistics": (old_statistics, 6),
    "cache": (cached, 1),
    "probes": (probes, 1),
    "counters": (counters, 1),
    "feed-pages": (feed_pages, 1),
}
