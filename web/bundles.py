"""One style and one script per page: which parts they are made of, in order, and a finder that joins them."""

import atexit
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(__file__).resolve().parent / "static"

STYLES = (
    "web/vendor/bootstrap.css",
    "web/css/tokens.css",
    "web/css/base.css",
    "web/css/icon.css",
    "web/css/frame.css",
    "web/css/navigation.css",
    "web/css/avatar.css",
    "web/css/button.css",
    "web/css/menu.css",
    "web/css/bar.css",
    "web/css/tabs.css",
    "web/css/composer.css",
    "web/css/suggest.css",
    "web/css/upload.css",
    "web/css/writing.css",
    "web/css/form.css",
    "web/css/tweet.css",
    "web/css/filtered.css",
    "web/css/warning.css",
    "web/css/actions.css",
    "web/css/quote.css",
    "web/css/linkcard.css",
    "web/css/poll.css",
    "web/css/thread.css",
    "web/css/feed.css",
    "web/css/pill.css",
    "web/css/notifications.css",
    "web/css/messages.css",
    "web/css/media.css",
    "web/css/lightbox.css",
    "web/css/profile.css",
    "web/css/people.css",
    "web/css/history.css",
    "web/css/keys.css",
    "web/css/toast.css",
    "web/css/empty.css",
    "web/css/settings.css",
    "web/css/security.css",
    "web/css/moderation.css",
    "web/css/table.css",
    "web/css/statistics.css",
    "web/css/welcome.css",
    "web/css/narrow.css",
    "web/css/apps.css",
    "web/css/manual.css",
    "web/css/mailbox.css",
    "web/css/embed.css",
    "web/css/search.css",
    "web/css/trends.css",
    "web/css/side.css",
    "web/css/error.css",
    "web/css/last.css",
)

SCRIPTS = (
    "web/js/bars.js",
    "web/js/toasts.js",
    "web/js/menus.js",
    "web/js/times.js",
    "web/js/copy.js",
    "web/js/print.js",
    "web/js/clicks.js",
    "web/js/cards.js",
    "web/js/gestures.js",
    "web/js/opens.js",
    "web/js/feed.js",
    "web/js/placeholders.js",
    "web/js/lightbox.js",
    "web/js/weight.js",
    "web/js/composer.js",
    "web/js/parts.js",
    "web/js/polls.js",
    "web/js/shows.js",
    "web/js/warnings.js",
    "web/js/suggest.js",
    "web/js/audience.js",
    "web/js/uploads.js",
    "web/js/drafts.js",
    "web/js/timing.js",
    "web/js/passkeys.js",  # before forms.js, which takes a form that is sent for one on its way
    "web/js/forms.js",
    "web/js/theme.js",
    "web/js/keys.js",
    "web/js/news.js",
    "web/js/pill.js",
    "web/js/live.js",
)

# Beside the site's own script, so that a new release of ours leaves it in the reader's cache.
HTMX = "web/vendor/htmx.js"

BUNDLES = {"web/site.css": STYLES, "web/site.js": SCRIPTS}


class BundleFinder(BaseFinder):
    """Offers each bundle as one file, the way other finders offer files that lie on the disk."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The joined file's path, or an empty list. Any other name belongs to the other finders."""
        if path not in BUNDLES:
            return []
        found = _build(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=_folder())
        for path in BUNDLES:
            _build(path)
            yield path, storage


_made: list[tempfile.TemporaryDirectory[str]] = []


def _build(path: str) -> str:
    """Join the parts if one is newer than what was joined before; the result is as old as its newest part."""
    parts = [SOURCE / part for part in BUNDLES[path]]
    newest = max(part.stat().st_mtime for part in parts)
    target = Path(_folder(), path)
    if not target.exists() or target.stat().st_mtime != newest:
        target.parent.mkdir(parents=True, exist_ok=True)
        written = target.with_name(f"{target.name}.{os.getpid()}")
        # A part lies one folder deeper than what it becomes part of: so do the files it names.
        written.write_text("\n".join(part.read_text() for part in parts).replace('url("../', 'url("'))
        os.utime(written, (newest, newest))
        written.replace(target)
    return str(target)


def _folder() -> str:
    """A folder of this process alone, gone when it ends: the place of the source may be read-only."""
    if not _made:
        _made.append(tempfile.TemporaryDirectory(prefix="twitter-clone-bundles-"))
        atexit.register(_made[0].cleanup)
    return _made[0].name
