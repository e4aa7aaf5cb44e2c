"""Oneself as one wrote it: `Profile`, and `Preferences`."""

from typing import Any

from django.core.files.storage import default_storage

from accounts.models import ProfileField, User
from api.shapes.accounts import QUOTE_POLICY, VISIBILITY, field_of
from api.shapes.values import absolute

_PICTURES = {
    User.PicturesShown.ALL: "show_all",
    User.PicturesShown.HARMLESS: "default",
    User.PicturesShown.NONE: "hide_all",
}


def own_profile(person: User) -> dict[str, Any]:
    """`Profile`. One query."""
    avatar, header = (
        absolute(default_storage.url(name)) if name else None for name in (person.avatar, person.header)
    )
    rows = ProfileField.objects.filter(person=person).order_by("position")
    return {
        "id": str(person.pk),
        "display_name": person.display_name,
        "note": person.bio,
        "fields": [field_of(row, row.value) for row in rows],
        "avatar": avatar,
        "avatar_static": avatar,
        "avatar_description": person.avatar_description,
        "header": header,
        "header_static": header,
        "header_description": person.header_description,
        "locked": person.is_locked,
        "bot": person.is_automated,
        "hide_collections": person.hides_network,
        "discoverable": person.is_findable,
        "indexable": person.is_findable,
        "show_media": True,
        "show_media_replies": True,
        "show_featured": True,
        "attribution_domains": person.attribution_domains,
    }


def preferences(person: User) -> dict[str, Any]:
    """`Preferences`."""
    return {
        "posting:default:visibility": VISIBILITY[person.posts_to],
        "posting:default:sensitive": person.posts_sensitive,
        "posting:default:language": person.posts_language or None,
        "posting:default:quote_policy": QUOTE_POLICY[person.posts_quoters],
        "reading:expand:media": _PICTURES[User.PicturesShown(person.pictures_shown)],
        "reading:expand:spoilers": person.opens_warnings,
        "reading:autoplay:gifs": False,
    }
