"""The composer: what stands in its form, and the drafts it becomes."""

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Self, TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from accounts.models import User
from attachments.models import Attachment
from common.paging import whole_id
from tweets.cards import TweetCard
from tweets.draft import TweetDraft
from tweets.models import SavedDraft
from tweets.text import plain_excerpt
from web.forms.audience import Audience
from web.forms.language import LanguageChoice
from web.forms.part import Part, picture_ids, suffixes_in
from web.forms.saving import Saving
from web.forms.timing import Timing

Upload: TypeAlias = "UploadedFile[bytes]"
_WARNING_TAKEN_OVER = 100  # characters
_KEY = re.compile(r"[\w-]{1,40}", re.ASCII)
_STEPS = {"remove": 0, "up": -1, "down": 1}  # the buttons of a picture; those of a part begin with part_


@dataclass(slots=True)
class Composer:
    """A form for new tweets, or for a former one with `version` set to the revision that was read.

    Each of the `parts` becomes a tweet; with several it is a thread, and the rest holds for all of them.
    `parent` is what the first one answers, `quoted` what it quotes; an edited tweet keeps its audience, so
    it has none.
    """

    action: str = "/create/"
    parts: list[Part] = field(default_factory=lambda: [Part()])
    key: str = ""
    version: str = ""
    errors: list[str] = field(default_factory=list)
    wait_seconds: int = 0  # before it may be sent again, where it was too much in too short a time
    placeholder: str = "What is on your mind?"
    submit_label: str = "Tweet"
    audience: Audience | None = None
    language: LanguageChoice = field(default_factory=LanguageChoice)
    parent: TweetCard | None = None
    quoted: TweetCard | None = None
    is_message: bool = False
    at: int = 1  # in which part one goes on writing
    is_fresh: bool = False  # nobody wrote in it yet
    to: str | None = None  # the names a message is for, as they were typed; None where they are fixed
    saving: Saving | None = None  # the draft it writes; None where there is none to write
    timing: Timing | None = None  # when it is to be posted; None where that is not asked

    limit: int = settings.TWEET_MAX_WEIGHT
    max_parts: int = settings.THREAD_MAX_TWEETS
    max_pictures: int = settings.TWEET_MAX_PICTURES
    max_description: int = settings.PICTURE_MAX_DESCRIPTION

    @classmethod
    def blank(cls, author: User | AnonymousUser, action: str = "/create/") -> Self:
        """As the author's preferences begin it."""
        if author.pk is None:
            return cls(action=action, key=_new_key(), audience=Audience())
        return cls(
            action=action,
            key=_new_key(),
            is_fresh=True,
            parts=[Part(is_sensitive=author.posts_sensitive)],
            audience=Audience.usual_of(author),
            language=LanguageChoice.usual_of(author),
            saving=Saving(),
        )

    @classmethod
    def reply_to(cls, author: User, parent: TweetCard) -> Self:
        composer = cls.blank(author)
        composer.answer(parent)
        return composer

    @classmethod
    def sent(cls, post: QueryDict, attachments: Iterable[Attachment], action: str = "/create/") -> Self:
        """What came back, to be drawn again with everything that was in it.

        `attachments` are those of the `attachment_ids` that may be used.
        """
        there = list(attachments)
        parts = [Part.sent(post, suffix, there) for suffix in suffixes_in(post)]
        key = post.get("key", "")
        return cls(
            action=action,
            parts=parts,
            key=key if _KEY.fullmatch(key) else _new_key(),
            version=post.get("version", ""),
            audience=None if "version" in post else Audience.sent(post),
            language=LanguageChoice(post.get("language", "")),
            saving=None if "version" in post else Saving.sent(post),
        )

    @classmethod
    def holding(
        cls, drafts: Sequence[TweetDraft], attachments: Iterable[Attachment], action: str = "/create/"
    ) -> Self:
        """A fresh form with these drafts in it; `attachments` are those of their pictures that may be used.

        What they answer and quote, and whom a message is for, the view says: see web/composing.py.
        """
        there = list(attachments)
        composer = cls(action=action, key=_new_key(), audience=Audience(), saving=Saving())
        if drafts:
            composer.parts = [Part.holding(draft, there) for draft in drafts]
            composer.audience = Audience.holding(drafts[0])
            composer.language = LanguageChoice(drafts[0].language)
            composer.number()
        return composer

    def resume(self, draft: SavedDraft) -> None:
        """Go on with a draft that was saved, under its key: wherever it is posted, that happens once."""
        self.key, self.saving = draft.key, Saving.continuing(draft)

    def answer(self, parent: TweetCard) -> None:
        """Make it an answer, for no more people than what it answers was for, behind the same warning."""
        self.parent = parent
        self.placeholder = f"Reply to {parent.author.shown_name}"
        self.submit_label = "Reply"
        self._stand(f"reply:{parent.id}")
        if self.audience is not None:
            self.audience.narrow_to(parent.visibility)
        if self.is_fresh and parent.warning:
            self.parts[0].warning = _answering(parent.warning)

    def quote(self, quoted: TweetCard) -> None:
        self.quoted = quoted
        self.placeholder = "What do you say to this?"
        if self.parent is None:
            self._stand(f"quote:{quoted.id}")

    def address(self, to: str | None = None, conversation_id: int | None = None) -> None:
        """Make it a message, to the people of a conversation or to those named in `to`."""
        self._stand("message" if conversation_id is None else f"conversation:{conversation_id}")
        self.is_message, self.to, self.audience = True, to, None
        self.placeholder, self.submit_label = "Write a message", "Send"

    def _stand(self, place: str) -> None:
        if self.saving is not None:
            self.saving.place = place

    @property
    def revision(self) -> int | None:
        return whole_id(self.version)

    @property
    def places(self) -> range:
        """The numbers of the pictures that one part may hold."""
        return range(1, self.max_pictures + 1)

    @property
    def chips(self) -> list[str]:
        """What differs from the usual, in words."""
        return [*(self.audience.chips if self.audience else ()), *filter(None, [self.language.chip])]

    @property
    def is_thread(self) -> bool:
        return len(self.parts) > 1

    @property
    def may_grow(self) -> bool:
        """Whether it may become a thread."""
        return not self.version and not self.is_message

    def number(self) -> None:
        """Name the fields of all parts anew, by their order."""
        for place, part in enumerate(self.parts, 1):
            part.suffix = f"_{place}" if place > 1 else ""

    def to_draft(self) -> TweetDraft:
        """The first part, where there can be only one."""
        return self.to_drafts()[0]

    def to_drafts(self) -> list[TweetDraft]:
        """One for each part; the first has the place and the form's key, which speaks for all."""
        audience = self.audience or Audience()
        first, *rest = [
            replace(
                part.to_draft(),
                visibility=audience.visibility,
                repliers=audience.repliers,
                quoters=audience.quoters,
                language=self.language.chosen,
            )
            for part in self.parts
        ]
        first = replace(
            first,
            key=self._key_of_words(),
            reply_to_id=self.parent.id if self.parent else None,
            quote_of_id=self.quoted.id if self.quoted else None,
            saved_as=self.saving.saved_as(self.key) if self.saving else None,
        )
        return [first, *rest]

    def _key_of_words(self) -> str:
        """The form's key for these words, to these people: gone back to and rewritten, the same form is
        another tweet.
        """
        said = [
            (len(part.attachments) + len(part.lost_ids), part.warning, part.text, part.poll.choices)
            for part in self.parts
        ]
        words = sha256(f"{self.to or ''} {said}".encode(errors="surrogatepass")).hexdigest()
        return f"{self.key}-{words[:32]}"

    def tidy(self) -> None:
        """Leave out of a thread what nobody filled in; one part stays."""
        self.parts = [part for part in self.parts if not part.is_blank] or self.parts[:1]
        self.number()

    def rearrange(self, post: QueryDict) -> bool:
        """Obey a pressed button of a picture or a part; tells whether one was pressed."""
        if "add_part" in post and self.may_grow:
            self._grow()
            return True
        if "add_poll" in post:
            self.parts[0].poll.is_open = True
            return True
        for button, step in _STEPS.items():
            pressed = whole_id(post.get(f"part_{button}", ""))
            if pressed is not None and pressed <= len(self.parts):
                self.at = _move(self.parts, pressed - 1, step) + 1
            pressed = whole_id(post.get(button, ""))
            for part in self.parts:
                ids = [image.id for image in part.attachments]
                if pressed in ids:
                    _move(part.attachments, ids.index(pressed), step)
        self.parts = self.parts or [Part()]
        return any(f"{beginning}{button}" in post for button in _STEPS for beginning in ("", "part_"))

    def _grow(self) -> None:
        if len(self.parts) < self.max_parts:
            self.parts.append(Part())
            self.at = len(self.parts)
        else:
            self.errors.append(f"A thread holds at most {self.max_parts} tweets.")


def attachment_ids(post: QueryDict) -> list[int]:
    """The ids of the pictures in the form, in order, each once."""
    ids = (an_id for suffix in suffixes_in(post) for an_id in picture_ids(post, suffix))
    return list(dict.fromkeys(ids))


def new_pictures(files: Sequence[Upload], post: QueryDict, suffix: str = "") -> list[tuple[Upload, str]]:
    """Files freshly chosen for a part, with the descriptions written beside them."""
    return [(file, post.get(f"description_new_{place}{suffix}", "")) for place, file in enumerate(files, 1)]


def _move(things: list[Any], place: int, step: int) -> int:
    """Where it stands now; without a step it is gone, and what came after stands there."""
    thing = things.pop(place)
    new_place = min(max(place + step, 0), len(things))
    if step:
        things.insert(new_place, thing)
        return new_place
    return max(min(place, len(things) - 1), 0)


def _answering(warning: str) -> str:
    """The warning of an answer, which leaves room for the answer."""
    kept = plain_excerpt(warning, _WARNING_TAKEN_OVER)
    return kept if kept.lower().startswith("re:") else f"re: {kept}"


def _new_key() -> str:
    return secrets.token_urlsafe(18)
