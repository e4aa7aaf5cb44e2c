"""What follows when pictures come and go."""

from attachments import actions, files
from attachments.models import Attachment
from events.bus import outside_transaction, queue
from events.catalogue import ImagesDiscarded, ImageUploaded


@queue("media")
@outside_transaction
def process_image(event: ImageUploaded) -> None:
    """Make the larger files of a new picture."""
    attachment = Attachment.objects.filter(pk=event.attachment_id).first()
    if attachment is not None:
        actions.process(attachment)


@queue("media")
@outside_transaction
def remove_files(event: ImagesDiscarded) -> None:
    """Let the files follow the rows that are gone."""
    files.remove(event.names)
