"""How our pages are called from outside: whole addresses."""

from django.conf import settings
from django.utils.encoding import iri_to_uri


def outside_address(path: str) -> str:
    """The whole address of one of our paths; pictures may lie elsewhere and have theirs already."""
    return iri_to_uri(path if path.startswith("http") else settings.SITE_URL + path)
