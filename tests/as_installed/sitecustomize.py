"""On the path of a server under test: what only development brings along is not there, as for people.

Libraries that find these load them, and take memory with them.
"""

import sys

for name in ("opentelemetry", "pygments", "requests", "rich", "sentry_sdk"):
    sys.modules[name] = None  # as Python does with what could not be found
