"""Admission in columns: what `workload.admit` says of candidates, for every row of a book at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import narwhals as nw

from revisit_policy.values.labels import Labelled
from revisit_policy.workload.admission import AdmittedBecause, LeftOutBecause
from revisit_policy.workload.admission_terms import AdmissionTerms
from revisit_policy.workload.lot import lots

#: What can be said of a loan, those that are visited first.
STANDINGS: Final = (*AdmittedBecause, *LeftOutBecause)
#: What is said of those that are visited.
VISITED: Final = [because.value for because in AdmittedBecause]

#: The places of what is said, and the one of a loan of which nothing is said yet.
_PLACES: Final[Mapping[Labelled, int]] = {standing: place for place, standing in enumerate(STANDINGS)}
_WAITS: Final = len(STANDINGS)


def standings(rows: Any, terms: AdmissionTerms) -> Any:
    """What is said of each of the *rows*, in their order: a column of the codes of `STANDINGS`.

    Args:
        rows: A polars frame, a row a loan: ``loan`` (text), ``points`` (whole number), ``then`` (number), ``since`` (day), ``must`` and
            ``sampled`` (flags, never null), each loan once, and ``by_data`` (such a flag) where a next visit may take nobody. A loan of which
            points or the day are null is *unknown*, unless it has to be visited or takes nobody; of equal points a missing second fact is the worst.
        terms: On which terms they are admitted.
    """
    polars = nw.dependencies.get_polars()
    said = rows.select(said=_said(terms, has_data="by_data" in rows.columns))["said"]
    waiting = (said == _WAITS).arg_true()
    room = terms.room_beside(int((said < len(AdmittedBecause)).sum()))
    worst = _worst(rows[waiting].select("loan", "points", "then"), room, terms)
    said = said.scatter(waiting, _PLACES[LeftOutBecause.CAPACITY]).scatter(waiting.gather(worst), _PLACES[AdmittedBecause.WORST_FIRST])
    codes = [standing.value for standing in STANDINGS]
    return polars.Series(codes, dtype=polars.Enum(codes)).gather(said)


def _said(terms: AdmissionTerms, *, has_data: bool) -> Any:
    """The place of what is said before the capacity is looked at."""
    polars = nw.dependencies.get_polars()
    col = polars.col

    def place(standing: Labelled) -> Any:
        return polars.lit(_PLACES[standing], dtype=polars.UInt8)

    said = polars.when(col("must")).then(place(AdmittedBecause.MUST)).when(col("sampled")).then(place(AdmittedBecause.SAMPLED))
    waited = polars.lit(value=False) if terms.waited_too_long is None else col("since") <= polars.lit(terms.waited_too_long)
    by_data = col("by_data") if has_data else polars.lit(value=False)
    said = said.when(by_data & ~waited.fill_null(value=False)).then(place(LeftOutBecause.BY_DATA))
    said = said.when(col("points").is_null() | col("since").is_null()).then(place(LeftOutBecause.UNKNOWN))
    said = said.when(waited).then(place(AdmittedBecause.LONGEST_GAP))
    cools = col("since") > polars.lit(terms.cooled_down)
    return said.when(cools).then(place(LeftOutBecause.COOLING_DOWN)).otherwise(polars.lit(_WAITS, dtype=polars.UInt8))


def _worst(waiting: Any, room: int, terms: AdmissionTerms) -> Any:
    """The places of the worst of those that are *waiting*, as many as there is *room* for; lots are drawn only where they decide."""
    polars = nw.dependencies.get_polars()
    if room >= len(waiting) or not room:
        return polars.arange(min(room, len(waiting)), eager=True)
    places = waiting.select(
        place=polars.int_range(polars.len(), dtype=polars.UInt32), points="points", then="then"
    ).sort("points", "then", descending=True, nulls_last=False)
    last = places.row(room - 1, named=True)
    ties = places.select((polars.col("points") == last["points"]) & polars.col("then").eq_missing(polars.lit(last["then"]))).to_series().arg_true()
    better = places["place"].head(int(ties[0]))
    tied = places["place"].gather(ties).sort()
    drawn = lots(period=str(terms.on), seed=terms.seed)
    numbers = waiting["loan"].gather(tied).cast(polars.String)
    lot = polars.Series([drawn(number) for number in numbers], dtype=polars.UInt64)
    chosen = polars.DataFrame({"lot": lot, "place": tied}).sort("lot", "place")["place"].head(room - len(better))
    return polars.concat([better, chosen])
