"""Which addresses belong to the public internet, in whatever way they are written."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What some versions of Python still call global, and ways into IPv4 that everybody gave up.
_NEVER = [
    ip_network(written)
    for written in (
        "100.64.0.0/10",  # shared by the customers of one provider
        "192.0.0.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "198.18.0.0/15",  # benchmarks
        "2001::/23",  # Teredo, ORCHID and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "64:ff9b:1::/48",  # NAT64 of one's own network
    )
]
_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether this numeric address is one that everybody on the internet reaches at the same place.

    An IPv4 address inside an IPv6 one is judged by itself; what cannot be read is not public.
    """
    try:
        known = _unwrapped(ip_address(address))
    except ValueError:
        return False
    if any(known in network for network in _NEVER) or known.is_multicast or not known.is_global:
        return False
    return known.version == 4 or known in _UNICAST


def is_loopback(address: str) -> bool:
    """Whether this numeric address is this very machine."""
    try:
        return _unwrapped(ip_address(address)).is_loopback
    except ValueError:
        return False


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
