"""The first three steps of somebody new. Each can be skipped; nobody is led here a second time."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import update_profile
from accounts.models import User
from accounts.policies import refusal
from analytics.queries import trending_tags
from common.errors import Invalid
from timelines.queries import people_to_meet, tags_followed
from tweets.queries import tags_said_lately
from web.access import writer_required
from web.forms.profile import WelcomeForm
from web.forms.tweet import Composer
from web.people import person_rows


@writer_required
@require_http_methods(["GET", "HEAD", "POST"])
def picture_and_bio(request: HttpRequest) -> HttpResponse:
    person = User.objects.get(pk=cast(User, request.user).pk)  # with the texts that request.user left out
    form = WelcomeForm(request.POST or None, request.FILES or None, initial={"bio": person.bio})
    if request.method == "POST" and form.is_valid():
        kept = {name: getattr(person, name) for name in ("display_name", "location", "website")}
        try:
            update_profile(person, **kept, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field or "avatar", error.message)
        else:
            return redirect("welcome_people")
    context = {"step": 1, "form": form, "person": person}
    return render(request, "web/welcome/picture.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    viewer = cast(User, request.user)
    rows = person_rows(viewer, people_to_meet(viewer, settings.WELCOME_PEOPLE))
    tags = [trend.name for trend in trending_tags()] or tags_said_lately(settings.TRENDS_KEPT)
    context = {"step": 2, "rows": rows, "tags": tags, "followed": tags_followed(viewer)}
    return render(request, "web/welcome/people.html", context)


@login_required
@require_safe
def first_tweet(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if not person.may_write:
        messages.info(request, refusal(person, "tweet"))
        return redirect("confirm_email_sent")
    return render(
        request, "web/welcome/tweet.html", {"step": 3, "composer": Composer.blank(cast(User, request.user))}
    )
