"""What follows when pictures come and go, and when links are noted."""

from attachments import actions, files, link_cards
from attachments.models import Attachment
from events.bus import outside_transaction, queue
from events.catalogue import ImagesDiscarded, ImageUploaded, LinkNoted


@queue("media")
@outside_transaction
def process_image(event: ImageUploaded) -> None:
    """Make the larger files of a new picture."""
    attachment = Attachment.objects.filter(pk=event.attachment_id).first()
    if attachment is not None:
        actions.process(attachment)


@queue("outside")
@outside_transaction
def fetch_link_card(event: LinkNoted) -> None:
    """Ask what the linked page says of itself."""
    link_cards.fetch_link_card(event.card_id)


@queue("media")
@outside_transaction
def remove_files(event: ImagesDiscarded) -> None:
    """Let the files follow the rows that are gone."""
    files.remove(event.names)
