"""One condition on words, as every engine understands it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """These words stand one after the other, or nowhere so. What ends with * is the beginning of one.

    With `is_choice` one of them is enough, wherever it stands.
    """

    words: tuple[str, ...]
    is_negated: bool = False
    is_choice: bool = False
