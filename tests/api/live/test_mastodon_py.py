"""Mastodon.py, with its own idea of what each answer holds, walks every area against a running server."""

import io
import time
from datetime import UTC, datetime, timedelta

import pytest
from mastodon import Mastodon, MastodonNotFoundError
from PIL import Image


@pytest.fixture(scope="module")
def ann(join) -> Mastodon:
    return join("ann")


@pytest.fixture(scope="module")
def ben(join) -> Mastodon:
    return join("ben")


def until(found, seconds=30):
    """What a worker does takes a moment."""
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
    return result


def picture():
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(file, "PNG")
    return file.getvalue()


def test_the_server(ann, site):
    assert ann.instance_v2().configuration.statuses.max_characters == 280
    assert ann.instance_v1().uri == site.removeprefix("http://")
    assert ann.instance_nodeinfo().software.name == "twitter-clone"
    assert ann.instance_rules() == ann.instance_peers() == ann.custom_emojis() == ann.announcements() == []
    assert ann.verify_minimum_version("4.3.0")
    assert ann.app_verify_credentials().name == "Walk"


def test_people(ann, ben):
    me = ann.account_update_credentials(
        display_name="Ann A.",
        note="Tea\n\nand toast",
        locked=False,
        avatar=picture(),
        avatar_mime_type="image/png",
        fields=[("Garden", "Yes")],
    )
    assert (me.display_name, me.source.note, me.fields[0].name) == ("Ann A.", "Tea\n\nand toast", "Garden")
    assert ann.account_delete_avatar().avatar.endswith(".png")
    him = ann.account_lookup("ben")
    assert ann.account(him.id).acct == "ben"
    assert ann.account_follow(him.id).following
    assert ann.account_relationships([him.id])[0].following
    assert [one.acct for one in ann.account_following(me.id)] == ["ben"]
    assert [one.acct for one in ben.account_followers(him.id)] == ["ann"]
    assert ann.account_note_set(him.id, "a friend").note == "a friend"
    assert ann.account_pin(him.id).endorsed
    assert [one.acct for one in ann.endorsements()] == ["ben"]
    assert not ann.account_unpin(him.id).endorsed
    assert ann.account_mute(him.id).muting
    assert [one.acct for one in ann.mutes()] == ["ben"]
    assert not ann.account_unmute(him.id).muting
    assert ben.account_familiar_followers([me.id])[0].id == me.id
    assert ann.preferences()["posting:default:visibility"] == "public"
    assert ann.directory(order="new")[0].acct in {"ann", "ben"}
    assert isinstance(ben.suggestions(), list)


def test_blocks_and_requests(join):
    cat, dan = join("cat"), join("dan")
    dan.account_update_credentials(locked=True)
    his = cat.account_lookup("dan").id
    assert cat.account_follow(his).requested
    (asking,) = dan.follow_requests()
    assert dan.follow_request_authorize(asking.id).followed_by
    assert cat.account_block(his).blocking
    assert [one.acct for one in cat.blocks()] == ["dan"]
    assert not cat.account_unblock(his).blocking
    assert not cat.account_unfollow(his).following


def test_statuses(ann, ben):
    first = ann.status_post("Good morning #breakfast", idempotency_key="once", language="en")
    assert ann.status_post("Good morning #breakfast", idempotency_key="once").id == first.id
    assert ben.status(first.id).content.startswith("<p>Good morning")
    answer = ben.status_reply(first, "Yes")
    assert [one.id for one in ann.status_context(first.id).descendants] == [answer.id]
    assert ben.status_favourite(first.id).favourited
    assert ben.status_reblog(first.id).reblog.id == first.id
    assert ben.status_bookmark(first.id).bookmarked
    assert [one.id for one in ben.bookmarks()] == [one.id for one in ben.favourites()] == [first.id]
    assert [one.acct for one in ann.status_favourited_by(first.id)] == ["ben"]
    assert [one.acct for one in ann.status_reblogged_by(first.id)] == ["ben"]
    assert ann.status_pin(first.id).pinned
    assert ann.status_mute(first.id).muted
    assert not ann.status_unmute(first.id).muted
    changed = ann.status_update(first.id, "Good evening #breakfast")
    assert changed.edited_at
    assert ann.status_source(first.id).text == "Good evening #breakfast"
    assert len(ann.status_history(first.id)) == 2
    assert not ben.status_unfavourite(first.id).favourited
    assert ben.status_unreblog(first.id).id == first.id
    assert not ben.status_unbookmark(first.id).bookmarked
    quote = ben.status_post("Look", quoted_status_id=first.id)
    assert quote.quote.quoted_status.id == first.id
    gone = ann.status_post("a mistake")
    assert ann.status_delete(gone.id).text == "a mistake"
    with pytest.raises(MastodonNotFoundError):
        ben.status(gone.id)


