"""The one thing that goes wrong while keeping a file."""

from common.errors import Invalid

NO_ROOM = "The server has no room for pictures at the moment. Try again later, or go on without the picture."
NO_ANSWER = "The place where pictures are kept does not answer. Try again in a minute."


class NotStored(Invalid):
    """The file could not be kept, and nothing of it was: no fault of the person who sent it."""
