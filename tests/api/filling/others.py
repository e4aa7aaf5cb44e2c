"""Lists that page by `offset`, or not at all."""

from django.utils import timezone

from accounts.models import User
from analytics.actions import recount_link_trends
from analytics.models import Trend, TweetTrend
from relationships.actions import (
    FilterDraft,
    create_filter,
    follow_user,
)
from search.actions import index_people, index_tags, index_tweets
from server.actions import add_rule, announce, react
from tests.api.filling.pages import Fill, by_many, liked_once, people, say
from tests.factories import make_image, make_page, make_reply, make_tweet, make_user
from timelines.actions import add_to_list, create_list
from tweets.actions import (
    edit_tweet,
    feature_tag,
    filter_tweet,
    take_up_link,
)
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Hashtag


def searched(path: str) -> Fill:
    """People, tags and tweets that are all called so."""

    def fill(alice: User, bob: User, rows: int) -> str:
        found = [make_user(f"teatime{place}") for place in range(rows)]
        index_people(person.pk for person in found)
        tweets = [say(person, place, f"tea #tea{place}") for place, person in enumerate(found)]
        index_tweets(tweet.pk for tweet in tweets)
        index_tags(Hashtag.objects.values_list("pk", flat=True))
        return path

    return fill


def by_ids(path: str) -> Fill:
    """People by their ids, each followed by alice and by the one before."""

    def fill(alice: User, bob: User, rows: int) -> str:
        found = people(rows)
        for person, former in zip(found, [bob, *found], strict=False):
            follow_user(alice, person)
            follow_user(former, person)
        return f"{path}?{'&'.join(f'id[]={person.pk}' for person in found)}"

    return fill


def tweets_by_ids(alice: User, bob: User, rows: int) -> str:
    return f"statuses?{'&'.join(f'id[]={tweet.pk}' for tweet in by_many(rows))}"


def answered(alice: User, bob: User, rows: int) -> str:
    """One after the other."""
    root = tweet = make_tweet(bob)
    for person in people(rows):
        tweet = make_reply(person, tweet, images=(DraftImage(make_image(person, "a cup").pk),))
    return f"statuses/{root.pk}/context"


def edited(alice: User, bob: User, rows: int) -> str:
    picture = make_image(bob, "a cup")
    tweet = make_tweet(bob, "0", images=[picture])
    for place in range(1, rows):
        tweet = edit_tweet(bob, tweet, TweetDraft(f"{place}", images=(DraftImage(picture.pk),)))
    return f"statuses/{tweet.pk}/history"


def lists(alice: User, bob: User, rows: int) -> str:
    for place in range(rows):
        create_list(alice, f"List {place}")
    return "lists"


def lists_with_bob(alice: User, bob: User, rows: int) -> str:
    follow_user(alice, bob)
    for place in range(rows):
        add_to_list(alice, create_list(alice, f"List {place}"), bob)
    return f"accounts/{bob.pk}/lists"


def suggested(path: str) -> Fill:
    """Some whom bob follows, who is followed, and some because many do."""

    def fill(alice: User, bob: User, rows: int) -> str:
        follow_user(alice, bob)
        for place, person in enumerate(people(rows)):
            make_tweet(person)
            if place % 2:
                follow_user(bob, person)
        return path

    return fill


def in_directory(alice: User, bob: User, rows: int) -> str:
    for person in people(rows):
        make_tweet(person)
    return "directory"


def featured(path: str) -> Fill:
    def fill(alice: User, bob: User, rows: int) -> str:
        for place in range(rows):
            feature_tag(alice, f"tea{place}")
            make_tweet(alice, f"#tea{place}")
        return path.format(alice=alice.pk)

    return fill


def offered(alice: User, bob: User, rows: int) -> str:
    for place in range(rows):
        make_tweet(alice, f"#tea{place}")
    return "featured_tags/suggestions"


