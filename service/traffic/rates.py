"""How much a token may ask for in a while, and how often an address may come without one that counts."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import NoReturn

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from service.errors import RateLimited

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


_key = lru_cache(KEPT)(RateLimitItemPerSecond.key_for)


class Window(RateLimitItemPerSecond):
    """What `limits` counts by; a key is put together once, as each request needs it several times."""

    def key_for(self, *identifiers: bytes | str | float) -> str:
        return _key(self, *identifiers)


class Policy:
    """A limit: its name to clients and in the numbers, how much there is a window, and how its refusal begins."""

    def __init__(self, name: str, amount: int, sentence: str, refused: Heard, clock: Callable[[], float]) -> None:
        """Everybody has all of it; an amount of 0 is none at all."""
        self.name = name
        self.sentence = sentence
        self.refused = refused
        self.clock = clock
        self.counters = Counters(clock)
        self.limiter = FixedWindowRateLimiter(self.counters)
        self.item = Window(amount, WINDOW)

    def budget(self, key: str) -> Budget | None:
        """That of one token or address; None without a limit."""
        return Budget(self, key) if self.item.amount else None


@dataclass(frozen=True, slots=True)
class Budget:
    """What one token, or one address, may take."""

    policy: Policy
    key: str

    def spend(self, points: int) -> None:
        """Nothing, once so much is taken; RATE_LIMITED, and nothing is taken, where less is left."""
        policy = self.policy
        if not policy.limiter.hit(policy.item, self.key, cost=points):
            policy.counters.incr(policy.item.key_for(self.key), WINDOW, -points)
            self._refuse()

    def check(self) -> None:
        """Nothing, while anything is left."""
        if not self.policy.limiter.test(self.policy.item, self.key):
            self._refuse()

    def headers(self) -> Mapping[str, str]:
        """The limit, what is left of it in hundredths, and below a half in how many seconds it is whole again.

        No finer: of two answers that must not be told apart, one is always the later.
        """
        name, item = self.policy.name, self.policy.item
        left = self.policy.limiter.get_window_stats(item, self.key).remaining
        left -= left % max(1, item.amount // HUNDREDTHS)
        after = f";t={self._after()}" if 2 * left < item.amount else ""
        return {
            "RateLimit-Policy": f'"{name}";q={item.amount};w={WINDOW}',
            "RateLimit": f'"{name}";r={left}{after}',
        }

    def _refuse(self) -> NoReturn:
        self.policy.refused(self.policy.name)
        raise RateLimited(self.policy.sentence, self._after())

    def _after(self) -> int:
        reset = self.policy.limiter.get_window_stats(self.policy.item, self.key).reset_time
        return math.ceil(reset - self.policy.clock())


@dataclass(slots=True)
class Rates:
    """The budgets of one process; 0 stands for no limit."""

    points: int
    failures: int
    refused: Heard
    clock: Callable[[], float] = time.time
    _costs: Policy = field(init=False)
    _strangers: Policy = field(init=False)

    def __post_init__(self) -> None:
        """Begin with full budgets."""
        spent = "this token has asked for all it may for now"
        strange = "too many requests came without a token that counts"
        self._costs = Policy("cost", self.points, spent, self.refused, self.clock)
        self._strangers = Policy("unauthenticated", self.failures, strange, self.refused, self.clock)

    def token(self, id: str) -> Budget | None:
        """The budget of a token."""
        return self._costs.budget(id)

    def address(self, text: str) -> Budget | None:
        """The budget of requests from an address that bring no token that counts."""
        return self._strangers.budget(network_of(text))


@lru_cache(KEPT)
def network_of(text: str) -> str:
    """What one customer of a provider has: an IPv4 address, or all IPv6 addresses that begin alike."""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> PREFIX << PREFIX))
    return str(address)
