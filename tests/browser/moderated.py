"""What staff have to look at in the scene: rules, a report, a warning, an appeal that waits."""

from accounts.models import User
from moderation.actions import appeal_measure, assign_report, file_report, note_report, take_measure
from moderation.links import path_of
from server.actions import add_rule
from tweets.models import Tweet


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
    return {
        "report": report.path,
        "measure": path_of(warned.pk),
        "appealed": path_of(marked.pk),
        "staff_person": f"/moderation/people/@{target.username}/",
        "rule_id": str(rule.pk),
    }
