"""The composer: what stands in its form, and the draft it becomes."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from attachments.models import Attachment
from common.paging import whole_id
from tweets.cards import TweetCard
from tweets.draft import DraftImage, TweetDraft
from web.forms.audience import Audience

Upload: TypeAlias = "UploadedFile[bytes]"
_KEY = re.compile(r"[\w-]{1,40}", re.ASCII)


@dataclass(slots=True)
class Composer:
    """A form for a new tweet, or for a former one with `version` set to the revision that was read.

    `parent` is what it answers, `quoted` what it quotes; an edited tweet keeps its audience, so it has none.
    """

    action: str = "/create/"
    text: str = ""
    key: str = ""
    version: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    lost_ids: list[int] = field(default_factory=list)  # pictures in the form that are not there (any more)
    errors: list[str] = field(default_factory=list)
    placeholder: str = "What is on your mind?"
    submit_label: str = "Tweet"
    audience: Audience | None = None
    parent: TweetCard | None = None
    quoted: TweetCard | None = None
    is_message: bool = False
    to: str | None = None  # the names a message is for, as they were typed; None where they are fixed

    limit: int = settings.TWEET_MAX_WEIGHT
    max_pictures: int = settings.TWEET_MAX_PICTURES
    max_description: int = settings.PICTURE_MAX_DESCRIPTION

    @classmethod
    def blank(cls, action: str = "/create/") -> Self:
        return cls(action=action, key=secrets.token_urlsafe(18), audience=Audience())

    @classmethod
    def reply_to(cls, parent: TweetCard) -> Self:
        composer = cls.blank()
        composer.answer(parent)
        return composer

    @classmethod
    def sent(cls, post: QueryDict, attachments: list[Attachment], action: str = "/create/") -> Self:
        """What came back, to be drawn again with everything that was in it."""
        known = {attachment.id for attachment in attachments}
        key = post.get("key", "")
        for attachment in attachments:
            attachment.description = post.get(f"description_{attachment.id}", attachment.description)
        return cls(
            action=action,
            text=post.get("text", ""),
            key=key if _KEY.fullmatch(key) else secrets.token_urlsafe(18),
            version=post.get("version", ""),
            attachments=attachments,
            audience=None if "version" in post else Audience.sent(post),
            lost_ids=[an_id for an_id in attachment_ids(post) if an_id not in known],
        )

    def answer(self, parent: TweetCard) -> None:
        """Make it an answer, for no more people than what it answers was for."""
        self.parent = parent
        self.placeholder = f"Reply to {parent.author.shown_name}"
        self.submit_label = "Reply"
        if self.audience is not None:
            self.audience.narrow_to(parent.visibility)

    def quote(self, quoted: TweetCard) -> None:
        self.quoted = quoted
        self.placeholder = "What do you say to this?"

    def address(self, to: str | None = None) -> None:
        """Make it a message, to the people of a conversation or to those named in `to`."""
        self.is_message, self.to, self.audience = True, to, None
        self.placeholder, self.submit_label = "Write a message", "Send"

    @property
    def revision(self) -> int | None:
        return whole_id(self.version)

    def to_draft(self) -> TweetDraft:
        """Lost pictures stay in the draft, so that nothing is posted without what its author chose."""
        audience = self.audience or Audience()
        images = [DraftImage(image.id, image.description) for image in self.attachments]
        images += [DraftImage(an_id) for an_id in self.lost_ids]
        return TweetDraft(
            text=self.text,
            images=tuple(images),
            key=self._key_of_words(len(images)),
            visibility=audience.visibility,
            repliers=audience.repliers,
            quoters=audience.quoters,
            reply_to_id=self.parent.id if self.parent else None,
            quote_of_id=self.quoted.id if self.quoted else None,
        )

    def _key_of_words(self, pictures: int) -> str:
        """The form's key for these words, to these people: gone back to and rewritten, the same form is
        another tweet.
        """
        words = sha256(f"{pictures} {self.to or ''} {self.text}".encode(errors="surrogatepass")).hexdigest()
        return f"{self.key}-{words[:32]}"

    def rearrange(self, post: QueryDict) -> bool:
        """Obey a pressed remove, up or down button; tells whether one was pressed."""
        ids = [image.id for image in self.attachments]
        for button, step in (("remove", 0), ("up", -1), ("down", 1)):
            pressed = whole_id(post.get(button, ""))
            if button not in post:
                continue
            if pressed in ids:
                self._move(ids.index(pressed), step)
            return True
        return False

    def _move(self, place: int, step: int) -> None:
        image = self.attachments.pop(place)
        if step:
            self.attachments.insert(max(place + step, 0), image)


def attachment_ids(post: QueryDict) -> list[int]:
    """The ids of the pictures in the form, in order, each once."""
    found = (whole_id(text) for text in post.getlist("attachments"))
    return list(dict.fromkeys(an_id for an_id in found if an_id is not None))


def new_pictures(files: Sequence[Upload], post: QueryDict) -> list[tuple[Upload, str]]:
    """Freshly chosen files with the descriptions written beside them."""
    return [(file, post.get(f"description_new_{place}", "")) for place, file in enumerate(files, 1)]
