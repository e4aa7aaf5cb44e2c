"""What belongs to tweets without being words: pictures."""

from attachments.models.attachment import Attachment

__all__ = ["Attachment"]
