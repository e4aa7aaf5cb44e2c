"""Static files under hashed names, compressed while the server starts."""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """Only what the site's own pages load is compressed: the admin and the libraries bring two hundred more
    files, and squeezing them took most of the time until a new server answered.
    """

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        compressed: Iterator[tuple[str, str]] = super().compress_files(
            [path for path in paths if path.startswith("web/")]
        )
        return compressed
