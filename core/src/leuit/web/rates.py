"""How often strangers may ask for something that costs much, counted by their network.

Counts are kept in the memory of the process and not in the database: no stranger shall be able to
make a unit of work by each request, and nobody needs a list of readers' addresses. So a restart
forgets them, and each worker counts for itself. People behind one router count together, which is
why a limit has to be generous; whoever is signed in is not counted, unless the limit is for people.
"""

import datetime as dt
import ipaddress
import math
import threading
from weakref import WeakKeyDictionary

from leuit.values import TooManyRequestsError, _
from leuit.work import Leuit

from .request import Request

MOST_NETWORKS = 20_000


class RateLimit:
    """So many requests of one network within a span, for each application on its own.

    A network is one IPv4 address, or the /64 of an IPv6 address, which one household has. Requests
    are let through at once until the number is used up, then one by one as the span goes by. With
    `people` those who are signed in are counted too, each account for itself.
    """

    def __init__(
        self,
        times: int,
        span: dt.timedelta,
        most_networks: int = MOST_NETWORKS,
        *,
        people: bool = False,
    ) -> None:
        self._step, self._span, self._most = span / times, span, most_networks
        self._people = people
        self._busy_until: WeakKeyDictionary[Leuit, dict[str, dt.datetime]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def count(self, request: Request) -> None:
        """Count a request; TooManyRequestsError beyond."""
        if self._is_exempt(request):
            return
        now = request.app.clock.now()
        with self._lock:
            left = self._until(request, now) + self._step - now - self._span
            if left <= dt.timedelta():
                self._add(request, now, 1)
                return
        seconds = math.ceil(left.total_seconds())
        raise TooManyRequestsError(
            _("Terlalu banyak permintaan dari Anda. Coba lagi dalam %(seconds)s detik.")
            if request.identity.signed_in
            else _(
                "Terlalu banyak permintaan dari jaringan Anda. Coba lagi dalam %(seconds)s detik."
            ),
            retry_after=seconds,
            seconds=seconds,
        )

    def charge(self, request: Request, times: int) -> None:
        """Let a request that was counted once count more often, since it cost that much more.

        However much is charged, a network waits no longer than one span.
        """
        if not self._is_exempt(request):
            with self._lock:
                self._add(request, request.app.clock.now(), times - 1)

    def _is_exempt(self, request: Request) -> bool:
        return request.identity.signed_in and not self._people

    def _until(self, request: Request, now: dt.datetime) -> dt.datetime:
        known = self._busy_until.setdefault(request.app, {})
        return max(now, known.get(_asker(request), now))

    def _add(self, request: Request, now: dt.datetime, times: int) -> None:
        most = now + 2 * self._span - self._step
        until = min(self._until(request, now) + times * self._step, most)
        known = self._busy_until[request.app]
        known[_asker(request)] = until
        if len(known) > self._most:
            for network in [one for one, end in known.items() if end <= now]:
                del known[network]
        if len(known) > self._most:
            del known[min(known, key=lambda one: known[one])]


def _asker(request: Request) -> str:
    """An account for somebody who is signed in, else the network."""
    account = request.identity.account_id
    return f"account {account}" if account else network_of(request.client)


def network_of(address: str) -> str:
    """What counts as one asker; what is no address of the Internet stands for itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found.packed, 64), strict=False))
    return address
