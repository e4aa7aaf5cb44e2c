"""What belongs to tweets without being words: pictures, and what linked pages say of themselves."""

from attachments.models.attachment import Attachment
from attachments.models.link_card import LinkCard

__all__ = ["Attachment", "LinkCard"]