def filters(path: str) -> Fill:
    """Each with a word and a tweet."""

    def fill(alice: User, bob: User, rows: int) -> str:
        for place in range(rows):
            made = create_filter(alice, FilterDraft(f"{place}", {f"tea{place}": True}, ("home",)))
            filter_tweet(alice, made.pk, make_tweet(bob))
        return path

    return fill


def words(alice: User, bob: User, rows: int) -> str:
    drinks = {f"tea{place}": True for place in range(rows)}
    return f"/api/v2/filters/{create_filter(alice, FilterDraft('Drinks', drinks, ('home',))).pk}/keywords"


def filtered_tweets(alice: User, bob: User, rows: int) -> str:
    made = create_filter(alice, FilterDraft("Drinks", {"tea": True}, ("home",)))
    for tweet in by_many(rows):
        filter_tweet(alice, made.pk, tweet)
    return f"/api/v2/filters/{made.pk}/statuses"


def announced(alice: User, bob: User, rows: int) -> str:
    staff = make_user("stella", is_staff=True, is_superuser=True)
    for place in range(rows):
        made = announce(staff, f"We move, {place}.")
        react(bob, made.pk, "👍")
        react(alice, made.pk, "🎉")
    return "announcements"


def rules(alice: User, bob: User, rows: int) -> str:
    staff = make_user("stella", is_staff=True, is_superuser=True)
    for place in range(rows):
        add_rule(staff, f"Be kind, {place}.")
    return "instance/rules"


def trending_tags(path: str) -> Fill:
    def fill(alice: User, bob: User, rows: int) -> str:
        for place in range(rows):
            make_tweet(bob, f"#tea{place}")
            tag = Hashtag.objects.get(name=f"tea{place}")
            Trend.objects.create(hashtag=tag, score=place, people=5, updated_at=timezone.now())
        return path

    return fill


def trending_tweets(alice: User, bob: User, rows: int) -> str:
    for place, tweet in enumerate(by_many(rows)):
        TweetTrend.objects.create(tweet=tweet, score=place)
    return "trends/statuses"


def trending_pages(alice: User, bob: User, rows: int) -> str:
    """Each linked to by three people."""
    readers = people(3)
    for place in range(rows):
        url = f"https://example.org/{place}"
        make_page(url, picture=(1200, 630))
        for person in readers:
            take_up_link(make_tweet(person, url).pk)
    recount_link_trends()
    return "trends/links"


OTHERS: dict[str, Fill] = {
    "api/v1/accounts": by_ids("accounts"),
    "api/v1/accounts/familiar_followers": by_ids("accounts/familiar_followers"),
    "api/v1/accounts/relationships": by_ids("accounts/relationships"),
    "api/v1/accounts/search": searched("accounts/search?q=teatime"),
    "api/v1/search": searched("search?q=tea"),
    "api/v2/search": searched("/api/v2/search?q=tea"),
    "api/v1/accounts/<account_id>/featured_tags": featured("accounts/{alice}/featured_tags"),
    "api/v1/featured_tags": featured("featured_tags"),
    "api/v1/featured_tags/suggestions": offered,
    "api/v1/accounts/<account_id>/lists": lists_with_bob,
    "api/v1/lists": lists,
    "api/v1/announcements": announced,
    "api/v1/instance/rules": rules,
    "api/v1/directory": in_directory,
    "api/v1/suggestions": suggested("suggestions"),
    "api/v2/suggestions": suggested("/api/v2/suggestions"),
    "api/v1/filters": filters("filters"),
    "api/v2/filters": filters("/api/v2/filters"),
    "api/v2/filters/<filter_id>/keywords": words,
    "api/v2/filters/<filter_id>/statuses": filtered_tweets,
    "api/v1/statuses": tweets_by_ids,
    "api/v1/statuses/<status_id>/context": answered,
    "api/v1/statuses/<status_id>/history": edited,
    "api/v2/notifications/<group_key>": liked_once("/api/v2/notifications/{key}"),
    "api/v1/trends": trending_tags("trends"),
    "api/v1/trends/tags": trending_tags("trends/tags"),
    "api/v1/trends/statuses": trending_tweets,
    "api/v1/trends/links": trending_pages,
}
