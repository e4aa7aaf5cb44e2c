"""Looking words up in PostgreSQL's full text: a column of the documents follows their words (see migrations).

The words are handed over as finished lexemes with their places, so that no dictionary changes them.
"""

import time
from collections.abc import Sequence

from search.engines.clause import Clause

clock = time.perf_counter

TABLES = {
    "tweet": ("search_tweetdocument", "tweet_id"),
    "person": ("search_persondocument", "person_id"),
    "tag": ("search_tagdocument", "tag_id"),
}
UNORDERED = " + 0"  # no index has this order, so the one of the words is chosen
_LAST_PLACE = 16_383  # PostgreSQL counts no further


def condition(table: str) -> str:
    return f"{table}.vector @@ %s::tsquery"


def document(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words as a tsvector writes them. A place stays empty between rows, so they do not touch."""
    places: dict[str, list[int]] = {}
    place = 0
    for row in rows:
        for word in row:
            place += 1
            if place <= _LAST_PLACE:
                places.setdefault(word, []).append(place)
        place += 1
    return " ".join(f"'{word}':{','.join(map(str, at[:255]))}" for word, at in places.items())


def expression(clauses: Sequence[Clause]) -> str:
    """Everything that has to hold, as a tsquery writes it; nothing wanted matches everything."""
    return " & ".join(("!" if clause.is_negated else "") + _row(clause) for clause in clauses)


def _row(clause: Clause) -> str:
    words = (f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'" for word in clause.words)
    return f"({(' | ' if clause.is_choice else ' <-> ').join(words)})"
