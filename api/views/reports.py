"""Telling staff of somebody."""

from django.http import HttpResponse
from rest_framework import serializers

from accounts.queries import person_by_id
from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Flag, Id, Input, Many, Text
from api.shapes.reports import report
from moderation.actions import file_report
from moderation.models import Report


class ReportInput(Input):
    """`forward` asks for other servers, of which there are none; with rules the category is “violation”."""

    account_id = Id()
    status_ids = Many(child=Id(), default=list)
    comment = Text(default="")
    forward = Flag(default=False)
    category = serializers.ChoiceField(Report.Category.values, default=Report.Category.OTHER)
    rule_ids = Many(child=Id(), default=list)


@takes(ReportInput)
def create(request: ApiRequest) -> HttpResponse:
    """What is new is added to a report about the same person that still waits."""
    sent = ReportInput.read(request)
    made = file_report(
        request.user,
        person_by_id(sent["account_id"], request.user),
        category=Report.Category.VIOLATION if sent["rule_ids"] else sent["category"],
        tweet_ids=sent["status_ids"],
        rule_ids=sent["rule_ids"],
        comment=sent["comment"],
    )
    return answer(report(made))
