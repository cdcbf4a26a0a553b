"""How many connections one person and one address may hold, so that nobody can take the places of all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, IPv6Network, ip_address

from app.domain.errors import TooMany

RETRY_SECONDS = 10
#: What one household or one phone is given of IPv6 (RFC 6177): any of its addresses is the same peer.
IPV6_PREFIX = 64


class Admission:
    """Counts the sockets and polls of this process.

    :param per_person: how many one person may hold at the same time, over all devices
    :param per_address: how many may come from one address, which a whole network may share
    """

    def __init__(self, per_person: int, per_address: int) -> None:
        self._limits = {"person": per_person, "address": per_address}
        self._held: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def place(self, person_id: str | None, address: str | None) -> Iterator[None]:
        """Hold a place while the connection lasts.

        :raises TooMany: the person or the address holds as many as it may
        """
        holders = [("person", person_id)] if person_id else []
        holders.append(("address", peer(address)))
        if any(self._held[holder] >= self._limits[holder[0]] for holder in holders):
            raise TooMany(
                "There are too many open connections from here. Nothing is lost; this device tries again by itself.",
                retry_after=RETRY_SECONDS,
            )
        self._held.update(holders)
        try:
            yield
        finally:
            for holder in holders:
                self._held[holder] -= 1
                if not self._held[holder]:
                    del self._held[holder]


def peer(address: str | None) -> str:
    """Who is behind an address: itself, or its network where each device has many."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return address or ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Network((parsed.packed, IPV6_PREFIX), strict=False))
