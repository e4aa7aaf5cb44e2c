"""What staff did, as staff read it."""

from django.db.models import Q, QuerySet

from audit.models import AuditEntry


def entries(*, actor: str = "", deed: str = "", subject: str = "") -> QuerySet[AuditEntry]:
    """Entries with what undid them, the latest first. Each of the three narrows, `subject` by a part."""
    rows = AuditEntry.objects.select_related("undone_by").order_by("-id")
    if actor:
        rows = rows.filter(actor__in=[f"@{actor.removeprefix('@')}", actor])  # a rule has no @
    if deed:
        rows = rows.filter(deed=deed)
    if subject:
        rows = rows.filter(Q(subject__icontains=subject))
    return rows


def entries_about(person_id: int) -> QuerySet[AuditEntry]:
    """What was done to that person and what is theirs, the latest first."""
    return AuditEntry.objects.filter(person_id=person_id).order_by("-id")
