"""Picture tools: look at a file from outside, refuse it with a sentence, or draw it anew without its past."""

from common.images.inspection import Picture, inspect
from common.images.profile import make_avatar, make_header
from common.images.rendering import blurhash_of, clean_animation, encode, fit_within, has_alpha, shrink

__all__ = [
    "Picture",
    "blurhash_of",
    "clean_animation",
    "encode",
    "fit_within",
    "has_alpha",
    "inspect",
    "make_avatar",
    "make_header",
    "shrink",
]
