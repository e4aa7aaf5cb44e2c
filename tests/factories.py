"""Makers of rows for tests, through the same actions as the doors."""

import itertools
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.actions import note_names
from accounts.models import User
from attachments.actions import claim_link_card, note_link, show_page, upload
from attachments.link_cards import draw_picture
from attachments.link_pages import PageFacts
from attachments.models import Attachment, LinkCard
from common.images import inspect
from tweets.actions import post_tweet, take_up_link
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Tweet

_numbers = itertools.count(1)
PASSWORD = "correct horse battery"


def make_user(username: str = "", *, confirmed: bool = True, **fields: object) -> User:
    """A person with the password PASSWORD; confirmed unless said otherwise."""
    username = username or f"person{next(_numbers)}"
    person = User.objects.create_user(
        username,
        email=f"{username}@example.org",
        password=PASSWORD,
        email_confirmed_at=timezone.now() if confirmed else None,
        **fields,
    )
    note_names(person)
    return person


def make_tweet(
    author: User, text: str = "", images: list[Attachment] | None = None, **choices: object
) -> Tweet:
    draft = TweetDraft(
        text=text or f"Tweet number {next(_numbers)}",
        images=tuple(DraftImage(image.id, image.description) for image in images or []),
        **choices,
    )
    return post_tweet(author, draft)


def make_reply(author: User, parent: Tweet, text: str = "", **draft: object) -> Tweet:
    said = text or f"Answer number {next(_numbers)}"
    return post_tweet(author, TweetDraft(text=said, reply_to_id=parent.id, **draft))


def make_quote(author: User, quoted: Tweet, text: str = "", **draft: object) -> Tweet:
    said = text or f"Quote number {next(_numbers)}"
    return post_tweet(author, TweetDraft(text=said, quote_of_id=quoted.id, **draft))


def picture_file(
    name: str = "holiday.png", size: tuple[int, int] = (80, 60), colour: str = "teal", kind: str = "PNG"
) -> SimpleUploadedFile:
    """A small true picture, as a browser would send it."""
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type=f"image/{kind.lower()}")


def make_image(owner: User, description: str = "", **picture: object) -> Attachment:
    return upload(owner, picture_file(**picture), description)


def make_page(
    url: str,
    title: str = "A page",
    description: str = "What it is about",
    picture: tuple[int, int] | None = None,
) -> LinkCard:
    """The card of a page as if it had just been asked; `picture` is the size of its picture in pixels."""
    card = claim_link_card(note_link(url).id)
    facts = PageFacts(title=title, description=description, site_name="Example", author_name="Ana Writer")
    drawn = draw_picture(card, facts, inspect(picture_file(size=picture))) if picture else None
    show_page(card, facts, drawn)
    card.refresh_from_db()
    return card


def make_tweet_with_page(author: User, text: str = "", **page: object) -> Tweet:
    """A tweet that links to a page whose card is there already."""
    url = f"https://example.org/{next(_numbers)}"
    make_page(url, **page)
    tweet = make_tweet(author, f"{text} {url}")
    take_up_link(tweet.id)
    return tweet
