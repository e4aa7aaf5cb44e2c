"""Where apps are told while they are closed, and what there is to tell one of them."""

from common.errors import NotFound
from notifications.models import Notification, PushSubscription
from notifications.queries.told import Told
from relationships.models import Follow


def subscription_of(token_id: int) -> PushSubscription:
    """Raises NotFound where the token has none."""
    found = PushSubscription.objects.filter(token_id=token_id).first()
    if found is None:
        raise NotFound("This app asked for no pushes.")
    return found


def to_push(subscription_id: int, notification_id: int) -> tuple[PushSubscription, Told] | None:
    """The subscription with its owner, and what it is to be told of.

    None if either is gone, if its owner may not be told any more, has read it already, or wants to hear of
    other people only.
    """
    rows = PushSubscription.objects.select_related("owner", "token__app")
    subscription = rows.filter(pk=subscription_id).first()
    if subscription is None or not subscription.owner.is_active:
        return None
    shown = Notification.objects.shown_to(subscription.owner).unread().filter(pk=notification_id)
    columns = shown.values_list(*Told._fields).first()
    if columns is None:
        return None
    told = Told._make(columns)
    return (subscription, told) if _is_wanted(subscription, told) else None


def _is_wanted(subscription: PushSubscription, told: Told) -> bool:
    owner_id = subscription.owner_id
    if told.actor_id == owner_id:  # one's own poll has ended
        return subscription.policy != PushSubscription.Policy.NONE
    follows = Follow.objects.filter(follower_id=owner_id, followed_id=told.actor_id)
    followers = Follow.objects.filter(follower_id=told.actor_id, followed_id=owner_id)
    return subscription.wants_of(is_followed=follows.exists(), is_follower=followers.exists())
