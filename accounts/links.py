"""Looking whether the pages that profiles link to link back: a job for each, by the guarded way out."""

from django.conf import settings
from django_tasks import task

from accounts.actions import claim_due_links, note_check
from accounts.link_pages import links_back
from accounts.models import ProfileField
from common.outside import Refused, Unreachable, fetch
from events.bus import outside_transaction

_MOST_AT_ONCE = 100
_PASSING = {408, 425, 429}  # what a server says that has no time just now; and everything from 500


def look_at_due_links(person_id: int | None = None) -> None:
    """Promise a job for each link that is due, of that person or of everybody."""
    for field_id in claim_due_links(_MOST_AT_ONCE, person_id):
        check_link.enqueue(field_id)


@task(queue_name="outside")
@outside_transaction
def check_link(field_id: int) -> None:
    """Ask for the page and note what it says."""
    field = ProfileField.objects.select_related("person").filter(pk=field_id).first()
    if field is not None and field.is_link:
        profile_url = f"{settings.SITE_URL}{field.person.path}"
        note_check(field_id, field.value, _links_back(field.value, profile_url))


def _links_back(url: str, profile_url: str) -> bool | None:
    """Yes, no, or None when nobody can tell just now."""
    try:
        answer = fetch(url, accept=("text/html", "application/xhtml+xml"))
    except Unreachable:
        return None
    except Refused:
        return False
    if answer.status in _PASSING or answer.status >= 500:
        return None
    return answer.status == 200 and links_back(answer.text, answer.url, profile_url)
