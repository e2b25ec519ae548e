"""All exceptions of the library.

Each keeps the parts it was made of as attributes, builds its own message, and survives pickling and copying with
both. Messages are one line: what was expected, then what came. ``str(error)`` is English, ``error.text("zh")`` says the same in
Chinese: field, rule and value included.
"""

import copy
import difflib
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Self

from revisit_policy.speech.joining import clauses
from revisit_policy.speech.lang import Lang, spelled
from revisit_policy.speech.phrase import Phrase, Spoken, joined, told

LANGUAGE: Final = Phrase("语言", "language")
_SHOWN = 80
"""Characters of a refused value that a message repeats."""


def _shown(value: object) -> Phrase:
    """The value in backticks on one line, cut to length; its type beside it unless the quotes already say text."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # noqa: BLE001 - a value that cannot even be printed must not hide the fault it caused
        text = f"<{type(value).__name__}>"
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    if value is None or type(value) is str:
        return Phrase(f"`{text}`", f"`{text}`")
    return Phrase("`{text}`（{kind}）", "`{text}` ({kind})", text=text, kind=type(value).__name__)


def _on_one_line(text: str) -> str:
    """*text* without line breaks, and with what cannot be seen or printed written out, such as half of a pair of surrogates."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in " ".join(text.split()))


def _quoted(names: Sequence[object], *, most: int = 12) -> str:
    listed = ", ".join(f"`{name}`" for name in names[:most])
    return f"{listed}, …" if len(names) > most else listed


def _first_of(sentences: Sequence[str], *, most: int = 3) -> Phrase:
    more = (Phrase("……另有{count}条", "… {count} more", count=len(sentences) - most),) if len(sentences) > most else ()
    return joined((*sentences[:most], *more), clauses)


def _rebuilt(kind: "type[RevisitPolicyError]", args: tuple[Any, ...]) -> "RevisitPolicyError":
    return kind.__new__(kind, *args)


