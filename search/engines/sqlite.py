"""Looking words up in SQLite's FTS5, whose tables follow those of the documents by triggers (see migrations).

The tokenizer there splits at spaces and leaves everything else alone: folding is done in search/words.
"""

import time
from collections.abc import Sequence

from search.engines.clause import Clause

TABLES = {
    "tweet": ("search_tweetwords", "rowid"),
    "person": ("search_personwords", "rowid"),
    "tag": ("search_tagwords", "rowid"),
}
clock = time.thread_time  # it works in this very thread: what others do meanwhile does not count

UNORDERED = ""  # FTS5 always walks in the order of ids, over what matches alone
_APART = "apart:"  # stands between rows, so that their words are no neighbours
_EVERY = "every:"  # stands in each document: FTS5 can only take away from something


def condition(table: str) -> str:
    return f"{table} MATCH %s"


def document(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words as the table keeps them."""
    return " ".join([word for row in rows if row for word in (*row, _APART)] + [_EVERY])


def expression(clauses: Sequence[Clause]) -> str:
    """Everything that has to hold, in the language of FTS5."""
    wanted = [_row(clause) for clause in clauses if not clause.is_negated] or [f'"{_EVERY}"']
    unwanted = [_row(clause) for clause in clauses if clause.is_negated]
    return f"({' AND '.join(wanted)})" + (f" NOT ({' OR '.join(unwanted)})" if unwanted else "")


def _row(clause: Clause) -> str:
    words = (f'"{word[:-1]}" *' if word.endswith("*") else f'"{word}"' for word in clause.words)
    return f"({(' OR ' if clause.is_choice else ' + ').join(words)})"
