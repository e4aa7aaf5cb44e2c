"""Pages that the people of the demo link to: none exists, so what they would say is put down for them."""

from attachments.actions import claim_link_card, note_link, show_page
from attachments.link_cards import draw_picture
from attachments.link_pages import PageFacts
from common.images import inspect
from twitter_clone.demo.landscapes import jpeg
from twitter_clone.demo.scenes import SCENES
from twitter_clone.demo.script import DemoPage


def show_demo_page(page: DemoPage, seed: int) -> None:
    """Make its link card as if the page had just answered. Nothing is asked of anybody."""
    noted = note_link(page.url)
    card = claim_link_card(noted.id) if noted else None
    if card is None:
        return
    facts = PageFacts(title=page.title, description=page.description)
    drawn = (
        draw_picture(card, facts, inspect(jpeg(SCENES[page.scene], page.size, seed))) if page.scene else None
    )
    show_page(card, facts, drawn)
