"""Putting the demo on an empty server, through the same actions as the site."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.actions import change_password, confirm_email, register_user, update_profile
from accounts.models import User
from analytics.actions import recount_link_trends, recount_trends, recount_tweet_trends
from attachments.actions import upload
from common.ids import moment_of
from tweets.actions import edit_tweet, post_tweet, take_up_link
from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import PostingKey, Tweet
from twitter_clone.demo.landscapes import jpeg, moving_gif
from twitter_clone.demo.pages import show_demo_page
from twitter_clone.demo.portraits import portrait
from twitter_clone.demo.scenes import SCENES
from twitter_clone.demo.script import LOGIN, DemoPicture, DemoPoll, Person, Saying, people, sayings
from twitter_clone.demo.society import meet, react

_DOMAIN = "@demo.invalid"  # no mail can reach it, so nobody can prove that such an address is theirs
_HEADER_SIZE = (1500, 500)


def strangers_are_here() -> bool:
    """Whether anyone is on this server who does not belong to the demo."""
    return User.objects.exclude(email__endswith=_DOMAIN).exists()


def guest() -> User | None:
    """The person to look around as, once the demo was made to its end: the password comes last."""
    person = User.objects.filter(email=LOGIN + _DOMAIN).first()
    return person if person and person.has_usable_password() else None


def make(password: str, tell: Callable[[str], object]) -> None:
    """People, pictures, words and deeds. What an earlier, interrupted run made is not made again."""
    tell("Drawing faces and places …")
    cast = {person.username: _person(person, seed) for seed, person in enumerate(people())}
    began_at = moment_of(min(person.id for person in cast.values()))
    meet(cast, people())
    tell("Letting them talk …")
    said: dict[str, Tweet] = {}
    for number, saying in enumerate(sayings()):
        tweet = said[saying.name] = _say(cast[saying.author], saying, number, began_at, said)
        react(cast, saying, tweet, cast[LOGIN], began_at)
    recount_trends()
    recount_tweet_trends()
    recount_link_trends()
    change_password(cast[LOGIN], password)


def _person(person: Person, seed: int) -> User:
    address = person.username + _DOMAIN
    user = User.objects.filter(email=address).first()
    if user is None:
        user = register_user(person.username, address, None, person.display_name)
    if not user.is_confirmed:
        confirm_email(user)
    if not user.bio:
        update_profile(
            user,
            display_name=person.display_name,
            bio=person.bio,
            location=person.location,
            website=person.website,
            avatar=portrait(person.portrait) if person.portrait else None,
            header=jpeg(SCENES[person.header], _HEADER_SIZE, seed) if person.header else None,
        )
    return user


def _say(author: User, saying: Saying, number: int, began_at: datetime, said: dict[str, Tweet]) -> Tweet:
    key = f"import:demo:{number}"
    known = PostingKey.objects.filter(author=author, key=key).select_related("tweet__author").first()
    if known is not None and known.tweet is not None:
        return known.tweet
    images = tuple(_picture(author, picture, number + place) for place, picture in enumerate(saying.pictures))
    draft = TweetDraft(
        saying.before_edit or saying.text,
        images,
        key,
        visibility=saying.visibility,
        reply_to_id=said[saying.answers].id if saying.answers else None,
        quote_of_id=said[saying.quotes].id if saying.quotes else None,
        warning=saying.warning,
        is_sensitive=saying.is_sensitive,
        language=saying.language,
        poll=_poll(saying.poll) if saying.poll else None,
    )
    if saying.page:
        show_demo_page(saying.page, number)
    tweet = post_tweet(author, draft, at=began_at - timedelta(hours=saying.hours_ago))
    if "https://" in saying.text:
        take_up_link(tweet.id)
    if saying.before_edit:
        edit_tweet(author, tweet, replace(draft, text=saying.text))
    return tweet


def _poll(poll: DemoPoll) -> PollDraft:
    return PollDraft(poll.choices, poll.days * 24 * 60 * 60, poll.is_multiple, poll.hides_totals)


def _picture(author: User, picture: DemoPicture, seed: int) -> DraftImage:
    draw = moving_gif if picture.moves else jpeg
    image = upload(author, draw(SCENES[picture.scene], picture.size, seed), picture.description)
    return DraftImage(image.id, picture.description)
