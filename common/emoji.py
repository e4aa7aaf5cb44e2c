"""What one emoji is, in the shapes of Unicode's TR51: flags, keycaps, flags of regions, and up to four people
or things joined into one.

Longer chains are in no font. © and ® are letters until a variation selector makes them pictures.
"""

import regex

_PICTURE = r"(?:(?![©®](?!\uFE0F))\p{Extended_Pictographic}\p{Emoji_Modifier}?+\uFE0F?+)"
EMOJI = (
    r"\p{RI}\p{RI}"
    r"|[0-9#*]\uFE0F?\u20E3"
    r"|\U0001F3F4[\U000E0030-\U000E0039\U000E0061-\U000E007A]{2,6}\U000E007F"
    rf"|{_PICTURE}(?:\u200D{_PICTURE}){{0,3}}+"
    r"|\p{Emoji_Modifier}\uFE0F?+"
)
_ONE = regex.compile(EMOJI)


def is_emoji(text: str) -> bool:
    """Whether the text is one emoji and nothing else."""
    return _ONE.fullmatch(text) is not None
