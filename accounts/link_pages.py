"""Whether a page links to a profile with rel="me", which only its owner can make it do."""

from urllib.parse import unquote, urljoin, urlsplit

from common.markup import elements


def links_back(page: str, page_url: str, profile_url: str) -> bool:
    """Whether an `a` or `link` element of the page, with the word “me” in its rel, leads to the profile."""
    return any(
        "me" in element.attributes.get("rel", "").lower().split()
        and _leads_to(profile_url, page_url, element.attributes.get("href", ""))
        for element in elements(page, "a", "link")
    )


def _leads_to(profile_url: str, page_url: str, href: str) -> bool:
    """Whether that link on that page is the profile, however its name is spelled."""
    try:
        one, other = urlsplit(urljoin(page_url, href.strip())), urlsplit(profile_url)
    except ValueError:
        return False
    return (
        one.scheme in ("http", "https")
        and one.netloc.lower() == other.netloc.lower()
        and unquote(one.path).rstrip("/").lower() == other.path.lower()
        and not one.query
    )
