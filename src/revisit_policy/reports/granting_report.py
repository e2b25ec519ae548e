"""What the book teaches those who grant: what became of the loans of each product and channel, and which of them stand out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.casefile.rows.field_label import FIELD_LABELS
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.reports.grant_tally import GrantGroup, GrantTally
from revisit_policy.reports.page import Page, Section
from revisit_policy.reports.tally import Counted
from revisit_policy.speech.joining import headed, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Labelled, Lang, lang_among
from revisit_policy.values.ratio import percent_text
from revisit_policy.values.validation import checked, gather, gathering, refused, to_text, to_whole

TITLE: Final = Label("贷后情况对授信的提示", "What the book teaches those who grant")
READING: Final = Label("说明", "How to read it")
LOANS: Final = Label("已判定{loans}笔贷款，分为{groups}组", "loans decided: {loans}, groups: {groups}")
REFUSED: Final = Label("数据有误、未能判定{loans}笔", "refused, their data being malformed: {loans}")
LEAST: Final = Label("不足{least}笔的，只列笔数，不作判断", "of fewer than {least} loans the numbers are told and nothing is judged")
EARLY: Final = Label(
    "早期逾期：发放不满{months}个月的贷款中，决策日有欠款的", "early arrears: of the loans paid out less than {months} months ago, those in arrears now"
)
UNKNOWN: Final = Label("新发放贷款中逾期情况不明{loans}笔，未计入", "of the loans paid out lately the arrears of {loans} are unknown, and these are left out")
APART: Final = Label(
    "差于其余：占比高于其余各组合计，且差距超过其标准误的{errors}倍",
    "worse than the others: a share above that of all other groups, by more than {errors} times its standard error",
)
LESSONS: Final = Label("差于其余的组别", "Worse than the others")
LESSON: Final = Label("{group}：{what}{share}，其余{others}", "{group}: {what} {share}, the others {others}")
NO_LESSON: Final = Label("没有组别明显差于其余", "no group is worse than the others beyond chance")
GROUPS: Final = Label("各组情况", "Each group")
GRADES: Final = Label("各组风险分类", "Grades of each group")
SIGNALS: Final = Label("各组最多的预警信号", "Most frequent warnings of each group")
FOUND: Final = Label("各组发放环节的问题", "What was found of the grant in each group")
SHARE: Final = Label("{of}笔中{count}笔（{share}）", "{count} of {of} ({share})")
FEW: Final = Label("{of}笔中{count}笔（笔数太少，不作判断）", "{count} of {of} (too few to judge)")
NOT_TOLD: Final = Label("未注明", "not told")
NONE: Final = Label("未定", "none")
NOBODY_KNOWS: Final = Label("–", "–")
COUNT: Final = Label("笔数", "loans")
WORSE: Final = Label("劣于最好一级", "below the best grade")
WARNED: Final = Label("有预警信号", "with a warning")
ORIGINATION: Final = Label("发放环节有问题", "something found of the grant")
YOUNG: Final = Label("早期逾期", "early arrears")

_ERRORS: Final = 3
_MOST: Final = 3
_PLACES: Final = 1


def _to_tally(value: GrantTally) -> GrantTally:
    return checked(value, GrantTally, field="", expected=Phrase("GrantTally，如 `frames.tally_grants` 所得", "a GrantTally, as `frames.tally_grants` makes it"))


def _to_least(value: int) -> int:
    return to_whole(value, low=1)


def _to_words(values: Mapping[str, Label] | Iterable[tuple[str, Label]]) -> tuple[tuple[str, Label], ...]:
    expected = Phrase("列名或单元格文字到 Label 的对应", "a Label for each name of a column or text of a cell")
    try:
        known = dict(values)
    except (TypeError, ValueError):
        raise refused(values, expected) from None
    if not all(isinstance(label, Label) for label in known.values()):
        raise refused(values, expected)
    return tuple((name, known[name]) for name in sorted(map(to_text, known)))


@attrs.frozen
class _Told:
    """One thing that is counted of a group: how many of how many; ``None`` where nobody counted."""

    label: Label
    of: Callable[[GrantGroup], tuple[int, int] | None]


_TOLD: Final = (
    _Told(WORSE, lambda group: (group.worse, group.loans)),
    _Told(WARNED, lambda group: None if group.warned is None else (group.warned, group.loans)),
    _Told(ORIGINATION, lambda group: None if group.faulty is None else (group.faulty, group.loans)),
    _Told(YOUNG, lambda group: None if group.early is None else (group.early.in_arrears, group.early.loans - group.early.unknown)),
)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class GrantingReport:
    """What one book teaches those who grant, by product, channel, or whatever else its loans are told apart by.

    It has numbers alone: no loan is told apart on it. A group of few loans is counted and not judged, neither alone nor against the others.
    That a group does worse than the others says where to look, and not why: the groups can differ in age, place and borrowers too.

    Args:
        tally: The book as numbers.
        least: Of how many loans at least a share is told; from 1.
        words: What columns and cells are called that no field of a case file names, such as
            ``{"channel": Label("渠道", "channel"), "web": Label("线上", "online")}``; a column or a cell without is shown as it is.

    Raises:
        InvalidInputError: If a field is malformed.

    Examples:
        >>> from revisit_policy.outcomes.grade import Grade
        >>> from revisit_policy.values.dates import Date
        >>> grades = Counted(what=Grade.NORMAL, loans=90), Counted(what=Grade.SPECIAL_MENTION, loans=10)
        >>> group = GrantGroup(granted=("broker",), loans=100, refused=0, grades=grades)
        >>> tally = GrantTally(on=Date(2026, 11, 24), by=("channel",), groups=(group,))
        >>> page = GrantingReport(tally, words={"channel": Label("渠道", "channel"), "broker": Label("中介", "broker")}).page("zh")
        >>> page.sections[2].columns, page.sections[2].rows
        (('渠道', '笔数', '劣于最好一级'), (('中介', '100', '100笔中10笔（10%）'),))
    """

    tally: GrantTally = attrs.field(converter=_to_tally, kw_only=False)
    least: int = attrs.field(default=30, converter=_to_least)
    words: tuple[tuple[str, Label], ...] = attrs.field(default=(), converter=_to_words)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def page(self, lang: str | Lang = "en") -> Page:
        """The page in one language.

        Args:
            lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is none of them.
        """
        chosen = lang_among(lang, self.tally.languages)
        title = headed(TITLE.text(chosen), text(self.tally.on, chosen), chosen)
        reading = Section(READING.text(chosen), lines=tuple(self._reading(chosen)))
        if not self.tally.groups:
            return Page(title, sections=[reading], lang=chosen)
        told = [each for each in _TOLD if any(each.of(group) is not None for group in self.tally.groups)]
        lessons = tuple(self._lessons(told, chosen)) or (NO_LESSON.text(chosen),)
        sections = [
            reading,
            Section(LESSONS.text(chosen), lines=lessons),
            self._shares(told, chosen),
            self._grades(chosen),
            Section(SIGNALS.text(chosen), lines=tuple(self._most(lambda group: group.signals, chosen))),
            Section(FOUND.text(chosen), lines=tuple(self._most(lambda group: group.found, chosen))),
        ]
        return Page(title, sections=[section for section in sections if section.lines or section.rows], lang=chosen)

    def _reading(self, lang: Lang) -> Iterator[str]:
        groups = self.tally.groups
        yield LOANS.filled(lang, loans=sum(group.loans for group in groups), groups=len(groups))
        if malformed := sum(group.refused for group in groups):
            yield REFUSED.filled(lang, loans=malformed)
        yield LEAST.filled(lang, least=self.least)
        early = [group.early for group in groups if group.early is not None]
        if early:
            yield EARLY.filled(lang, months=self.tally.early_months)
        if unknown := sum(each.unknown for each in early):
            yield UNKNOWN.filled(lang, loans=unknown)
        yield APART.filled(lang, errors=_ERRORS)

    # -- which groups stand out ----------------------------------------------------------------------------------------

    def _lessons(self, told: list[_Told], lang: Lang) -> Iterator[str]:
        for each in told:
            counted = [(group, pair) for group in self.tally.groups if (pair := each.of(group)) is not None]
            count, of = (sum(pair[at] for _, pair in counted) for at in (0, 1))
            for group, pair in counted:
                others = count - pair[0], of - pair[1]
                if min(pair[1], others[1]) >= self.least and _stands_out(pair, others):
                    shares = self._share(pair, lang), self._share(others, lang)
                    yield LESSON.filled(lang, group=self._named(group, lang), what=each.label.text(lang), share=shares[0], others=shares[1])

    # -- the tables ----------------------------------------------------------------------------------------------------

    def _table(self, heading: Label, rows: Iterable[list[str]], *, columns: list[str], lang: Lang) -> Section:
        by = [self._word(name, FIELD_LABELS.get(name), lang=lang) for name in self.tally.by]
        cells = [(*self._parts(group, lang), *row) for group, row in zip(self.tally.groups, rows, strict=True)]
        return Section(heading.text(lang), columns=(*by, *columns), rows=cells)

    def _shares(self, told: list[_Told], lang: Lang) -> Section:
        pairs = [[each.of(group) for each in told] for group in self.tally.groups]
        shares = [[NOBODY_KNOWS.text(lang) if pair is None else self._share(pair, lang) for pair in row] for row in pairs]
        rows = [[str(group.loans), *row] for group, row in zip(self.tally.groups, shares, strict=True)]
        return self._table(GROUPS, rows, columns=[COUNT.text(lang), *(each.label.text(lang) for each in told)], lang=lang)

    def _share(self, pair: tuple[int, int], lang: Lang) -> str:
        count, of = pair
        if of < self.least:
            return FEW.filled(lang, count=count, of=of)
        return SHARE.filled(lang, count=count, of=of, share=percent_text(Fraction(count, of), _PLACES, lang=lang))

    def _grades(self, lang: Lang) -> Section:
        known = dict.fromkeys(each.what for group in self.tally.groups for each in group.grades)
        grades = sorted(known, key=lambda grade: grade is None)  # what is not established comes last
        columns = [NONE.text(lang) if grade is None else outcome_text(grade, lang) for grade in grades]
        counted = [{each.what: each.loans for each in group.grades} for group in self.tally.groups]
        return self._table(GRADES, [[str(loans.get(grade, 0)) for grade in grades] for loans in counted], columns=columns, lang=lang)

    def _most(self, of: Callable[[GrantGroup], tuple[Counted, ...]], lang: Lang) -> Iterator[str]:
        for group in self.tally.groups:
            most = sorted(of(group), key=lambda each: -each.loans)[:_MOST]
            if most:
                yield headed(self._named(group, lang), listed((f"{outcome_text(each.what, lang)} {each.loans}" for each in most), lang), lang)

    # -- what things are called ----------------------------------------------------------------------------------------

    def _named(self, group: GrantGroup, lang: Lang) -> str:
        return listed(self._parts(group, lang), lang)

    def _parts(self, group: GrantGroup, lang: Lang) -> list[str]:
        return [self._part(part, lang) for part in group.granted]

    def _part(self, part: Labelled | str | None, lang: Lang) -> str:
        if part is None:
            return NOT_TOLD.text(lang)
        return self._word(part, None, lang=lang) if not isinstance(part, Labelled) else self._word(str(part.value), part.labels, lang=lang)

    def _word(self, name: str, usual: Label | None, *, lang: Lang) -> str:
        label = dict(self.words).get(name, usual)
        return name if label is None else label.text(lang)


def _stands_out(pair: tuple[int, int], others: tuple[int, int]) -> bool:
    """Whether the share of one group is above that of the others by more than chance, told exactly: three standard errors of their difference."""
    (count, of), (count_of_others, others_of) = pair, others
    apart = Fraction(count, of) - Fraction(count_of_others, others_of)
    pooled = Fraction(count + count_of_others, of + others_of)
    return apart > 0 and apart**2 > _ERRORS**2 * pooled * (1 - pooled) * (Fraction(1, of) + Fraction(1, others_of))
