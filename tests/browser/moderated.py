"""What staff have to look at in the scene: rules, a report, a warning, an appeal that waits."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEntry
from moderation.actions import (
    RuleDraft,
    appeal_measure,
    apply_rules,
    assign_report,
    file_report,
    go_on_rehearsing,
    note_report,
    rehearse,
    start_automatic_rule,
    stop_automatic_rule,
    take_measure,
    undo_deed,
    write_automatic_rule,
)
from moderation.links import path_of
from moderation.models import AutomaticRule, Conditions
from server.actions import add_rule, announce, change_rule, publish_document, react
from server.models import Document
from tweets.actions import edit_tweet, post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

_TERMS = """# Who may join

Anybody who is **16 or older**.

# What you may expect

- What you write stays yours.
- You can take all of it with you, or have it erased.
- Nobody sells anything here, and nobody follows your steps.

> These words hold from the day they stand here; former ones can be read below.
"""


def moderate(staff: User, reporter: User, target: User, said: list[Tweet]) -> dict[str, str]:
    """The paths of what the tests visit; nothing of the target is hidden or limited."""
    rule = add_rule(staff, "Be kind.", "Disagree with what is said, not with who says it.", position=1)
    add_rule(staff, "No adverts.", "One word about your own work now and then is fine.", position=2)
    report = file_report(
        reporter,
        target,
        category="violation",
        tweet_ids=[tweet.pk for tweet in said],
        rule_ids=[rule.pk],
        comment="It goes on like this since last week.",
    )
    assign_report(staff, report, staff)
    note_report(staff, report, "I asked them to stop, and they have not answered yet.")
    warned = take_measure(staff, target, "warn", "Please stop writing to people who asked you not to.")
    marked = take_measure(staff, target, "warn", "Your adverts are too many.")
    appeal_measure(target, marked, "These were no adverts, but pictures of my garden.")
    old = publish_document(staff, "terms", "# Who may join\n\nAnybody.")
    Document.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=40))
    publish_document(staff, "terms", _TERMS)
    about = publish_document(staff, "about", "A place for **people of the harbour**, run by volunteers.")
    told = announce(staff, "On Sunday from 6 to 7 the server is **asleep**. [Why?](/about/)")
    for name in settings.ANNOUNCEMENT_EMOJI[:2]:
        react(reporter, told.pk, name)
    react(staff, told.pk, settings.ANNOUNCEMENT_EMOJI[0])
    change_rule(staff, rule, "Be kind!", rule.hint, position=1)
    undo_deed(staff, AuditEntry.objects.latest("id"))
    return {
        "old_terms": Document.objects.get(pk=old.pk).path,
        "about_on": about.path,
        "announcement_id": str(told.pk),
        "report": report.path,
        "measure": path_of(warned.pk),
        "appealed": path_of(marked.pk),
        "staff_person": f"/moderation/people/@{target.username}/",
        "rule_id": str(rule.pk),
        **_rules(staff, target),
    }


def _rules(staff: User, author: User) -> dict[str, str]:
    """One that held a tweet and is off, so that nothing else of the scene is looked at; one that is
    rehearsed, one that is a draft, and one in the middle of its rehearsal.
    """
    caught = _rehearsed(staff, RuleDraft("Casinos", Conditions(keywords=("casino",)), "hold"))
    start_automatic_rule(staff, caught)
    held = post_tweet(author, TweetDraft("The big casino has opened, come in: https://example.org/"))
    apply_rules(held.pk)
    edit_tweet(author, held, TweetDraft("Good morning, everybody."))
    stop_automatic_rule(staff, caught)
    busy = Conditions(younger_than_hours=24, links=1, repeats=3, repeats_minutes=60, repeats_by="anybody")
    reason = "Your account advertised the same page again and again."
    rehearsed = _rehearsed(
        staff, RuleDraft("Waves of new accounts", Conditions(younger_than_hours=72), "report")
    )
    draft = write_automatic_rule(staff, RuleDraft("The same words from everywhere", busy, "limit", reason))
    running = write_automatic_rule(staff, RuleDraft("Links", Conditions(links=3), "report"))
    rehearse(staff, running)
    rows = {"caught": caught, "rehearsed": rehearsed, "draft": draft, "running": running}
    return {"held": held.path, **{f"automatic_{name}": rule.path for name, rule in rows.items()}}


def _rehearsed(staff: User, draft: RuleDraft) -> AutomaticRule:
    rule = write_automatic_rule(staff, draft)
    go_on_rehearsing(rehearse(staff, rule).pk)
    return rule
