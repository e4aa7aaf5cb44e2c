"""Finding somebody, and all that staff know and can do about them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Permission
from common.paging import whole_id
from moderation.actions import lift_measure
from moderation.models import Measure
from moderation.policies import may_lift
from moderation.queries import measure_by_id, past_of, tweets_to_judge
from web.access import staff_required
from web.forms.moderation import MeasureForm
from web.views.moderation.frame import staff_of, staff_page
from web.views.moderation.reports import is_taken, kinds_for

_takers = staff_required(Permission.TAKE_MEASURES)


@_takers
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`?name=` leads to that person, also to one who is suspended."""
    name = request.GET.get("name", "").strip().removeprefix("@")
    person = User.objects.named(name).first() if name else None
    if person is not None:
        return redirect(path_of(person))
    return staff_page(request, "people.html", "people", {"name": name})


@_takers
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """`?tweet=ID` lays that tweet of theirs beside the measures, to be taken down."""
    found = User.objects.named(handle).first()
    if found is None or found.state == User.State.GONE:
        raise Http404
    staff = staff_of(request)
    named = request.POST.getlist("tweets") or request.GET.getlist("tweet")
    ids = [an_id for text in named if (an_id := whole_id(text))]
    tweets = tweets_to_judge(staff, found, ids[: settings.REPORT_TWEETS_MAX]) if ids else []
    kinds = [kind for kind in kinds_for(staff, found) if tweets or kind != Measure.Kind.TAKE_DOWN]
    form = MeasureForm(request.POST if request.method == "POST" else None, kinds=kinds)
    if form.is_valid() and is_taken(request, found, form, shown=[tweet.pk for tweet in tweets]):
        return redirect(path_of(found))
    past = past_of(staff, found)
    context = {
        "person": found,
        "past": past,
        "can_lift": {row.pk for row in past.measures if _may_lift(staff, found, row)},
        "form": form,
        "tweets": tweets,
        "is_asked_for_tweets": bool(ids),
    }
    return staff_page(request, "person.html", "people", context, status=422 if form.errors else 200)


@_takers
@require_POST
def lift(request: HttpRequest, measure_id: int) -> HttpResponse:
    measure = measure_by_id(measure_id)
    lift_measure(staff_of(request), measure, request.POST.get("reason", ""))
    messages.success(request, f"Lifted. {measure.person.handle} is told.")
    return redirect(path_of(measure.person))


def path_of(person: User) -> str:
    return f"/moderation/people/@{person.username}/"


def _may_lift(staff: User, found: User, row: object) -> bool:
    row.person = found  # type: ignore[attr-defined]  # known already: no query for each
    return may_lift(staff, row)  # type: ignore[arg-type]
