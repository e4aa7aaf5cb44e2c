"""What Mastodon.py can ask besides: the longer way through people, filters, groups, quotes and the server."""

import re
from datetime import UTC, datetime
from inspect import getsource
from pathlib import Path

import pytest
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError

from tests.api.live.test_mastodon_py import picture, until


@pytest.fixture(scope="module")
def kim(join) -> Mastodon:
    return join("kim")


@pytest.fixture(scope="module")
def lea(join) -> Mastodon:
    return join("lea")


def test_people_who_come_and_go(kim, lea):
    her, me = kim.account_lookup("lea"), kim.me()
    lea.account_follow(me.id)
    assert {one.acct for one in kim.accounts([her.id, me.id])} == {"kim", "lea"}
    assert not kim.account_remove_from_followers(her.id).followed_by
    kim.account_follow(her.id)
    assert kim.account_endorse(her.id).endorsed
    assert not kim.account_unendorse(her.id).endorsed
    lea.account_update_credentials(locked=True)
    kim.account_unfollow(her.id)
    kim.account_follow(her.id)
    assert not lea.follow_request_reject(me.id).followed_by
    lea.account_update_credentials(locked=False)
    kim.account_follow(her.id)
    assert kim.account_collections(her.id).collections == []
    assert kim.account_in_collections(her.id).collections == []
    assert kim.suggestion_delete(her.id) is None
    assert isinstance(kim.suggestions_v1(), list)
    assert isinstance(kim.suggestions_v2(), list)


def test_ones_profile(kim):
    changed = kim.profile_update(
        display_name="Kim K.", note="Tea", header=picture(), header_mime_type="image/png"
    )
    assert (changed.display_name, kim.profile().note) == ("Kim K.", "Tea")
    assert kim.account_delete_header().header.endswith(".png")


def test_servers_one_keeps_out_and_reports(kim, lea):
    kim.domain_block("example.net")
    assert kim.domain_blocks() == ["example.net"]
    kim.domain_unblock("example.net")
    assert kim.domain_blocks() == []
    rude = lea.status_post("Rude")
    report = kim.report(lea.me().id, [rude.id], "Look", category="spam")
    assert (report.target_account.acct, report.status_ids, report.category) == ("lea", [str(rude.id)], "spam")


def test_lists(kim, lea):
    kim.account_follow(lea.me().id)
    made = kim.list_create("Friends")
    assert kim.list_update(made.id, "Best friends", replies_policy="none", exclusive=True).exclusive
    kim.list_accounts_add(made.id, [lea.me().id])
    assert [one.title for one in kim.account_lists(lea.me().id)] == ["Best friends"]
    kim.list_accounts_delete(made.id, [lea.me().id])
    assert kim.account_lists(lea.me().id) == []
    assert [one.id for one in kim.lists()] == [kim.list(made.id).id] == [made.id]


def test_filters_of_both_kinds_and_single_tweets(kim, lea):
    made = kim.create_filter_v2("Jam", ["home"], "blur", keywords_attributes=[{"keyword": "jam"}])
    assert kim.filter_v2(made.id).filter_action == "blur"
    said = lea.status_post("About nothing")
    held = kim.add_filter_status_v2(made.id, said.id)
    assert [one.id for one in kim.filter_statuses_v2(made.id)] == [kim.filter_status_v2(held.id).id]
    assert kim.status(said.id).filtered[0].status_matches == [str(said.id)]
    kim.delete_filter_status_v2(held.id)
    assert kim.filter_statuses_v2(made.id) == []
    old = kim.filter_create("marmalade", ["home"], whole_word=False)
    assert kim.filter_update(old.id, phrase="marmalade", context=["home"], whole_word=True).whole_word
    assert kim.filter(old.id).phrase == "marmalade"
    kim.filter_delete(old.id)
    kim.delete_filter_v2(made.id)


def test_quotes_and_who_may(kim, lea):
    said = kim.status_post("Quote me")
    quote = lea.status_post("Here", quoted_status_id=said.id)
    assert [one.id for one in kim.status_quotes(said.id)] == [quote.id]
    assert kim.status_quote_revoke(said.id, quote.id).quote.state == "deleted"
    changed = kim.status_update_quote_approval_policy(said.id, "nobody")
    assert changed.quote_approval.automatic == []
    with pytest.raises(MastodonAPIError):
        lea.status_post("Again", quoted_status_id=said.id)
    assert {one.id for one in kim.statuses([said.id, quote.id])} == {said.id, quote.id}
    kim.status_pin(said.id)
    assert not kim.status_unpin(said.id).pinned
    with pytest.raises(MastodonNotFoundError):
        kim.status_translate(said.id)


