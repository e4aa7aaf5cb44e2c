"""Sites that a person lets say who wrote what stands there, in one spelling."""

from collections.abc import Iterable

from django.conf import settings

from common.errors import Invalid
from common.hosts import host_name


def tidy_domains(typed: Iterable[str]) -> list[str]:
    """Names of sites, each once; of addresses of pages their sites, without www.

    Raises Invalid for what is no name of a site, and beyond ATTRIBUTION_DOMAINS_MAX.
    """
    lines = [line for line in map(str.strip, typed) if line]
    hosts = []
    for line in lines[: settings.ATTRIBUTION_DOMAINS_MAX + 1]:
        bare = line.lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
        host = host_name(bare.removeprefix("*.").removeprefix("www."))
        if host is None:
            raise Invalid(
                f"“{line[:60]}” is no name of a site, as example.org is one.", "attribution_domains"
            )
        hosts.append(host)
    found = list(dict.fromkeys(hosts))
    if len(found) > settings.ATTRIBUTION_DOMAINS_MAX:
        raise Invalid(f"Name at most {settings.ATTRIBUTION_DOMAINS_MAX} sites.", "attribution_domains")
    return found
