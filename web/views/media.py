"""Stored pictures of the local folder, sent so that no browser can be talked into more than drawing them.

Sessions, cookies and the database stay untouched: a page asks for dozens of these.
"""

import os
import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from common.storage.types import content_type_of
from web.inert import inert

# Names as we make them: no dot but the last, so no way up and no hidden file.
_NAME = re.compile(r"(?:pictures|avatars|headers)(?:/[\w-]{1,64}){1,3}\.(?:webp|jpg|png|gif)", re.ASCII)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)  # a list of ranges may be answered with all


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file by its stored name; knows `If-None-Match` and a single range (RFC 9110)."""
    file = _open(name)
    if file is None:
        return HttpResponseNotFound("There is no such picture.", content_type="text/plain; charset=utf-8")
    size, etag = _facts(file)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        file.close()
        return inert(unchanged)
    response = _answer(request, file, name, size, etag)
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = f'inline; filename="picture{Path(name).suffix}"'
    return inert(response)


def _open(name: str) -> BinaryIO | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        return (Path(settings.MEDIA_ROOT) / name).open("rb")
    except OSError:
        return None


def _facts(file: BinaryIO) -> tuple[int, str]:
    facts = os.fstat(file.fileno())
    return facts.st_size, f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'


def _answer(request: HttpRequest, file: BinaryIO, name: str, size: int, etag: str) -> HttpResponseBase:
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted is None or request.headers.get("If-Range", etag) != etag or wanted.groups() == ("", ""):
        return FileResponse(file, content_type=content_type_of(name))
    with file:
        return _part(file, content_type_of(name), size, *wanted.groups())


def _part(file: BinaryIO, content_type: str, size: int, first: str, last: str) -> HttpResponse:
    """From byte `first` to byte `last`; without `first` the last so many, without `last` the rest."""
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        refused = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    file.seek(start)
    part = HttpResponse(file.read(end - start + 1), status=206, content_type=content_type)
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return part
