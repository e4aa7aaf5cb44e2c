"""What the people of the demo do with each other and with what was said. Doing it twice changes nothing."""

import random
from datetime import datetime, timedelta

from accounts.actions import update_privacy
from accounts.models import User
from relationships.actions import follow_user
from tweets.actions import bookmark_tweet, like_tweet, pin_tweet, retweet, vote
from tweets.models import Tweet
from twitter_clone.demo.script import Person, Saying

Cast = dict[str, User]
_LIKES_OF_ANSWERS, _LIKES_OF_OTHERS = (0, 4), (2, 9)  # how many, left to the dice
_SPREAD_AFTER = timedelta(minutes=20)


def meet(cast: Cast, people: list[Person]) -> None:
    """Everybody follows whom they know; then some lock their door, and others knock."""
    for person in people:
        for name in person.follows:
            follow_user(cast[person.username], cast[name])
    for person in people:
        user = cast[person.username]
        if person.is_locked and not user.is_locked:
            update_privacy(
                user,
                is_locked=True,
                is_findable=user.is_findable,
                hides_network=user.hides_network,
                hides_counts=user.hides_counts,
                messages_from=user.messages_from,
            )
    for person in people:
        for name in person.asks:
            follow_user(cast[person.username], cast[name])


def react(cast: Cast, saying: Saying, tweet: Tweet, guest: User, now: datetime) -> None:
    """Likes, retweets, votes, pins, and what the guest keeps."""
    for person in _likers(cast, saying):
        like_tweet(person, tweet)
    for place, name in enumerate(saying.spread_by, 1):
        moment = tweet.created_at + place * _SPREAD_AFTER
        retweet(cast[name], tweet, at=min(moment, now))
    _vote(cast, saying, tweet, guest)
    if saying.pinned:
        pin_tweet(cast[saying.author], tweet)
    if saying.kept:
        bookmark_tweet(guest, tweet)


def _vote(cast: Cast, saying: Saying, tweet: Tweet, guest: User) -> None:
    """The same people pick the same choices, in every demo."""
    asked = saying.poll
    if asked is None or tweet.poll.has_ended():
        return
    people = [one for name, one in cast.items() if name != saying.author and one != guest]
    if asked.guest_votes:
        people.insert(0, guest)
    picked: dict[int, set[int]] = {}
    place = 0
    for choice, number in enumerate(asked.votes):
        for _ in range(number):
            picked.setdefault(place % len(people), set()).add(choice)
            place += 1
    for number, choices in picked.items():
        vote(people[number], tweet, choices)


def _likers(cast: Cast, saying: Saying) -> list[User]:
    """The same people for the same saying, in every demo."""
    if saying.visibility != Tweet.Visibility.PUBLIC:
        return []
    dice = random.Random(saying.name)  # noqa: S311  (no secret)
    others = [person for name, person in cast.items() if name != saying.author]
    number = saying.likes
    if number is None:
        number = dice.randint(*(_LIKES_OF_ANSWERS if saying.answers else _LIKES_OF_OTHERS))
    return dice.sample(others, min(number, len(others)))
