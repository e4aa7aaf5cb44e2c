"""Reports, measures and what was said against them; rules that look at tweets by themselves."""

from moderation.models.automatic import (
    AutomaticRule,
    LinkedSite,
    Rehearsal,
    RehearsedAuthor,
    RuleHit,
    SaidText,
)
from moderation.models.conditions import Conditions
from moderation.models.measures import Measure, MeasuredTweet
from moderation.models.reports import KeptPicture, Report, ReportedTweet, ReportNote

__all__ = [
    "AutomaticRule",
    "Conditions",
    "KeptPicture",
    "LinkedSite",
    "Measure",
    "MeasuredTweet",
    "Rehearsal",
    "RehearsedAuthor",
    "Report",
    "ReportNote",
    "ReportedTweet",
    "RuleHit",
    "SaidText",
]
