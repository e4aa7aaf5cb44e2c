"""Telling staff of somebody."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.policies import refusal
from common.errors import Invalid, NotAllowed
from common.paging import whole_id
from moderation.actions import file_report
from moderation.policies import may_report
from server.queries import rules
from tweets.cards import TweetCard, cards_for
from tweets.queries.profile import latest_said_ids
from web.forms.moderation import ReportForm
from web.pace import check
from web.views.profile import find_person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, handle: str) -> HttpResponse:
    """`?tweet=ID` ticks that one; beside it stand the person's latest that the reader may see."""
    reporter, person = cast(User, request.user), find_person(handle, request.user)
    if not may_report(reporter, person):
        sentence = "You cannot report yourself." if reporter == person else refusal(reporter, "report people")
        raise NotAllowed(sentence)
    form = ReportForm(request.POST if request.method == "POST" else None, rules=rules())
    ticked = _ids(request, "tweets") if request.method == "POST" else _ids(request, "tweet")
    if form.is_valid() and _is_filed(request, reporter, person, form, ticked):
        messages.success(
            request, f"Thank you. We look at it, and {person.handle} is not told who reported them."
        )
        return redirect(person.path)
    context = {
        "person": person,
        "form": form,
        "cards": _cards(reporter, person, ticked),
        "ticked": ticked,
    }
    return render(request, "web/report.html", context, status=422 if form.errors else 200)


def _is_filed(
    request: HttpRequest, reporter: User, person: User, form: ReportForm, ticked: list[int]
) -> bool:
    check(request, "reports")
    said = form.cleaned_data
    try:
        file_report(
            reporter,
            person,
            category=said["category"],
            tweet_ids=ticked,
            rule_ids=said["rules"],
            comment=said["comment"],
        )
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    return True


def _cards(reporter: User, person: User, ticked: list[int]) -> list[TweetCard]:
    latest = latest_said_ids(reporter, person, settings.REPORT_TWEETS_OFFERED)
    cards = cards_for(list(dict.fromkeys([*ticked, *latest])), reporter)
    return [card for card in cards if card.author.id == person.pk]


def _ids(request: HttpRequest, name: str) -> list[int]:
    sent = (request.POST if request.method == "POST" else request.GET).getlist(name)
    found = [an_id for text in sent[: settings.REPORT_TWEETS_MAX] if (an_id := whole_id(text))]
    return list(dict.fromkeys(found))
