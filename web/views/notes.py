"""The private note about a person."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.errors import Invalid
from relationships.actions import write_note
from relationships.queries import relation_to
from web.forms.people import NoteForm
from web.views.profile import find_person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, handle: str) -> HttpResponse:
    person, author = find_person(handle, request.user), cast(User, request.user)
    if request.method != "POST":
        return _page(request, person, NoteForm(initial={"text": relation_to(author, person).note}))
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            write_note(author, person, form.cleaned_data["text"])
        except Invalid as error:
            form.add_error("text", error.message)
        else:
            messages.success(request, "Your note is saved. Nobody else sees it.")
            return redirect(person.path)
    return _page(request, person, form)


def _page(request: HttpRequest, person: User, form: NoteForm) -> HttpResponse:
    context = {"person": person, "form": form}
    return render(request, "web/note.html", context, status=422 if form.errors else 200)
