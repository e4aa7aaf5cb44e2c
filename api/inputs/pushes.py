"""What apps say of where, and of what, they want to be told while they are closed."""

from typing import Any

from rest_framework import serializers

from api.inputs.fields import Flag, Input
from api.shapes.notifications import kinds_of
from common.outside import may_deliver
from common.web_push import Recipient, Unusable
from notifications.models import PushSubscription

_MOST_CHARACTERS = 2048


class _Keys(serializers.Serializer[Any]):
    p256dh = serializers.CharField(max_length=100)
    auth = serializers.CharField(max_length=40)

    def validate(self, keys: dict[str, str]) -> dict[str, str]:
        try:
            Recipient(keys["p256dh"], keys["auth"])
        except Unusable as error:
            raise serializers.ValidationError(str(error)) from error
        return keys


class _Where(serializers.Serializer[Any]):
    endpoint = serializers.CharField(max_length=_MOST_CHARACTERS)
    keys = _Keys()
    standard = Flag(default=False)

    def validate_endpoint(self, endpoint: str) -> str:
        if not may_deliver(endpoint):
            raise serializers.ValidationError("This is no address that begins with https://.")
        return endpoint


class _What(serializers.Serializer[Any]):
    alerts = serializers.DictField(child=Flag(allow_null=True), default=dict, allow_null=True)
    policy = serializers.ChoiceField(PushSubscription.Policy.values, default=PushSubscription.Policy.ALL)


class ChooseInput(Input):
    """`policy` stands in `data`, or beside it."""

    data = _What(default=dict, allow_null=True)  # type: ignore[assignment]  # the stubs mean `Serializer.data`
    policy = serializers.ChoiceField(PushSubscription.Policy.values, required=False)


class SubscribeInput(ChooseInput):
    subscription = _Where()


def wishes(sent: dict[str, Any]) -> tuple[list[str], str]:
    """The kinds of notifications, and of whose deeds."""
    data = sent["data"] or {}
    alerts = [name for name, is_wanted in (data.get("alerts") or {}).items() if is_wanted]
    return kinds_of(alerts), sent.get("policy") or data.get("policy") or PushSubscription.Policy.ALL
