"""How an introduction goes on, step by step, and when the asks of an introducer are counted anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from service.errors import Code, ServiceError


class IntroductionStatus(StrEnum):
    """How far an introduction has come."""

    DRAFT = "DRAFT"
    REQUESTED = "REQUESTED"
    WITH_INTRODUCER = "WITH_INTRODUCER"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    MADE = "MADE"
    MET = "MET"
    OUTCOME_RECORDED = "OUTCOME_RECORDED"
    LAPSED = "LAPSED"


# Given up by hand only, and only while the two have not met; what was declined is over already.
NEXT: Mapping[IntroductionStatus, tuple[IntroductionStatus, ...]] = {
    IntroductionStatus.DRAFT: (IntroductionStatus.REQUESTED, IntroductionStatus.LAPSED),
    IntroductionStatus.REQUESTED: (IntroductionStatus.WITH_INTRODUCER, IntroductionStatus.LAPSED),
    IntroductionStatus.WITH_INTRODUCER: (
        IntroductionStatus.ACCEPTED,
        IntroductionStatus.DECLINED,
        IntroductionStatus.LAPSED,
    ),
    IntroductionStatus.ACCEPTED: (IntroductionStatus.MADE, IntroductionStatus.LAPSED),
    IntroductionStatus.MADE: (IntroductionStatus.MET, IntroductionStatus.LAPSED),
    IntroductionStatus.MET: (IntroductionStatus.OUTCOME_RECORDED,),
    IntroductionStatus.DECLINED: (),
    IntroductionStatus.OUTCOME_RECORDED: (),
    IntroductionStatus.LAPSED: (),
}


def refuse_illegal(present: IntroductionStatus, to: IntroductionStatus) -> None:
    """Nothing, where one step leads to the other; else CONFLICT, with the steps there are."""
    steps = NEXT[present]
    if to not in steps:
        ways = f"it can become {_either(steps)}" if steps else "nothing follows"
        raise ServiceError(Code.CONFLICT, f"an introduction that is {present} cannot become {to}; {ways}", field="to")


def quarter(day: str) -> tuple[str, str, str]:
    """The months of the calendar quarter a day or moment lies in: 2026-10, 2026-11, 2026-12."""
    first = (int(day[5:7]) - 1) // 3 * 3 + 1
    return f"{day[:4]}-{first:02}", f"{day[:4]}-{first + 1:02}", f"{day[:4]}-{first + 2:02}"


def _either(steps: Sequence[IntroductionStatus]) -> str:
    *others, last = steps
    return f"{', '.join(others)} or {last}" if others else str(last)
