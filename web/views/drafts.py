"""Drafts: the list, keeping what stands in a form, offering what was left unfinished, throwing away."""

from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.errors import Conflict, Gone, Invalid
from tweets.actions import save_draft, throw_away_draft
from tweets.draft import TweetDraft, from_plain
from tweets.models import SavedDraft
from tweets.queries import draft_for, drafts_of, unfinished_draft
from web.access import writer_required
from web.composing import form_page, is_done, is_ready, pictures_sent
from web.forms.saving import place_in, put_in_place
from web.forms.tweet import Composer
from web.fragments import wants_fragment
from web.writing import draft_rows, offer_of, title_of

_ELSEWHERE = "This draft was changed in another window, so your words are kept as a second draft."


@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    author = cast(User, request.user)
    rows = draft_rows(author, drafts_of(author))
    context = {"rows": rows, "most": settings.DRAFTS_MAX, "nav": "drafts"}
    return render(request, "web/writing/drafts.html", context)


@login_required
@require_safe
def offer(request: HttpRequest) -> HttpResponse:
    """The line “You have a draft from …” for the place that is asked for, or nothing."""
    if not wants_fragment(request):
        return redirect("drafts")
    draft = unfinished_draft(cast(User, request.user), place_in(request.GET))
    if draft is None:
        return HttpResponse(status=204)
    return render(request, "web/writing/_offer.html", {"offer": offer_of(draft)})


@writer_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """What a script sends now and then: all that stands in a composer, whichever.

    It hears of another key when the form was posted, or when the draft was changed elsewhere.
    """
    sent = _sent(request)
    try:
        sent.keep()
    except (Conflict, Gone) as trouble:
        said = _ELSEWHERE if isinstance(trouble, Conflict) else ""
        return JsonResponse({"key": uuid4().hex, "said": said}, status=409)
    except Invalid as error:
        return JsonResponse({"said": error.message}, status=422)
    return JsonResponse({})


@writer_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """The button “Save draft” of a form without scripts."""
    sent = _sent(request)
    is_ready(request, sent.composer)  # takes in pictures
    if not sent.composer.errors and is_done(sent.composer, sent.keep_somehow):
        messages.success(request, "Your draft is saved.")
        return redirect("drafts")
    context = {"title": "New tweet", "nav": "compose"}
    return form_page(request, "web/compose.html", sent.composer, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Asks first: what is thrown away does not come back."""
    author = cast(User, request.user)
    draft = draft_for(author, draft_id)
    if request.method != "POST":
        context = {"draft": draft, "words": title_of(from_plain(draft.what)), "nav": "drafts"}
        return render(request, "web/writing/discard.html", context)
    throw_away_draft(author, draft)
    messages.success(request, "The draft is gone.")
    return redirect("drafts")


@dataclass(frozen=True, slots=True)
class _Sent:
    """A composer that came to be kept."""

    author: User
    composer: Composer
    post: Any

    def keep(self, key: str = "") -> SavedDraft | None:
        saving, composer = self.composer.saving, self.composer
        if saving is None:
            raise Invalid("This form is for a tweet that was posted. Save it there.")
        saved_as = saving.saved_as(key or composer.key)
        return save_draft(
            self.author, self._tweets(), saved_as, place=saving.place, to=self.post.get("to", "")
        )

    def keep_somehow(self) -> None:
        """As another draft when this one was changed elsewhere, or posted."""
        try:
            self.keep()
        except (Conflict, Gone):
            self.keep(uuid4().hex)

    def _tweets(self) -> list[TweetDraft]:
        first, *rest = self.composer.to_drafts()
        return [replace(put_in_place(first, self.post), saved_as=None), *rest]


def _sent(request: HttpRequest) -> _Sent:
    author = cast(User, request.user)
    return _Sent(author, Composer.sent(request.POST, pictures_sent(author, request.POST)), request.POST)
