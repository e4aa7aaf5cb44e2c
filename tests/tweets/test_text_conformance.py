"""The public twitter-text conformance cases, where the shared data folder stands beside the repository."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.tweets.text_differences import DIFFERENCES
from tweets.text import parse, weight


def _shared_folder():
    beside = (folder / "shared" / "data" / "twitter-text" for folder in Path(__file__).resolve().parents)
    return next((folder for folder in beside if folder.is_dir()), None)


FOLDER = _shared_folder()
WITHOUT_DATA = "the shared folder with the twitter-text cases is not beside this repository"


def _cases():
    if FOLDER is None:
        return [pytest.param("", "", {}, marks=pytest.mark.skip(reason=WITHOUT_DATA))]
    return [
        pytest.param(f"{file}/{group}/{case['description']}", group, case, id=f"{file}-{group}-{number}")
        for file in ("extract", "validate")
        for group, cases in json.loads((FOLDER / f"{file}.json").read_text("utf-8")).items()
        for number, case in enumerate(cases)
    ]


@pytest.mark.parametrize(("name", "group", "case"), _cases())
def test_twitter_text_case(name, group, case):
    answer = READERS[name.partition("/")[0], group](case["text"])
    if name in DIFFERENCES:
        assert answer != case["expected"], f"passes again, so take it off the list of differences: {name}"
    else:
        assert answer == case["expected"]


@pytest.mark.skipif(FOLDER is None, reason=WITHOUT_DATA)
def test_every_listed_difference_is_a_case():
    names = {case.values[0] for case in _cases()}
    assert set(DIFFERENCES) <= names
    assert all(reason.strip() for reason in DIFFERENCES.values())


@pytest.mark.skipif(FOLDER is None, reason=WITHOUT_DATA)
def test_weights_are_those_of_the_public_configuration():
    assert json.loads((FOLDER / "config-v3.json").read_text("utf-8")) == {
        "version": 3,
        "maxWeightedTweetLength": weight.MAX_WEIGHT,
        "scale": weight.SCALE,
        "defaultWeight": weight.DEFAULT_WEIGHT,
        "emojiParsingEnabled": True,
        "transformedURLLength": weight.LINK_WEIGHT // weight.SCALE,
        "ranges": [
            {"start": first, "end": last, "weight": weight.LIGHT_WEIGHT}
            for first, last in weight.LIGHT_RANGES
        ],
    }


def _found(kind):
    return lambda text: [entity.value for entity in parse(text).entities if entity.kind == kind]


def _found_with_indices(kind, name):
    return lambda text: [
        {name: entity.value, "indices": [entity.start, entity.end]}
        for entity in parse(text).entities
        if entity.kind == kind
    ]


def _is_exactly_one(kind):
    return lambda text: [(kind, 0, len(text))] == [entity[:3] for entity in parse(text).entities]


def _replied_to(text):
    first = next(iter(parse(text).entities), None)
    begins = first and first.kind == "mention" and not text[: first.start].strip()
    return first.value if begins else None


def _result(text):
    """What twitter-text calls a parse result; its ranges count UTF-16 units of the text before NFC."""
    parsed = parse(text)
    composed = _utf16_length(_composed(text))
    offset = _utf16_length(text) - composed
    within = _utf16_length(_composed(text)[: parsed.fits_until])
    return {
        "weightedLength": parsed.weight,
        "permillage": parsed.weight * 1000 // 280,
        "valid": parsed.valid,
        "displayRangeStart": 0,
        "displayRangeEnd": composed + offset - 1,
        "validRangeStart": 0,
        "validRangeEnd": within + offset - 1,
    }


def _composed(text):
    return normalize("NFC", text)


def _utf16_length(text):
    return len(text.encode("utf-16-le")) // 2


READERS = {
    ("extract", "cashtags"): _found("cashtag"),
    ("extract", "hashtags"): _found("hashtag"),
    ("extract", "hashtags_from_astral"): _found("hashtag"),
    ("extract", "hashtags_with_indices"): _found_with_indices("hashtag", "hashtag"),
    ("extract", "mentions"): _found("mention"),
    ("extract", "mentions_with_indices"): _found_with_indices("mention", "screen_name"),
    ("extract", "replies"): _replied_to,
    ("extract", "urls"): _found("url"),
    ("extract", "urls_with_indices"): _found_with_indices("url", "url"),
    ("validate", "UnicodeDirectionalMarkerCounterTest"): _result,
    ("validate", "WeightedTweetsCounterTest"): _result,
    ("validate", "WeightedTweetsWithDiscountedEmojiCounterTest"): _result,
    ("validate", "hashtags"): _is_exactly_one("hashtag"),
    ("validate", "tweets"): lambda text: parse(text).valid,
    ("validate", "urls"): _is_exactly_one("url"),
    ("validate", "urls_without_protocol"): _is_exactly_one("url"),
    ("validate", "usernames"): _is_exactly_one("mention"),
}
