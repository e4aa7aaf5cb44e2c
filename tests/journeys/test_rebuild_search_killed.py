"""`manage.py rebuild_search` is killed in the middle: started again it goes on there, nothing is missing."""

from tests.postgres.servers import until

_NUMBER = 4000


def test_it_goes_on_where_it_was_killed(site, ask):
    site.run("-m", "tests.journeys.seed", "said", str(_NUMBER))

    def number_of(rows: str) -> int:
        return ask(f"SELECT count(*) FROM {rows}")[0][0]

    def indexed() -> int:
        said = "tweets_tweet ON id = tweet_id WHERE text LIKE 'damson %'"
        return number_of(f"search_tweetdocument JOIN {said}")

    first = site.begin("manage.py", "rebuild_search")
    until(lambda: indexed() > 0, 240.0)
    first.kill()
    first.communicate()
    before = indexed()
    assert 0 < before < _NUMBER  # in the middle indeed
    walked = "SELECT last_id FROM search_progress WHERE walk = 'tweet anew'"
    done, total = number_of(f"tweets_tweet WHERE id <= ({walked})"), number_of("tweets_tweet")

    said = site.run("manage.py", "rebuild_search")
    assert f"Going on where the last time stopped: {done:,} of {total:,} tweets are done." in said
    assert indexed() == _NUMBER
    assert number_of("search_progress WHERE walk LIKE '% anew'") == 0

    again = site.run("manage.py", "rebuild_search")
    assert "Going on" not in again  # this one began at the beginning
    assert indexed() == _NUMBER
