"""Which people and which tags are found, also with a slip of the pen in their names."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from accounts.models import NameWord, User
from common.lookups import begins
from common.paging import Window
from relationships.queries import offered_people
from search.engines import Clause, find_ids
from search.query_language import NAMES, Question
from search.spelling import forgivable, is_near, near_marks
from search.words import fold, runs_of
from tweets.models import Hashtag
from tweets.queries import tags_beginning, tags_in_use

Viewer = User | AnonymousUser


def people_found(question: Question, viewer: Viewer) -> list[User]:
    """The most followed of those whose names or bio have words that begin like these.

    Two queries; three where more than SEARCH_RANKED fit, so that the well-known are among those looked at.
    """
    clauses = [Clause((*row[:-1], f"{row[-1].rstrip('*')}*")) for row in question.rows] + [
        Clause((f"{name}*",)) for name in _names(question)
    ]
    if not clauses:
        return []
    ids = find_ids("person", clauses, Window(settings.SEARCH_RANKED))
    if len(ids) == settings.SEARCH_RANKED:
        ids += _well_known(question)
    return _most_followed(ids, viewer)


def people_nearly(question: Question, viewer: Viewer) -> list[User]:
    """Those whose names have words like these but for one slip in each; two queries."""
    words = [word for row in question.rows for word in row] + _names(question)
    forgiving = [_nearly(word) for word in words]
    if not any(clause.is_choice for clause in forgiving):
        return []
    people = _most_followed(find_ids("person", forgiving, Window(settings.SEARCH_RANKED)), viewer)
    return [person for person in people if all(_fits(word, person) for word in words)]


def tags_found(question: Question, limit: int) -> list[str]:
    """Tags in public use that begin like the first word, the shortest first. Two queries."""
    first = _first_word(question)
    names = tags_beginning(first) if first else {}
    return sorted(names, key=lambda name: (len(name), name))[:limit]


def tags_nearly(question: Question, limit: int) -> list[str]:
    """Tags in public use that are the first word but for one slip, the most used first. Three queries."""
    words = forgivable(_first_word(question))
    if len(words) != 1:
        return []
    ids = find_ids("tag", [Clause(tuple(near_marks(words)), is_choice=True)], Window(settings.SEARCH_RANKED))
    listed = Hashtag.objects.filter(pk__in=ids, is_unlisted=False).values_list("pk", "name")
    used = tags_in_use([an_id for an_id, name in listed if is_near(words[0], fold(name))])
    return sorted(used, key=lambda name: (-used[name], name))[:limit]


def _names(question: Question) -> list[str]:
    return [name for it in question.conditions if it.kind in NAMES and (name := fold(it.value))]


def _first_word(question: Question) -> str:
    wanted = (it for it in question.conditions if it.kind in ("words", "tag") and not it.is_negated)
    return next((it.value for it in wanted), "")


def _well_known(question: Question) -> list[int]:
    """Of the few with many followers those whose names fit."""
    rows = User.objects.well_known()
    for word in [word for row in question.rows for word in row] + _names(question):
        fitting = NameWord.objects.filter(begins("word", word.rstrip("*")), person=OuterRef("pk"))
        rows = rows.filter(Exists(fitting))
    return list(rows.values_list("pk", flat=True)[: settings.SEARCH_RANKED])


def _nearly(word: str) -> Clause:
    """The beginning of a word, or one that is a slip away from it."""
    beginning = f"{word.rstrip('*')}*"
    near = near_marks(forgivable(word))
    return Clause((beginning, *near), is_choice=True) if near else Clause((beginning,))


def _fits(word: str, person: User) -> bool:
    """Whether it is so indeed: two words may have a rest in common and lie two slips apart."""
    beginning = word.rstrip("*")
    there = {run.folded for run in runs_of(f"{person.username} {person.display_name} {person.bio}")}
    return any(it.startswith(beginning) or is_near(word, it) for it in there)


def _most_followed(ids: Sequence[int], viewer: Viewer) -> list[User]:
    return list(offered_people(viewer).filter(pk__in=ids).order_by("-followers_count", "-id")) if ids else []
