"""Publishing terms, privacy and what stands on the page about the server."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.texts import tidy_text
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from server.markdown import to_html
from server.models import Document
from server.policies import may_edit_documents


@transaction.atomic
def publish_document(staff: User, kind: str, text: str, undoes: AuditEntry | None = None) -> Document:
    """A new version that holds from now on; the former ones can still be read. Saying the same publishes
    nothing.

    Raises NotAllowed, and Invalid for an unknown kind, nothing, or more than DOCUMENT_MAX_LENGTH characters.
    """
    if not may_edit_documents(staff):
        raise NotAllowed("Only administrators write these pages.")
    if kind not in Document.Kind.values:
        raise Invalid("There is no such page.", "kind")
    text = tidy_text(text)
    if not text:
        raise Invalid("Write something.", "text")
    if len(text) > settings.DOCUMENT_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.DOCUMENT_MAX_LENGTH} characters.", "text")
    newest = Document.objects.filter(kind=kind).order_by("-published_at").first()
    if newest is not None and newest.text == text:
        return newest
    made = Document.objects.create(kind=kind, text=text, html=to_html(text), published_at=timezone.now())
    record(
        staff,
        Deed.PUBLISH_DOCUMENT,
        Subject("document", made.pk, made.get_kind_display()),
        {"version": f"{newest.published_at:%Y-%m-%d %H:%M}"} if newest else {},
        {"version": f"{made.published_at:%Y-%m-%d %H:%M}"},
        undoes=undoes,
    )
    return made