def test_pictures_before_they_are_said(kim):
    made = kim.media_post(picture(), "image/png", synchronous=True)
    assert kim.media(made.id).id == made.id


def test_groups_and_requests(kim, lea):
    said = kim.status_post("Like me, please")
    lea.status_favourite(said.id)
    groups = until(lambda: kim.grouped_notifications(types=["favourite"]).notification_groups)
    key = next(one.group_key for one in groups if str(one.status_id) == str(said.id))
    assert kim.grouped_notification(key).notification_groups[0].notifications_count == 1
    assert [one.acct for one in kim.grouped_notification_accounts(key)] == ["lea"]
    assert kim.unread_grouped_notifications_count() > 0
    kim.dismiss_grouped_notification(key)
    assert kim.grouped_notifications(types=["favourite"]).notification_groups == []

    kim.account_unfollow(lea.me().id)
    kim.update_notifications_policy(for_not_following="filter")
    assert kim.notifications_policy().for_not_following == "filter"
    lea.status_post("@kim hello")
    (waiting,) = until(kim.notification_requests)
    assert kim.notification_request(waiting.id).account.acct == "lea"
    kim.dismiss_notification_request(waiting.id)
    assert kim.notification_requests() == []
    lea.status_post("@kim hello again")
    kim.accept_notification_request(until(kim.notification_requests)[0].id)
    assert kim.notifications_merged()
    assert "hello again" in kim.notifications(types=["mention"])[0].status.content
    assert kim.accept_multiple_notification_requests([waiting.id]) is None
    assert kim.dismiss_multiple_notification_requests([waiting.id]) is None


def test_tags(kim):
    kim.status_post("More #toast")
    assert kim.tag("toast").name == "toast"
    assert [one.name for one in kim.featured_tag_suggestions()] == ["toast"]
    assert kim.tag_feature("toast").featuring
    assert [one.name for one in kim.account_featured_tags(kim.me().id)] == ["toast"]
    assert not kim.tag_unfeature("toast").featuring
    assert isinstance(kim.trends(), list)
    assert kim.timeline_link("https://example.org/nothing") == []


def test_the_server(kim):
    assert abs((kim.get_approx_server_time().replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()) < 60
    assert kim.instance_domain_blocks() == []
    assert kim.instance_translation_languages() == {}
    assert kim.instance_extended_description().content.startswith("<p>")
    info = kim.oauth_authorization_server_info()
    assert info.token_endpoint.endswith("/oauth/token")
    with pytest.raises(MastodonNotFoundError):
        kim.instance_terms_of_service()


def test_pages_to_the_end(kim):
    for number in range(5):
        kim.status_post(f"Number {number}")
    mine = kim.account_statuses(kim.me().id, limit=2)
    everything = kim.fetch_remaining(mine)
    ids = [int(one.id) for one in everything]
    assert len(ids) == len(set(ids)) >= 5
    assert ids == sorted(ids, reverse=True)
    assert [int(one.id) for one in kim.pagination_iterator(mine)] == ids


# --- Nothing is left out

LEFT_OUT = {
    **dict.fromkeys(
        (
            *("collection", "collection_create"),
            *("collection_delete", "collection_item_add", "collection_item_delete", "collection_item_revoke"),
            *("collection_update", "annual_report", "annual_report_generate", "annual_report_read"),
            *("annual_report_state", "annual_reports", "instance_languages", "instance_activity"),
            *("get_async_refresh_status", "await_async_refresh", "reports", "status_card"),
        ),
        "not served here: see docs/api.md",
    ),
    **dict.fromkeys(
        ("announcement_dismiss", "announcement_reaction_create", "announcement_reaction_delete"),
        "staff announce: tests/api/test_announcements.py",
    ),
    "email_resend_confirmation": "everybody is confirmed here: tests/api/test_emails.py",
    "instance_health": "reads what former servers answered, not what is documented now",
    "log_in": "a person's password: tests/api/live/test_toot.py",
    "oauth_userinfo": "only by https: tests/api/test_oauth.py",
    "push_subscription_update": "tests/api/test_push_subscription.py",
    **dict.fromkeys(("search_v1", "timeline"), "another name of what is walked"),
}


def test_every_method_is_walked():
    files = Path(__file__).parent.glob("*.py")
    called = set(re.findall(r"\.(\w+)\b", " ".join(path.read_text() for path in files)))
    asking = {
        name
        for name in dir(Mastodon)
        if not name.startswith(("_", "admin_")) and "__api_request" in getsource(getattr(Mastodon, name))
    }
    assert asking - called == set(LEFT_OUT)
