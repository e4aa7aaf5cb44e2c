"""Tables as files that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A cell that begins so would be reckoned by a spreadsheet instead of shown (OWASP, "CSV Injection").
_RECKONED = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file to keep, in UTF-8 with a mark that tells so, lines ended as RFC 4180 has it."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    for row in rows:
        writer.writerow([_shown(cell) for cell in row])
    response = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _shown(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip(" \n").startswith(_RECKONED):
        return f"'{cell}"
    return cell
