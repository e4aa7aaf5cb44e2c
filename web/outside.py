"""How our pages look from outside: whole addresses, and what other sites show of a link to them."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.encoding import iri_to_uri

from accounts.models import User
from tweets.cards import TweetCard
from tweets.text import plain_excerpt

_DESCRIPTION_LENGTH = 200  # characters


@dataclass(frozen=True, slots=True)
class Preview:
    """What a site that links here may show (ogp.me); `is_large` when the picture is the news."""

    kind: str
    title: str
    description: str
    address: str
    image: str
    image_description: str
    is_large: bool


def outside_address(path: str) -> str:
    """The whole address of one of our paths; pictures may lie elsewhere and have theirs already."""
    return iri_to_uri(path if path.startswith("http") else settings.SITE_URL + path)


def tweet_preview(card: TweetCard) -> Preview | None:
    """None for what is not for everybody: whoever fetches previews shows them to anybody."""
    if not card.is_open:
        return None
    picture = next(iter(card.shown_unasked), None)
    return Preview(
        kind="article",
        title=f"{card.author.shown_name} ({card.author.full_handle})",
        description=plain_excerpt(card.gist, _DESCRIPTION_LENGTH),
        address=outside_address(card.path),
        image=outside_address(picture.url) if picture else _image(card.author.avatar_url),
        image_description=picture.description if picture else "",
        is_large=picture is not None,
    )


def profile_preview(person: User) -> Preview:
    return Preview(
        kind="profile",
        title=f"{person.shown_name} ({person.full_handle})",
        description=plain_excerpt(person.bio, _DESCRIPTION_LENGTH),
        address=outside_address(person.path),
        image=_image(person.avatar_url),
        image_description="",
        is_large=False,
    )


def _image(avatar_url: str) -> str:
    """Few sites draw SVG, which initials are: the site's mark stands in for them."""
    return outside_address(
        staticfiles_storage.url("web/touch-icon.png") if avatar_url.endswith(".svg") else avatar_url
    )
