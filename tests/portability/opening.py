"""Reading archives as their owners do."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

from portability.actions import ask_for_export, make_some
from portability.models import Export
from portability.queries import content_of


def made(owner) -> Export:
    """Asked for, and made in as many steps as it takes."""
    export = ask_for_export(owner)
    while make_some(export.pk):
        pass
    export.refresh_from_db()
    return export


def opened(export: Export) -> ZipFile:
    """Every checksum in it is right."""
    found = b"".join(content_of(export))
    assert len(found) == export.size
    archive = ZipFile(BytesIO(found))
    assert archive.testzip() is None
    return archive


def tweets_in(archive: ZipFile) -> list[dict]:
    names = sorted(
        name for name in archive.namelist() if name.endswith(".json") and name.startswith("tweets/")
    )
    return [tweet for name in names for tweet in json.loads(archive.read(name))]


def table_in(archive: ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(StringIO(archive.read(name).decode())))
