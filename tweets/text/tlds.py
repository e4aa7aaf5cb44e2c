"""The top-level domains: what a link written without http:// may end in.

The list beside this file is the root zone as IANA publishes it; a newer one may take its place. A name
that is missing is missed only in links without a scheme, so the list ages gently.
"""

from pathlib import Path

_NAMES = frozenset(
    line.lower()
    for line in Path(__file__).with_name("tlds.txt").read_text("ascii").split("\n")
    if line and not line.startswith("#")
)
TLDS = frozenset(name for name in _NAMES if not name.startswith("xn--"))
# In letters of their own script, as people write them.
IDN_TLDS = frozenset(name[4:].encode().decode("punycode") for name in _NAMES - TLDS)
LONGEST_IDN_TLD = max(map(len, IDN_TLDS))
