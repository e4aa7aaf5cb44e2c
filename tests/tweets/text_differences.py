"""Where this product reads a text otherwise than the public twitter-text library, on purpose.

Keys name a case of its conformance suite: file/group/description. docs/text.md explains at length.
"""

DIFFERENCES = {
    "extract/cashtags/Do not include trailing . or _": "there are no pages about shares; $TEST stays text",
    "extract/cashtags/Extract cashtags with . or _": "there are no pages about shares; $TEST stays text",
}