def test_pictures(ann):
    media = ann.media_post(picture(), "image/png", description="a cup", focus=(0.5, 0.5), synchronous=True)
    assert media.url
    assert ann.media_update(media.id, description="a teapot").description == "a teapot"
    status = ann.status_post("tea", media_ids=[media], sensitive=True, spoiler_text="hot")
    assert status.media_attachments[0].description == "a teapot"
    assert status.media_attachments[0].meta.focus.x == 0.5


def test_polls(ann, ben):
    asked = ann.status_post("Tea?", poll=ann.make_poll(["Yes", "No"], expires_in=3600))
    voted = ben.poll_vote(asked.poll.id, [0])
    assert (voted.voted, voted.own_votes) == (True, [0])
    assert ann.poll(asked.poll.id).votes_count == 1


def test_a_later_hour(ann):
    at = datetime.now(UTC) + timedelta(hours=2)
    waiting = ann.status_post("later", scheduled_at=at)
    assert ann.scheduled_status(waiting.id).params.text == "later"
    ann.scheduled_status_update(waiting.id, at + timedelta(hours=1))
    assert [one.id for one in ann.scheduled_statuses()] == [waiting.id]
    ann.scheduled_status_delete(waiting.id)
    assert ann.scheduled_statuses() == []


def test_timelines(ann, ben):
    ann.account_follow(ann.account_lookup("ben").id)
    ben.status_post("What was said before")
    said = ben.status_post("#lunch for all")
    until(lambda: said.id in {one.id for one in ann.timeline_home()})
    assert said.id in {one.id for one in ann.timeline_public()} & {one.id for one in ann.timeline_local()}
    assert [one.id for one in ann.timeline_hashtag("lunch")] == [said.id]
    first = ann.timeline_public(limit=1)
    following = ann.fetch_next(first)
    assert int(following[0].id) < int(first[0].id)
    assert ann.fetch_previous(following)[0].id == first[0].id
    people = ann.list_create("Friends", replies_policy="none")
    ann.list_accounts_add(people, [said.account.id])
    assert [one.acct for one in ann.list_accounts(people)] == ["ben"]
    again = ben.status_post("for the list")
    assert again.id in {one.id for one in ann.timeline_list(people)}
    ann.list_delete(people)
    assert ann.account_statuses(said.account.id, exclude_replies=True)


def test_notifications(ann, ben):
    status = ann.status_post("Look at me")
    ben.status_favourite(status.id)
    told = until(
        lambda: [one for one in ann.notifications(types=["favourite"]) if one.status.id == status.id]
    )
    assert told[0].account.acct == "ben"
    groups = ann.grouped_notifications(types=["favourite"])
    assert groups.notification_groups[0].status_id == status.id
    assert ann.notifications_unread_count().count > 0
    policy = ann.update_notifications_policy(for_new_accounts="filter")
    assert policy.for_new_accounts == "filter"
    assert ann.notification_requests() == []
    ann.markers_set(["notifications"], [told[0].id])
    assert ann.markers_get(["notifications"])["notifications"].last_read_id == told[0].id
    ann.notifications_dismiss(told[0])
    ann.notifications_clear()
    assert ann.notifications() == []


def test_messages(ann, ben):
    ben.status_post("@ann psst", visibility="direct")
    (talk,) = until(ann.conversations)
    assert (talk.accounts[0].acct, talk.unread) == ("ben", True)
    assert not ann.conversations_read(talk.id).unread


def test_filters(ann):
    made = ann.create_filter_v2("Noise", ["home"], "warn", keywords_attributes=[{"keyword": "bang"}])
    assert [one.keyword for one in made.keywords] == ["bang"]
    word = ann.add_filter_keyword_v2(made.id, "boom")
    assert {one.keyword for one in ann.filter_keywords_v2(made.id)} == {"bang", "boom"}
    ann.delete_filter_keyword_v2(word.id)
    assert ann.update_filter_v2(made.id, title="Loud").title == "Loud"
    assert [one.phrase for one in ann.filters()] == ["bang"]
    ann.delete_filter_v2(made.id)
    assert ann.filters_v2() == []


def test_tags_and_search(ann, ben):
    assert ann.tag_follow("lunch").following
    assert [one.name for one in ann.followed_tags()] == ["lunch"]
    assert not ann.tag_unfollow("lunch").following
    shown = ann.featured_tag_create("breakfast")
    assert [one.name for one in ann.featured_tags()] == ["breakfast"]
    ann.featured_tag_delete(shown.id)
    said = ben.status_post("marmalade")
    until(lambda: said.id in {one.id for one in ann.search_v2("marmalade", result_type="statuses").statuses})
    assert [one.acct for one in ann.search_v2("ben", result_type="accounts").accounts] == ["ben"]
    assert [one.acct for one in ann.account_search("ben")] == ["ben"]
    assert isinstance(ann.trending_tags(), list)
    assert ann.trending_statuses() == ann.trending_links() == []


def test_a_token_given_back(join):
    eve = join("eve")
    eve.account_verify_credentials()
    assert eve.me().acct == "eve"
