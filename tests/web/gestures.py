"""What every one-button gesture on a tweet owes its reader, told once."""

from urllib.parse import quote

FRAGMENT = {"HX-Request": "true"}


def press(client, tweet, button, came_from="", **headers):
    """As a browser sends it from the page `came_from`."""
    if came_from:
        headers["Referer"] = f"http://testserver{came_from}"
    return client.post(f"{tweet.path}/{button}", headers=headers)


def leads_back_to_the_card(client, tweet, button):
    assert press(client, tweet, button, "/?page=2").url == f"/?page=2#t{tweet.id}"
    assert press(client, tweet, button).url == f"{tweet.path}#t{tweet.id}"
    elsewhere = client.post(f"{tweet.path}/{button}", headers={"Referer": "https://evil.example/x"})
    assert elsewhere.url == f"{tweet.path}#t{tweet.id}"


def leads_visitors_to_log_in_and_back(visitor, tweet, button):
    for answer in (visitor.get(f"{tweet.path}/{button}"), visitor.post(f"{tweet.path}/{button}")):
        assert answer.status_code == 302
        assert answer.url == f"/login/?next={quote(tweet.path, safe='')}"


def answers_only_the_row(client, tweet, button):
    answer = press(client, tweet, button, **FRAGMENT)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.startswith("<footer")
    assert "<html" not in html
    return html
