"""Files in an S3 bucket, or whatever speaks its protocol (MinIO, R2, Garage), through django-storages."""

from typing import Any

from boto3.exceptions import S3UploadFailedError
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage

from common.storage.errors import NO_ANSWER, NotStored
from common.storage.types import CACHE_CONTROL, content_type_of

_REFUSALS = (S3UploadFailedError, BotoCoreError, ClientError)


@deconstructible
class S3Files(S3Storage):  # type: ignore[misc]  # the package has no types
    """Short waits, our own table of content types, and addresses made without asking anyone."""

    def __init__(self, *, addressing_style: str = "auto", **options: Any) -> None:
        client = Config(
            connect_timeout=5,
            read_timeout=20,
            retries={"total_max_attempts": 2},
            s3={"addressing_style": addressing_style},
        )
        # Names are random, so a name that exists is one of ours to be replaced.
        super().__init__(client_config=client, file_overwrite=True, querystring_auth=False, **options)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{name}"

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        return {
            "ContentType": content_type_of(name),
            "ContentDisposition": "inline",
            "CacheControl": CACHE_CONTROL,
        }

    def delete(self, name: str) -> None:
        """Remove the file; one that is gone already is fine. Raises NotStored when nobody answers."""
        try:
            super().delete(name)
        except _REFUSALS as error:
            raise NotStored(NO_ANSWER) from error

    def _save(self, name: str, content: "File[bytes]") -> str:
        try:
            return str(super()._save(name, content))
        except _REFUSALS as error:
            raise NotStored(NO_ANSWER) from error
