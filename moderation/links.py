"""The address of a measure's page, for whom it concerns: it opens without signing in, as who is suspended
cannot, so it carries a signature and stands in the mail alone.
"""

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(salt="moderation.measure")


def path_of(measure_id: int) -> str:
    return f"/measures/{_SIGNER.sign(str(measure_id))}/"


def measure_id_in(token: str) -> int | None:
    """The measure a page was asked for, None for a token that is not ours."""
    try:
        return int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
