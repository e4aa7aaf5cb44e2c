"""Where pictures are kept, chosen by the environment: a local folder, Cloudinary or S3."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from twitter_clone import env


@dataclass(frozen=True, slots=True)
class Files:
    """The storages of public pictures and private originals, and the address the public ones are seen at."""

    public: dict[str, Any]
    originals: dict[str, Any]
    url: str

    @property
    def origins(self) -> list[str]:
        """The other sites that pictures come from, for the content security policy."""
        address = urlsplit(self.url)
        return [f"{address.scheme}://{address.netloc}"] if address.netloc else []


def choose(data_dir: Path) -> Files:
    """By which variables are set. Raises ImproperlyConfigured when they contradict or miss each other."""
    cloud, bucket = env.text("CLOUDINARY_CLOUD_NAME"), env.text("AWS_STORAGE_BUCKET_NAME")
    if cloud and bucket:
        raise ImproperlyConfigured(
            "CLOUDINARY_CLOUD_NAME and AWS_STORAGE_BUCKET_NAME are both set. "
            "Pictures have one place: remove one of them."
        )
    if cloud:
        return _cloudinary(cloud)
    return _s3(bucket) if bucket else _local(data_dir)


def let_others_show(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Apps in browsers draw our stand-ins for missing pictures on pages of other sites."""
    if path.endswith(".png"):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _local(data_dir: Path) -> Files:
    backend = "common.storage.local.LocalFiles"
    return Files(
        public={"BACKEND": backend},
        # Outside the folder that is served: an original still knows where it was taken.
        originals={"BACKEND": backend, "OPTIONS": {"location": data_dir / "private"}},
        url="/media/",
    )


def _cloudinary(cloud: str) -> Files:
    key, secret = env.text("CLOUDINARY_API_KEY"), env.text("CLOUDINARY_API_SECRET")
    if not key or not secret:
        raise ImproperlyConfigured(
            "CLOUDINARY_CLOUD_NAME is set, but CLOUDINARY_API_KEY or CLOUDINARY_API_SECRET is missing."
        )
    backend = "common.storage.cloudinary.CloudinaryFiles"
    account = {"cloud_name": cloud, "api_key": key, "api_secret": secret}
    return Files(
        public={"BACKEND": backend, "OPTIONS": account},
        originals={"BACKEND": backend, "OPTIONS": {**account, "private": True}},
        # “v1” stands for any version; without it the first folder could be read as a transformation.
        url=f"https://res.cloudinary.com/{cloud}/image/upload/v1/",
    )


def _s3(bucket: str) -> Files:
    endpoint, region = env.text("AWS_S3_ENDPOINT_URL").rstrip("/"), env.text("AWS_S3_REGION_NAME")
    domain = env.text("AWS_S3_CUSTOM_DOMAIN").strip("/")
    options = {
        "bucket_name": bucket,
        "access_key": env.text("AWS_ACCESS_KEY_ID") or None,  # none: the machine's own role
        "secret_key": env.text("AWS_SECRET_ACCESS_KEY") or None,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "addressing_style": "path" if endpoint else "virtual",
    }
    if domain:
        url = f"https://{domain}/"
    elif endpoint:
        url = f"{endpoint}/{bucket}/"
    else:
        url = f"https://{bucket}.s3.{f'{region}.' if region else ''}amazonaws.com/"
    backend = "common.storage.s3.S3Files"
    acl = env.text("AWS_DEFAULT_ACL")
    return Files(
        public={"BACKEND": backend, "OPTIONS": {**options, "default_acl": acl or None}},
        originals={"BACKEND": backend, "OPTIONS": options},
        url=url,
    )
