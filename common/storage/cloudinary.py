"""Files kept by Cloudinary, through its SDK. Nothing here asks over the network whether a file exists.

Public pictures are of its type “upload”; the private ones are raw files of its type “private”, which
only a signed address opens (cloudinary.com/documentation, “Upload API”).
"""

from pathlib import PurePosixPath
from typing import Any

import urllib3
from cloudinary import exceptions, uploader, utils
from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from common.storage.errors import NO_ANSWER, NotStored

_API = "https://api.cloudinary.com"
_TIMEOUT_SECONDS = 20
_DOWNLOAD_TIMEOUT = urllib3.Timeout(connect=5, read=_TIMEOUT_SECONDS)


@deconstructible
class CloudinaryFiles(Storage):
    """`private` files can be opened by this server alone; all others have a public address."""

    def __init__(
        self, cloud_name: str, api_key: str, api_secret: str, *, private: bool = False, api_url: str = ""
    ) -> None:
        self._private = private
        self._account: dict[str, Any] = {
            "cloud_name": cloud_name,
            "api_key": api_key,
            "api_secret": api_secret,
            "upload_prefix": api_url.rstrip("/") or _API,
        }
        self._kind = {
            "resource_type": "raw" if private else "image",
            "type": "private" if private else "upload",
        }

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: ours are random, and storing one again means replacing it."""
        return name

    def url(self, name: str | None) -> str:
        return f"{settings.MEDIA_URL}{name}"

    def delete(self, name: str) -> None:
        """Remove the file; one that is gone already is fine. Raises NotStored when nobody answers."""
        try:
            uploader.destroy(
                self._public_id(name), invalidate=True, timeout=_TIMEOUT_SECONDS, **self._options()
            )
        except exceptions.Error as error:
            raise NotStored(NO_ANSWER) from error

    def exists(self, name: str) -> bool:
        """Always no: names are random, and asking would cost a request."""
        return False

    def _save(self, name: str, content: "File[bytes]") -> str:
        try:
            uploader.upload(
                content.read(),
                public_id=self._public_id(name),
                overwrite=True,
                timeout=_TIMEOUT_SECONDS,
                **self._options(),
            )
        except exceptions.Error as error:
            raise NotStored(NO_ANSWER) from error
        return name

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        address = self.url(name)
        if self._private:
            address = utils.private_download_url(self._public_id(name), "", **self._options())
        answer = urllib3.request("GET", address, timeout=_DOWNLOAD_TIMEOUT, retries=False)
        if answer.status == 404:
            raise FileNotFoundError(name)
        if answer.status != 200:
            raise OSError(f"Cloudinary answered {answer.status} for {name}.")
        return ContentFile(answer.data, name=name)

    def _public_id(self, name: str) -> str:
        """Pictures are known without the ending, which only chooses how they are sent; raw files keep it."""
        return name if self._private else str(PurePosixPath(name).with_suffix(""))

    def _options(self) -> dict[str, Any]:
        return {**self._account, **self._kind}
