"""Messages for the scenes: between two, in a group, and from a stranger."""

from accounts.models import User
from attachments.actions import upload
from conversations.actions import send_message
from conversations.models import Conversation
from tests.factories import picture_file
from tweets.draft import DraftImage, TweetDraft


def write_letters(reader: User, friend: User, other: User, stranger: User) -> dict[str, str]:
    """The paths of the reader's conversations, by name."""
    _send(reader, "Are you coming to the harbour tonight? The boats are lit.", friend)
    _send(friend, "Yes! Around eight, after work.\n\nShall I bring the blue umbrella?", reader)
    pair = _send(reader, "Please do, they promise rain: https://example.org/weather/harbour", friend)
    _send(friend, "", reader, picture=True)
    _send(friend, "This one. See you there.", reader)
    group = _send(reader, "Sunday breakfast at our place, ten o'clock?", friend, other)
    _send(other, "I bring bread and the good jam.", reader, friend)
    _send(friend, "Count me in 🥐", reader, other)
    request = _send(stranger, "Hello, we met at the reading. Is this your account?", reader)
    return {
        "conversation": f"/messages/{pair.pk}/",
        "group": f"/messages/{group.pk}/",
        "request": f"/messages/{request.pk}/",
    }


def _send(author: User, text: str, *people: User, picture: bool = False) -> Conversation:
    images: tuple[DraftImage, ...] = ()
    if picture:
        image = upload(author, picture_file(size=(900, 600), colour="steelblue"), "A blue umbrella, opened")
        images = (DraftImage(image.id, image.description),)
    return send_message(author, TweetDraft(text, images, recipients=tuple(person.id for person in people)))