class _MadeAnew(type):
    """Makes the error being handled once more when it is called with its text alone: so does Python 3.12 where a class of members fails."""

    def __call__(cls, *parts: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the class takes
        handled = sys.exception() if len(parts) == 1 and not named else None
        kind: object = type(handled)
        if kind is cls and str(handled) == parts[0]:
            return copy.copy(handled)
        return super().__call__(*parts, **named)


class RevisitPolicyError(Spoken, Exception, metaclass=_MadeAnew):
    """Any refusal by this library.

    When it occurs: never itself; catch it to catch all that follow.

    How to fix it: read the message of the class that was raised.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.args), self.__dict__

    def text(self, lang: str = Lang.EN) -> str:
        """The message in one language; in English it is ``str(error)``.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`. A part that was handed in as a plain text, as code of one's own may, reads the same in
                each.

        Raises:
            UnknownNameError: If *lang* is no language of ours.

        Examples:
            >>> error = InvalidValueError(owner="Loan", field="term_months", value=0, expected=Phrase("至少为1", "at least 1"))
            >>> print(error.text("zh"))
            `Loan.term_months` 要求：至少为1；实际为 `0`（int）
        """
        known = spelled(lang)
        if known is None:
            raise UnknownNameError(kind=LANGUAGE, name=lang, known=tuple(Lang))
        return self._told(known)

    def _told(self, lang: Lang) -> str:
        return str(told(self.args[0], lang)) if self.args else str(self)


class InvalidValueError(RevisitPolicyError, ValueError):
    """One value that is not what its field or parameter takes.

    When it occurs: a value has the wrong type, is out of bounds, not finite, or badly written.

    How to fix it: give what the message says was expected.

    Args:
        owner: The class that has the field; empty for a function.
        field: The field or parameter; empty while it is not known.
        value: What came.
        expected: What was expected, to be read after "must be"; a `Phrase`, if the message is to be had in Chinese too.

    Examples:
        >>> print(InvalidValueError(owner="Loan", field="principal", value=1.5, expected="money"))
        `Loan.principal` must be money, got `1.5` (float)
    """

    def __init__(self, *, owner: str, field: str, value: object, expected: str) -> None:
        self.owner, self.field, self.value, self.expected = owner, field, value, expected
        place = _on_one_line(".".join(part for part in (owner, field) if part)) or Phrase("值", "value")
        super().__init__(
            Phrase(
                "`{place}` 要求：{expected}；实际为 {shown}",
                "`{place}` must be {expected}, got {shown}",
                place=place,
                expected=expected,
                shown=_shown(value),
            )
        )

    def located(self, *, owner: str, field: str) -> Self:
        """The same fault where it was found; a place the fault already names is kept."""
        return type(self)(owner=self.owner or owner, field=self.field or field, value=self.value, expected=self.expected)


class InvalidInputError(RevisitPolicyError, ExceptionGroup[InvalidValueError]):
    """Every fault of one object, together.

    When it occurs: an object is made of values of which one or more are refused.

    How to fix it: mend each fault listed; `exceptions` has them one by one, each an `InvalidValueError`.

    Examples:
        >>> low = InvalidValueError(owner="Loan", field="term_months", value=0, expected="at least 1")
        >>> late = InvalidValueError(owner="Loan", field="annual_rate", value=0.03, expected="an exact ratio")
        >>> print(InvalidInputError.of("Loan", (low, late)))
        `Loan.term_months` must be at least 1, got `0` (int); `Loan.annual_rate` must be an exact ratio, got `0.03` (float)
    """

    owner: str = ""

    @classmethod
    def of(cls, owner: str, faults: Sequence[InvalidValueError]) -> Self:
        """The *faults* of one *owner*, in the order of its fields."""
        group = cls("; ".join(map(str, faults)), list(faults))
        group.owner = owner
        return group

    def derive(self, excs: Sequence[InvalidValueError], /) -> "InvalidInputError":  # type: ignore[override] # as the standard library's own stub
        """Some of the faults of the same owner; `split` and `subgroup` build on it."""
        return type(self).of(self.owner, excs)

    def __str__(self) -> str:
        return self.message

    def _told(self, lang: Lang) -> str:
        return clauses([told(error, lang) for error in self.exceptions], lang)


class InvalidPolicyError(RevisitPolicyError, ValueError):
    """A rule, table, fact or policy that cannot mean anything.

    When it occurs: while a policy is written, never while it decides.

    How to fix it: correct the definition named by `subject`.

    Args:
        subject: Id of the rule, table or fact.
        problem: What is wrong with it; a `Phrase`, if the message is to be had in Chinese too.
    """

    def __init__(self, *, subject: str, problem: str) -> None:
        self.subject, self.problem = subject, problem
        message = Phrase("`{subject}`：{problem}", "`{subject}`: {problem}", subject=subject, problem=problem)
        super().__init__(Phrase.each(lambda lang: _on_one_line(message.text(lang))))


class UnknownNameError(RevisitPolicyError, LookupError):
    """A name that nothing here goes by.

    When it occurs: a code, fact, rule or table is asked for by a name that is not in use.

    How to fix it: use one of `known`; the message suggests the nearest.

    Args:
        kind: What sort of thing was looked for, such as "fact".
        name: What came.
        known: The names in use.

    Examples:
        >>> print(UnknownNameError(kind="fact", name="days_pastdue", known=("days_past_due", "balance")))
        unknown fact `days_pastdue`, did you mean `days_past_due`?
    """

    def __init__(self, *, kind: str, name: object, known: Sequence[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        if self.nearest:
            advice = Phrase("是否指 `{nearest}`？", "did you mean `{nearest}`?", nearest=self.nearest)
        else:
            advice = Phrase("应为 {known}", "expected {known}", known=_quoted(self.known) or Phrase("无", "none"))
        shown = f"`{name}`" if type(name) is str and name.isprintable() and name else _shown(name)
        super().__init__(Phrase("未知的{kind} {shown}，{advice}", "unknown {kind} {shown}, {advice}", kind=kind, shown=shown, advice=advice))

    @property
    def nearest(self) -> str | None:
        """The name in use that looks most like the one that came; ``None`` if none does."""
        if not isinstance(self.name, str):
            return None
        matches = difflib.get_close_matches(self.name.lower(), self.known, n=1)
        return matches[0] if matches else None


class ConditionTruthError(RevisitPolicyError, TypeError):
    """A condition used as if it were already true or false.

    When it occurs: ``if condition``, ``a and b``, ``not a`` or ``0.8 <= ltv < 0.9``, which Python all turn into `bool`.

    How to fix it: combine with ``&``, ``|``, ``~``; write a range as ``.between(a, b)``.

    Args:
        text: The condition or fact as written; kept as `written`.
    """

    def __init__(self, *, text: str) -> None:
        self.written = text
        super().__init__(
            Phrase(
                "`{written}` 在判定案件之前既非真也非假；请以 `&`、`|`、`~` 代替 `and`、`or`、`not`，"
                "以 `.between(a, b)` 代替连续比较，以 `.is_true()` 判断标志",
                "`{written}` is neither true nor false until a case is decided; write `&`, `|`, `~` for `and`, `or`, `not`, "
                "`.between(a, b)` for a chained comparison and `.is_true()` for a flag",
                written=text,
            ),
        )


class MissingExtraError(RevisitPolicyError, ModuleNotFoundError):
    """A package that a room of the library needs and that is not installed.

    When it occurs: while the room is imported; of `frames` also when it is asked for an engine of the caller's choice.

    How to fix it: install what the message names.

    Args:
        extra: The extra, which has the name of the room.
        package: The package that was not found.
        install: What to install; the extra if ``None``. An engine of frames is in no extra: it is the caller's own.

    Examples:
        >>> print(MissingExtraError(extra="frames", package="narwhals"))
        `revisit_policy.frames` needs `narwhals`; install it with `pip install "revisit-policy[frames]"`
        >>> print(MissingExtraError(extra="frames", package="polars", install="polars"))
        `revisit_policy.frames` needs `polars`; install it with `pip install polars`
    """

    def __init__(self, *, extra: str, package: str, install: str | None = None) -> None:
        self.extra, self.package, self.install = extra, package, install
        wanted = install or f'"revisit-policy[{extra}]"'
        super().__init__(
            Phrase(
                "`revisit_policy.{extra}` 需要 `{package}`；请以 `pip install {wanted}` 安装",
                "`revisit_policy.{extra}` needs `{package}`; install it with `pip install {wanted}`",
                extra=extra,
                package=package,
                wanted=wanted,
            )
        )


class OutsideCalendarError(RevisitPolicyError, LookupError):
    """A day about which no notice of working days has been given.

    When it occurs: a working day is asked for before the first or after the last confirmed day.

    How to fix it: add the year's notice with `with_notice`, or take the calendar's `provisional()` answer.

    Args:
        day: The day asked for, or the first day that the answer would have needed.
        first: The first day the calendar answers for.
        last: The last one.
    """

    def __init__(self, *, day: date, first: date, last: date) -> None:
        self.day, self.first, self.last = day, first, last
        or_else = Phrase("，或采用 `provisional()`", " or take `provisional()`") if day > last else ""
        super().__init__(
            Phrase(
                "工作日问题应在{first}至{last}之间，实际为 `{day}`；请以 `with_notice(...)` 补充{year}年的放假通知{or_else}",
                "expected a working-day question from {first} to {last}, got `{day}`; add the notice of {year} with `with_notice(...)`{or_else}",
                first=first,
                last=last,
                day=day,
                year=self.year,
                or_else=or_else,
            )
        )

    @property
    def year(self) -> int:
        """The year whose notice is missing: for 29 to 31 December after the last day that is the year after."""
        ends_year = self.day.month == 12 and self.day.day > 28  # noqa: PLR2004 - a date in the calendar
        return self.day.year + (ends_year and self.day > self.last)


class AnalysisLimitError(RevisitPolicyError, RuntimeError):
    """A question about a policy that took more steps than it was given.

    When it occurs: the analysis of a large or tangled policy reaches its budget. Nothing is guessed: what was proved
    until then stands in `proved`, what was found in `findings`, the rest is open.

    How to fix it: raise `budget`, or ask about fewer tables or fewer facts that can be missing.

    Args:
        budget: The steps that were given; a step is one choice or one conflict of the search.
        proved: What was proved before the budget ran out, one sentence each: tables, and of the table under way rules or pairs of rules.
        findings: What was found until then, as the full answer has it, abstract findings among it.
    """

    def __init__(self, *, budget: int, proved: Sequence[str] = (), findings: Sequence[Any] = ()) -> None:
        self.budget, self.proved, self.findings = budget, tuple(proved), tuple(findings)
        found = [Phrase.each(finding.sentence) for finding in self.findings]
        proved_so_far = Phrase("；迄今已证明：{first}", "; proved so far: {first}", first=_first_of(self.proved)) if self.proved else ""
        found_so_far = Phrase("；迄今已发现：{first}", "; found so far: {first}", first=_first_of(found)) if found else ""
        nothing = Phrase("；迄今尚无证明", "; nothing was proved so far") if not (self.proved or found) else ""
        super().__init__(
            Phrase(
                "应在{budget}步之内作答，实际需要更多{proved}{found}{nothing}",
                "expected to answer within {budget} steps, needs more{proved}{found}{nothing}",
                budget=budget,
                proved=proved_so_far,
                found=found_so_far,
                nothing=nothing,
            )
        )


class LawBrokenError(RevisitPolicyError, AssertionError):
    """A law that a policy does not keep.

    When it occurs: a check of `revisit_policy.testing` found facts for which the law does not hold.

    How to fix it: decide the facts that the notes repeat, and correct the rule that the message names.

    Args:
        law: The law by its name.
        expected: What the law demands, with the facts that matter.
        got: What came.

    Examples:
        >>> print(LawBrokenError(law="monotone", expected="`grade` no milder with `overdue` at 91 than at 90", got="normal"))
        the policy is not monotone: expected `grade` no milder with `overdue` at 91 than at 90, got normal
    """

    def __init__(self, *, law: str, expected: str, got: str) -> None:
        self.law, self.expected, self.got = law, expected, got
        super().__init__(
            Phrase(
                "政策不符合规律“{law}”：应为 {expected}，实际为 {got}",
                "the policy is not {law}: expected {expected}, got {got}",
                law=law,
                expected=expected,
                got=got,
            )
        )


class UnexpectedOutcomeError(RevisitPolicyError, AssertionError):
    """A worked case that a policy decides otherwise than the team wrote down.

    When it occurs: a `PolicyCase` of `revisit_policy.testing` is checked.

    How to fix it: the notes tell the rules that fired, the facts read and the nearest rule with the expected outcome;
    correct the rule, or the expectation.

    Args:
        outcome: The table, and which part of its verdict was expected.
        because: Why the team expects it.
        expected: The outcome written down.
        got: The outcome that came.

    Examples:
        >>> print(UnexpectedOutcomeError(outcome="grade", because="one day late is late", expected="watch", got="normal"))
        expected `grade` watch because one day late is late, got normal
    """

    def __init__(self, *, outcome: str, because: str, expected: str, got: str) -> None:
        self.outcome, self.because, self.expected, self.got = outcome, because, expected, got
        super().__init__(
            Phrase(
                "`{outcome}` 应为 {expected}，理由：{because}；实际为 {got}",
                "expected `{outcome}` {expected} because {because}, got {got}",
                outcome=outcome,
                expected=expected,
                because=because,
                got=got,
            )
        )


class SnapshotChangedError(RevisitPolicyError, AssertionError):
    """A policy that says of some case something else than the text that was signed.

    When it occurs: `revisit_policy.testing.check_snapshot`, or the fixture `policy_snapshot`, compares the two.

    How to fix it: the notes tell which rules differ and which cases are decided otherwise; correct the policy, or have the
    change signed and write the text anew.

    Args:
        name: The text that was signed.
        changed: How many cases are decided otherwise, new, or no longer there.

    Examples:
        >>> print(SnapshotChangedError(name="boundaries.txt", changed=2))
        expected every case as `boundaries.txt` has it, got 2 that differ
    """

    def __init__(self, *, name: str, changed: int) -> None:
        self.name, self.changed = name, changed
        super().__init__(
            Phrase(
                "每个案件应与 `{name}` 所载一致，实际有{changed}个{differ}",
                "expected every case as `{name}` has it, got {changed} that {differ}",
                name=name,
                changed=changed,
                differ=Phrase("不同", "differs" if changed == 1 else "differ"),
            )
        )


class SnapshotUnreadableError(RevisitPolicyError, ValueError):
    """A text that is no snapshot, or no longer one.

    When it occurs: `revisit_policy.testing.check_snapshot`, or the fixture `policy_snapshot`, reads a text that somebody has
    edited, or that a merge has left in two halves.

    How to fix it: correct the line, or write the text anew with ``--policy-snapshot-update``. Lines of your own begin with
    ``#`` and may stand anywhere.

    Args:
        name: The text.
        line: The number of the line, from 1.
        expected: What was expected there.
        got: What stands there.

    Examples:
        >>> print(SnapshotUnreadableError(name="boundaries.txt", line=7, expected="a case above it", got="  grade: normal"))
        cannot read `boundaries.txt`, line 7: expected a case above it, got `' grade: normal'`
    """

    def __init__(self, *, name: str, line: int, expected: str, got: str) -> None:
        self.name, self.line, self.expected, self.got = name, line, expected, got
        super().__init__(
            Phrase(
                "无法读取 `{name}` 第{line}行：应为{expected}，实际为 {shown}",
                "cannot read `{name}`, line {line}: expected {expected}, got {shown}",
                name=_on_one_line(name),
                line=line,
                expected=expected,
                shown=_shown(got),
            )
        )
