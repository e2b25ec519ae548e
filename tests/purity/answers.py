"""Prints what the shipped rulebook says of a few loans, in every form it has. Run in interpreters of their own by the tests.

``python -I answers.py`` prints the answers; a word after it changes the circumstances that must not matter:

* ``at 1999-12-31`` sets the clock to that day before the library is imported, ``locale NAME`` the locale of the process;
* ``threads`` asks from eight threads at once, each in an order of its own, and prints each different text it got;
* ``watched`` asks once to warm up, then watches with an audit hook and prints the events instead of the answers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any, Final

DAYS: Final = ("2023-06-30", "2026-11-23")  # one under each edition
THREADS: Final = 8
#: Questions about objects of one's own: `repr` asks who it is, so as not to go in circles, and a memory how much it keeps.
INWARD: Final = {"builtins.id", "gc.get_referents"}


def cases() -> Iterator[Any]:
    """Loans that reach every table: quiet, unknown, late, non-performing, restructured, with a home in trouble."""
    import attrs

    import revisit_policy as rp

    loan = rp.Loan(
        "A", product="first_home", principal=rp.cny(1_800_000), balance=rp.cny(1_455_000), annual_rate="0.0335",
        repayment="level_payment", disbursed_on="2020-03-15", term_months=360, days_past_due=0,
    )  # fmt: skip
    nobody = rp.BorrowerProfile("B")
    known = rp.BorrowerProfile(
        "B", credit_standing="good", monthly_income=rp.cny(24_500), income_at_last_review=rp.cny(36_000),
        monthly_debt_service=rp.cny(15_000), property_fee=rp.cny(300), employment="salaried",
    )  # fmt: skip
    home = rp.Collateral(value=rp.cny(1_900_000), valued_on="2021-03-02", property_type="completed_home", registration="registered")
    market = rp.MarketConditions(region="广州", price_change_12m="-0.12", price_volatility="0.04")
    call = rp.Visit(kind="periodic", method="phone", completed_on="2022-12-09", finding="satisfactory")
    quiet = rp.CaseFile(loan=loan, borrower=known, collateral=home, market=market, visits=(call,))
    late = attrs.evolve(loan, days_past_due=45, missed_consecutive=2, missed_total_24m=3)
    lost = attrs.evolve(loan, days_past_due=400, impaired=True, ecl=rp.cny(600_000), carrying_amount=rp.cny(1_455_000))
    again = attrs.evolve(loan, in_observation=True, restructured_on="2023-01-15")
    yield quiet
    yield rp.CaseFile(loan=loan, borrower=nobody)
    yield attrs.evolve(quiet, loan=late, events=(rp.Event("capacity", since="2023-06-01"),))
    yield attrs.evolve(quiet, loan=lost, borrower=attrs.evolve(known, lost_contact=True, failed_contact_attempts=4))
    graded = rp.Determination("substandard", on="2023-01-31", role="committee")
    seized = attrs.evolve(home, seized=True, registration="pre_registered", registrable_since="2023-01-04")
    yield attrs.evolve(quiet, loan=again, determination=graded, collateral=seized)


def spoken(case: Any, on: str) -> str:
    """One decision in every form: values, both languages, rows, a page."""
    from revisit_policy.rulebooks import cn_housing

    decision = cn_housing.rulebook.decide(case, on=on)
    parts = (
        decision,
        decision.digest,
        {name: (verdict.outcome, verdict.candidates, verdict.fired, verdict.missing) for name, verdict in decision.verdicts.items()},
        decision.signals,
        decision.schedule,
        decision.schedule.to_rows(),
        decision.measures,
        decision.replan,
    )
    return "\n".join([*map(repr, parts), decision.explain("zh"), decision.explain("en"), decision._repr_html_()])


def answers(*, start: int = 0) -> str:
    """All answers, asked for from question number *start* on and put in order."""
    questions = [(case, on) for case in cases() for on in DAYS]
    order = [*range(start, len(questions)), *range(start)]
    said = {at: spoken(*questions[at]) for at in order}
    return "\n\n".join(said[at] for at in range(len(questions)))


def different_answers_of_threads() -> set[str]:
    """What eight threads got that began together and switch five hundred times as often as usual."""
    sys.setswitchinterval(1e-5)
    together = Barrier(THREADS)

    def ask(start: int) -> str:
        together.wait()
        return answers(start=start)

    with ThreadPoolExecutor(THREADS) as pool:
        return set(pool.map(ask, range(THREADS)))


def events_while_deciding() -> list[str]:
    """The audit events of all answers, once everything that is loaded lazily has been loaded by other questions."""
    for case in cases():
        for day in ("2024-02-29", "2026-02-28"):  # one under each edition
            spoken(case, day)
    events: list[str] = []
    listening = True

    def hear(event: str, _details: tuple[object, ...]) -> None:
        if listening and event not in INWARD:
            events.append(event)

    sys.addaudithook(hear)
    answers()
    heard = list(events)
    Path(__file__).read_bytes()  # what the hook must hear
    listening = False
    return [*heard, "|", *events[len(heard) :]]


def asked(words: list[str]) -> str:
    """What *words* ask for."""
    match words:
        case ["at", day]:
            import time_machine

            with time_machine.travel(f"{day}T23:59:30Z", tick=True):
                return answers()
        case ["locale", name]:
            import locale

            locale.setlocale(locale.LC_ALL, name)
            return answers()
        case ["threads"]:
            return "\0".join(different_answers_of_threads())
        case ["watched"]:
            return "\n".join(events_while_deciding())
        case _:
            return answers()


if __name__ == "__main__":
    sys.stdout.buffer.write(asked(sys.argv[1:]).encode())
