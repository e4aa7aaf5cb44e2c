"""Writing messages in tests, as the pages do."""

from accounts.models import User
from conversations.actions import send_message
from conversations.models import Conversation, Participation
from conversations.queries import inbox_of
from tests.factories import make_image
from tweets.draft import DraftImage, TweetDraft


def write(author: User, *people: User, text: str = "hello", pictures: int = 0, **draft) -> Conversation:
    images = tuple(DraftImage(make_image(author).id) for _ in range(pictures))
    recipients = tuple(person.id for person in people)
    return send_message(author, TweetDraft(text=text, recipients=recipients, images=images, **draft))


def inbox(person: User, *, requests: bool = False) -> list[int]:
    return [row.conversation_id for row in inbox_of(person, requests=requests, limit=50)]


def part(person: User, conversation: Conversation) -> Participation:
    return Participation.objects.get(person=person, conversation=conversation)
