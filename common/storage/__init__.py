"""Where files are kept: a local folder, Cloudinary or S3. The settings choose; see docs/pictures.md."""

from common.storage.errors import NotStored

__all__ = ["NotStored"]
