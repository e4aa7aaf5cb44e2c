"""The errors of the house. Each door translates them into its own language."""


class HouseError(Exception):
    """Something a person asked for cannot be done; `message` is a sentence to show them."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Invalid(HouseError):
    """What was sent does not make sense. `field` names the part of the form, if one is to blame."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Conflict(Invalid):
    """What the person saw has changed since; they look again and decide."""


class NotAllowed(HouseError):
    """The person may not do this."""


class NotFound(HouseError):
    """There is no such thing, or the person may not know that there is."""


class Gone(NotFound):
    """There was such a thing, and it does not come back."""


class TooMany(HouseError):
    """Too much in too short a time; `retry_after_seconds` says when to come back.

    `most` is how much would have been allowed, where that is a number.
    """

    def __init__(self, message: str, retry_after_seconds: int = 60, most: int | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
        self.most = most


class NotNow(HouseError):
    """Nothing is wrong with it, but it is not safe just now; `retry_after_seconds` says when to come back."""

    def __init__(self, message: str, retry_after_seconds: int = 10) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
