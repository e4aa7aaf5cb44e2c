"""A tweet as what its author would write to say it again."""

from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import Mention, Poll, Tweet
from tweets.queries.tweet import images_of


def as_draft(tweet: Tweet) -> TweetDraft:
    """Everything of it: words, pictures, poll, audience, place. Three queries at most."""
    is_direct = tweet.visibility == Tweet.Visibility.DIRECT
    readers = (
        Mention.objects.filter(tweet=tweet).order_by("person_id") if is_direct else Mention.objects.none()
    )
    return TweetDraft(
        text=tweet.text,
        images=tuple(DraftImage(image.id, image.description) for image in images_of(tweet)),
        visibility=tweet.visibility,
        repliers=tweet.repliers,
        quoters=tweet.quoters,
        reply_to_id=tweet.reply_to_id,
        quote_of_id=tweet.quote_of_id,
        recipients=tuple(readers.values_list("person_id", flat=True)),
        warning=tweet.warning,
        is_sensitive=tweet.is_sensitive,
        language=tweet.language,
        poll=_poll_of(tweet),
    )


def _poll_of(tweet: Tweet) -> PollDraft | None:
    """Open for as long as it was when it was posted; its votes are gone."""
    poll = Poll.objects.filter(pk=tweet.pk).first()
    if poll is None:
        return None
    seconds = round((poll.ends_at - tweet.created_at).total_seconds())
    return PollDraft(tuple(poll.choices), seconds, poll.is_multiple, poll.hides_totals)
