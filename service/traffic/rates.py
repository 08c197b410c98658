"""How much a token may ask for in a while, and how often an address may come without one that counts."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from service.errors import RateLimited
from service.graph.tokens import hashed

WINDOW = 60  # seconds
KEPT = 10_000  # tokens or addresses that are counted at a time; beyond that the one that has been quiet longest goes
HUNDREDTHS = 100
PREFIX = 64  # bits of an IPv6 address that tell one customer of a provider from another
Heard = Callable[[str], None]


class Counters(Storage):
    """Counts that end with their window, in memory and no more than so many: no thread has to tidy up after them."""

    STORAGE_SCHEME = None  # no address leads here

    def __init__(self, clock: Callable[[], float], kept: int = KEPT) -> None:
        """Nothing is counted yet."""
        super().__init__()
        self._clock = clock
        self._kept = kept
        self._counts: OrderedDict[str, tuple[int, float]] = OrderedDict()

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing in memory fails."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """The count with so much more."""
        count, ends = self._counts.pop(key, (0, 0.0))
        if ends <= self._clock():
            count, ends = 0, self._clock() + expiry
        self._counts[key] = count + amount, ends
        while len(self._counts) > self._kept:
            self._counts.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        """The count of the window that is open."""
        count, ends = self._counts.get(key, (0, 0.0))
        return count if ends > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """When that window closes; now where none is open."""
        return max(self._counts.get(key, (0, 0.0))[1], self._clock())

    def check(self) -> bool:
        """That it can be used."""
        return True

    def reset(self) -> int:
        """How many counts were forgotten: all."""
        forgotten = len(self._counts)
        self._counts.clear()
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one."""
        self._counts.pop(key, None)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one token, or one address, may take; `policy` names the limit to clients and in the numbers."""

    policy: str
    key: str
    item: RateLimitItemPerSecond
    limiter: FixedWindowRateLimiter
    clock: Callable[[], float]
    refused: Heard
    sentence: str

    def spend(self, points: int) -> None:
        """Nothing, once so much is taken; of too much nothing is."""
        self.check(points)
        self.limiter.hit(self.item, self.key, cost=points)

    def check(self, points: int = 1) -> None:
        """Nothing, where so much is left; RATE_LIMITED where it is not."""
        if not self.limiter.test(self.item, self.key, cost=points):
            self.refused(self.policy)
            raise RateLimited(self.sentence, self._after())

    def headers(self) -> Mapping[str, str]:
        """The limit, what is left of it in hundredths, and below a half in how many seconds it is whole again.

        No finer: of two answers that must not be told apart, one is always the later.
        """
        amount, left = self.item.amount, self.limiter.get_window_stats(self.item, self.key).remaining
        left -= left % max(1, amount // HUNDREDTHS)
        after = f";t={self._after()}" if 2 * left < amount else ""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={amount};w={self.item.get_expiry()}',
            "RateLimit": f'"{self.policy}";r={left}{after}',
        }

    def _after(self) -> int:
        return math.ceil(self.limiter.get_window_stats(self.item, self.key).reset_time - self.clock())


@dataclass(slots=True)
class Rates:
    """The budgets of one process; 0 stands for no limit."""

    points: int
    failures: int
    refused: Heard
    clock: Callable[[], float] = time.time
    _tokens: Counters = field(init=False)
    _addresses: Counters = field(init=False)
    _good: OrderedDict[str, None] = field(default_factory=OrderedDict[str, None])

    def __post_init__(self) -> None:
        """Begin with full budgets."""
        self._tokens, self._addresses = Counters(self.clock), Counters(self.clock)

    def token(self, id: str) -> Budget | None:
        """The budget of a token."""
        return self._budget("cost", id, self.points, self._tokens, "this token has asked for all it may for now")

    def address(self, text: str) -> Budget | None:
        """The budget of requests from an address that bring no token that counts."""
        sentence = "too many requests came without a token that counts"
        return self._budget("unauthenticated", network_of(text), self.failures, self._addresses, sentence)

    def knows(self, secret: str | None) -> bool:
        """Whether a token was good before: whoever shares an address with somebody who guesses is let in all the same.

        What it may now is read anew either way.
        """
        return secret is not None and hashed(secret) in self._good

    def remember(self, secret: str) -> None:
        """Know a token from now on, as long as others do not crowd it out."""
        self._good[hashed(secret)] = None
        self._good.move_to_end(hashed(secret))
        while len(self._good) > KEPT:
            self._good.popitem(last=False)

    def _budget(self, policy: str, key: str, amount: int, storage: Counters, sentence: str) -> Budget | None:
        if amount == 0:
            return None
        item, limiter = RateLimitItemPerSecond(amount, WINDOW), FixedWindowRateLimiter(storage)
        return Budget(policy, key, item, limiter, self.clock, self.refused, sentence)


def network_of(text: str) -> str:
    """What one customer of a provider has: an IPv4 address, or all IPv6 addresses that begin alike."""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> PREFIX << PREFIX))
    return str(address)
