"""Markup in everything a person can write stands as text on every page that shows it."""

import json
import re
from xml.etree import ElementTree

import pytest

from accounts.models import ProfileField, User
from moderation.actions import appeal_measure, file_report, note_report, take_measure
from moderation.links import path_of
from notifications.actions import notify
from notifications.models import Notification
from relationships.actions import FilterDraft, create_filter, follow_user, write_note
from server.actions import add_rule
from tests.attacks.addresses import addresses_with
from tests.conversations.messages import write
from tests.factories import make_image, make_page, make_quote, make_reply, make_tweet, make_user
from tests.tweets.test_save_draft import draft_of, save
from tests.tweets.test_schedule import ahead
from timelines.actions import add_to_list, create_list
from tweets.actions import retweet, schedule_tweets

pytestmark = pytest.mark.django_db

EVIL = """'"><i onmouseover=evil()>x</i>"""
LINK = "javascript:evil()"
_RUNS = re.compile(r"<i onmouseover|(?:href|src|action|content)=[\"']?\s*javascript:", re.IGNORECASE)


@pytest.fixture
def addresses(bob, events_happen, staff) -> dict[str, str]:
    """Mallory wrote markup wherever there was a field, and so did Bob among his own things."""
    mallory = make_user("mallory", display_name=EVIL, bio=f"{EVIL} {LINK}")
    for person in (mallory, bob):
        User.objects.filter(pk=person.pk).update(display_name=EVIL)
        ProfileField.objects.create(person=person, position=1, name=EVIL, value=LINK)
    with events_happen():
        image = make_image(mallory, EVIL)
        tweet = make_tweet(mallory, f"plum #tea @bob {EVIL} {LINK} https://example.org/{EVIL}", [image])
        make_quote(bob, tweet, EVIL)
        make_reply(mallory, tweet, EVIL)
        retweet(bob, tweet)
        follow_user(bob, mallory)
        follow_user(mallory, bob)
        people_list = create_list(bob, EVIL)
        add_to_list(bob, people_list, mallory)
        a_filter = create_filter(bob, FilterDraft(EVIL, {"plum": True, EVIL: False}, ("public",)))
        conversation = write(mallory, bob, text=f"{EVIL} {LINK}")
        write_note(bob, mallory, EVIL)
        notify(bob, Notification.Kind.MENTION, mallory, tweet)
        draft = save(bob, EVIL, to=EVIL, images=[make_image(bob, EVIL)])
        scheduled = schedule_tweets(bob, [draft_of(EVIL)], ahead())
        page = make_page("https://example.org/evil", EVIL, EVIL)
        type(tweet).objects.filter(pk=tweet.pk).update(link_card=page)
        rule = add_rule(staff, EVIL, EVIL)
        report = file_report(
            bob, mallory, category="violation", tweet_ids=[tweet.pk], rule_ids=[rule.pk], comment=EVIL
        )
        note_report(staff, report, EVIL)
        measure = take_measure(staff, mallory, "warn", EVIL)
        appeal_measure(mallory, measure, EVIL)
    return addresses_with(
        {
            "handle": "mallory",
            "tweet_id": tweet.id,
            "card_id": page.pk,
            "list_id": people_list.id,
            "filter_id": a_filter.id,
            "conversation_id": conversation.id,
            "draft_id": draft.id,
            "scheduled_id": scheduled.id,
            "name": "tea",
            "rule_id": rule.pk,
            "report_id": report.pk,
            "request_id": 1,
            "measure_id": measure.pk,
            "token": path_of(measure.pk).split("/")[2],
        }
    )


def test_markup_is_text_on_every_page(client, as_bob, as_person, staff, addresses):
    shown = 0
    typed = {"q": f"plum {EVIL}", "tab": "latest", "text": EVIL, "name": EVIL, "next": LINK}
    ways = (
        (as_person(staff), {}, {}),
        (client, {}, {}),
        (as_bob, {}, {}),
        (as_bob, typed, {}),
        (as_bob, typed, {"HX-Request": "true"}),
    )
    for name, address in addresses.items():
        for browser, query, headers in ways:
            answer = browser.get(address, query, headers=headers)
            if answer.streaming or "html" not in answer.get("Content-Type", ""):
                continue
            page = answer.content.decode()
            assert not _RUNS.search(page), (name, query, _RUNS.search(page))
            shown += "&lt;i onmouseover" in page
    assert shown > 60


def test_feeds_and_answers_for_machines_hold_it_as_text(client, addresses):
    feed = ElementTree.fromstring(client.get("/@mallory.rss").content)
    words = " ".join(item.text or "" for item in feed.iter())
    assert "onmouseover" in words
    assert not _RUNS.search(" ".join(item.findtext("description") or "" for item in feed.iter("item")))
    url = f"http://localhost:8000{addresses['tweet']}"
    said = json.loads(client.get("/oembed", {"url": url}).content)
    assert EVIL in said["title"]
    assert "<i " not in said["html"]


def test_pages_name_links_of_others_as_such(client, addresses):
    """Every link out of what people write: http only, and no way back to the page that was left."""
    page = client.get(addresses["tweet"]).content.decode()
    outside = re.findall(r'<a [^>]*href="(?!/|#|http://localhost)[^"]*"[^>]*>', page)
    assert outside
    for link in outside:
        assert 'href="http' in link
        assert "nofollow" in link
        assert "noopener" in link
