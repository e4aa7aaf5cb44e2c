"""Tags as rows of their own."""

from common.errors import Invalid
from tweets.models import Hashtag
from tweets.text import find_entities, tag_key


def tag_named(name: str) -> Hashtag:
    """The tag of that name, given without #, made if nobody wrote it yet. Raises Invalid for what is none."""
    key = tag_key(name)
    known = Hashtag.objects.filter(name=key).first()
    if known is not None:
        return known
    if not is_tag(name):
        raise Invalid("No tweet can carry such a tag. Look at the spelling.")
    return Hashtag.objects.get_or_create(name=key)[0]


def is_tag(name: str) -> bool:
    """Whether a tweet could carry this very tag."""
    return [entity.value for entity in find_entities(f"#{name}") if entity.kind == "hashtag"] == [name]
