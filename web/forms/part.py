"""One tweet of the composer: its own words and pictures. A thread has several of these, a tweet has one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.http import QueryDict

from attachments.models import Attachment
from common.paging import whole_id
from tweets.draft import DraftImage, TweetDraft
from web.forms.poll import PollFields

_TEXT = re.compile(r"text(_[1-9]\d{0,3})?", re.ASCII)


@dataclass(slots=True)
class Part:
    """`suffix` ends the names of its fields: nothing in the first part, _2 and so on in those that follow.

    What belongs to one tweet of a thread is read and written here; what belongs to all of them is the
    Composer's.
    """

    suffix: str = ""
    text: str = ""
    warning: str = ""
    is_sensitive: bool = False  # its pictures, as soon as it has some
    poll: PollFields = field(default_factory=PollFields)
    attachments: list[Attachment] = field(default_factory=list)
    lost_ids: list[int] = field(default_factory=list)  # pictures in the form that are not there (any more)

    @classmethod
    def sent(cls, post: QueryDict, suffix: str, there: Iterable[Attachment]) -> Self:
        """What came back; `there` are the pictures that may be used, of this part and of others."""
        known = {attachment.id: attachment for attachment in there}
        ids = picture_ids(post, suffix)
        attachments = [known[an_id] for an_id in ids if an_id in known]
        for attachment in attachments:
            attachment.description = post.get(f"description_{attachment.id}", attachment.description)
        return cls(
            suffix=suffix,
            text=post.get(f"text{suffix}", ""),
            warning=post.get(f"warning{suffix}", ""),
            is_sensitive=f"is_sensitive{suffix}" in post,
            poll=PollFields.sent(post, suffix),
            attachments=attachments,
            lost_ids=[an_id for an_id in ids if an_id not in known],
        )

    @classmethod
    def holding(cls, draft: TweetDraft, there: Iterable[Attachment]) -> Self:
        """What a draft says; `there` are the pictures that may be used, of this part and of others."""
        known = {attachment.id: attachment for attachment in there}
        shown = [image for image in draft.images if image.attachment_id in known]
        for image in shown:
            known[image.attachment_id].description = image.description
        return cls(
            text=draft.text,
            warning=draft.warning,
            is_sensitive=draft.is_sensitive,
            poll=PollFields.holding(draft.poll),
            attachments=[known[image.attachment_id] for image in shown],
        )

    def to_draft(self) -> TweetDraft:
        """Lost pictures stay in the draft, so that nothing is posted without what its author chose."""
        images = [DraftImage(image.id, image.description) for image in self.attachments]
        images += [DraftImage(an_id) for an_id in self.lost_ids]
        return TweetDraft(
            text=self.text,
            images=tuple(images),
            warning=self.warning,
            is_sensitive=self.is_sensitive and bool(images),
            poll=self.poll.to_draft(),
        )

    @property
    def is_blank(self) -> bool:
        said = self.text.strip() or self.warning.strip() or self.poll.to_draft()
        return not (said or self.attachments or self.lost_ids)


def suffixes_in(post: QueryDict) -> list[str]:
    """Those of the parts of a form, in the order in which they stand in it: the first is the first tweet.

    A script that moves or removes a part leaves the names of all fields as they are.
    """
    found = (_TEXT.fullmatch(name) for name in post)
    return [match[1] or "" for match in found if match] or [""]


def picture_ids(post: QueryDict, suffix: str) -> list[int]:
    """The ids of the pictures in one part, in order, each once."""
    found = (whole_id(text) for text in post.getlist(f"attachments{suffix}"))
    return list(dict.fromkeys(an_id for an_id in found if an_id is not None))
