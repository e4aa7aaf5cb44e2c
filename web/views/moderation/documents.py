"""Writing terms, privacy and what stands about the server."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from common.errors import Invalid
from server.actions import publish_document
from server.markdown import to_html
from server.models import Document
from server.queries import document, versions
from web.access import staff_required
from web.forms.server import DocumentForm
from web.views.moderation.frame import staff_of, staff_page

_editors = staff_required(Permission.EDIT_DOCUMENTS)


@_editors
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = [(kind, document(kind)) for kind in Document.Kind]
    return staff_page(request, "documents.html", "documents", {"rows": rows})


@_editors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str) -> HttpResponse:
    """`look` shows what it will look like, and publishes nothing."""
    if kind not in Document.Kind.values:
        raise Http404
    newest = document(kind)
    form = DocumentForm(
        request.POST if request.method == "POST" else None, initial={"text": newest.text if newest else ""}
    )
    looks = "look" in request.POST
    if form.is_valid() and not looks and _is_published(request, kind, form):
        return redirect(kind)
    context = {
        "kind": Document.Kind(kind),
        "form": form,
        "preview": to_html(form.cleaned_data["text"]) if looks and form.is_valid() else "",
        "versions": versions(kind),
    }
    return staff_page(request, "document.html", "documents", context, status=422 if form.errors else 200)


def _is_published(request: HttpRequest, kind: str, form: DocumentForm) -> bool:
    try:
        publish_document(staff_of(request), kind, form.cleaned_data["text"])
    except Invalid as error:
        form.add_error("text", error.message)
        return False
    messages.success(request, "Published. Former versions can still be read.")
    return True
