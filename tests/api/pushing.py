"""How apps ask to be told while they are closed."""

PLACE = "/api/v1/push/subscription"
EVERYTHING = ["mention", "favourite", "reblog", "follow", "follow_request", "status", "poll", "quote"]


def wish(device, endpoint="https://push.example/abc", alerts=EVERYTHING, standard=True, **data):
    subscription = {"endpoint": endpoint, "keys": device.keys, "standard": standard}
    return {"subscription": subscription, "data": {"alerts": dict.fromkeys(alerts, True), **data}}
