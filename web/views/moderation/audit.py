"""What staff did, and undoing it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from analytics.actions import undo_link_decision
from audit.deeds import WORDS, Deed
from audit.models import AuditEntry
from audit.queries import entries
from common.errors import HouseError
from moderation.actions import UNDONE_DEEDS, Undo, undo_deed
from web.access import prove_again, staff_required
from web.views.moderation.frame import page_of, staff_of, staff_page

# Opposites of deeds that moderation does not know.
_ELSEWHERE: dict[Deed, Undo] = dict.fromkeys((Deed.HIDE_PAGE, Deed.SHOW_PAGE), undo_link_decision)
# What asks anew who does it, asks for undoing it, too.
_DANGEROUS = {Deed.GIVE_ROLE, Deed.CHANGE_SERVER, Deed.CHANGE_JOINING}
_readers = staff_required(Permission.READ_AUDIT)


@_readers
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """`?actor=`, `?deed=` and `?subject=` narrow it."""
    sought = {
        name: request.GET.get(name, "").replace("\0", "")[:300] for name in ("actor", "deed", "subject")
    }
    shown, next_url = page_of(request, entries(**sought), settings.AUDIT_PAGE_SIZE)
    rows = [(entry, entry.deed in UNDONE_DEEDS or entry.deed in _ELSEWHERE) for entry in shown]
    context = {"rows": rows, "next_url": next_url, "sought": sought, "deeds": WORDS.items()}
    return staff_page(request, "audit.html", "audit", context)


@_readers
@require_POST
def undo(request: HttpRequest, entry_id: int) -> HttpResponse:
    entry = AuditEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    if entry.deed in _DANGEROUS:
        prove_again(request)
    try:
        undo_deed(staff_of(request), entry, elsewhere=_ELSEWHERE)
    except HouseError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Undone.")
    return redirect("staff_audit")
