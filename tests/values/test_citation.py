from __future__ import annotations

import copy
import pickle

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.values.citation import Citation, Standing, to_label
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.verified import Verified, VerifiedInput

TITLE = Label("商业银行金融资产风险分类办法", "Measures for Risk Classification")
MEASURES = Citation(
    document=TITLE,
    number="令〔2023〕第1号",
    article="11",
    in_force_from="2023-07-01",
    standing=Standing.REGULATION,
    verified=True,
)
HOUSE = Citation(document=Label("本行惯例", "house practice"), standing=Standing.BANK_PRACTICE)


def test_a_citation_is_one_line_in_each_language() -> None:
    assert MEASURES.text("zh") == "商业银行金融资产风险分类办法（令〔2023〕第1号）第11条 · 监管规定 · 已核对数值"
    english = MEASURES.text("en")
    assert english.startswith("Measures for Risk Classification (令〔2023〕第1号)")
    assert "11" in english.split("·")[0]
    assert english.endswith("· regulation · figure verified")


def test_what_was_not_checked_says_so() -> None:
    assert HOUSE.text("zh").endswith("· 银行惯例 · 未核对")
    assert HOUSE.text("en") == "house practice · bank practice · not verified"


def test_a_citation_is_not_verified_unless_it_says_so() -> None:
    assert HOUSE.verified == ()


@pytest.mark.parametrize(
    ("article", "zh"),
    [
        pytest.param("11", "第11条", id="a number becomes an article"),
        pytest.param("17–23", "第17–23条", id="a range as well"),
        pytest.param("附件2", "附件2", id="any other place stays as it is"),
    ],
)
def test_the_place_in_the_document_follows_its_title(article: str, zh: str) -> None:
    shown = attrs.evolve(MEASURES, number=None, article=article).text("zh")
    assert shown.split(" · ")[0].replace(" ", "") == f"{TITLE.zh}{zh}"


@pytest.mark.parametrize(
    ("document", "number", "article", "zh", "en"),
    [
        pytest.param(TITLE, "令1", "11", f"{TITLE.zh}（令1）第11条", f"{TITLE.en} (令1) Art. 11", id="title, number and article"),
        pytest.param(TITLE, "令1", None, f"{TITLE.zh}（令1）", f"{TITLE.en} (令1)", id="title and number"),
        pytest.param(TITLE, None, "11", f"{TITLE.zh}第11条", f"{TITLE.en} Art. 11", id="title and article"),
        pytest.param(None, "令1", "11", "令1第11条", "令1 Art. 11", id="number and article"),
        pytest.param(None, "令1", None, "令1", "令1", id="the number alone"),
        pytest.param(TITLE, None, "17 , 19", f"{TITLE.zh}第17、19条", f"{TITLE.en} Art. 17 , 19", id="several articles"),
        pytest.param(TITLE, None, "附件2", f"{TITLE.zh} 附件2", f"{TITLE.en} 附件2", id="another place"),
        pytest.param(TITLE, "令1", "附件2", f"{TITLE.zh}（令1） 附件2", f"{TITLE.en} (令1) 附件2", id="another place after the number"),
    ],
)
def test_what_is_known_of_a_source_is_put_together_in_each_language(document: Label | None, number: str | None, article: str | None, zh: str, en: str) -> None:
    cited = Citation(document=document, number=number, article=article, standing="regulation")
    assert cited.text("zh") == f"{zh} · 监管规定 · 未核对"
    assert cited.text("en") == f"{en} · regulation · not verified"


def test_a_practice_that_no_paper_has_is_its_standing_alone() -> None:
    assert Citation(standing="bank_practice").text("zh") == "银行惯例 · 未核对"


def test_a_label_or_its_two_texts_are_taken_as_a_label() -> None:
    assert to_label(TITLE) is TITLE
    assert to_label((TITLE.zh, TITLE.en)) == TITLE


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        pytest.param(Date(2023, 6, 30), False, id="the day before it begins"),
        pytest.param(Date(2023, 7, 1), True, id="the day it begins"),
        pytest.param(Date(2025, 12, 31), True, id="the last day"),
        pytest.param(Date(2026, 1, 1), False, id="the day it has ended"),
    ],
)
def test_a_citation_is_in_force_from_its_first_day_until_its_end(on: Date, *, in_force: bool) -> None:
    ended = attrs.evolve(MEASURES, in_force_to="2026-01-01")
    assert ended.is_in_force(on) is in_force


def test_an_unknown_bound_is_open() -> None:
    assert HOUSE.is_in_force(Date(1900, 1, 1))
    assert HOUSE.is_in_force(Date(2199, 1, 1))


def test_a_standing_may_be_given_by_its_code() -> None:
    assert Citation(document=TITLE, standing="regulation").standing is Standing.REGULATION


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"standing": "laws"}, "standing", id="an unknown standing"),
        pytest.param({"standing": Standing.PROPOSAL}, "verified", id="a proposal that claims to be verified"),
        pytest.param({"verified": 1}, "verified", id="a number for a flag"),
        pytest.param({"verified": ("figure", "meaning")}, "verified", id="what cannot be compared with a text"),
        pytest.param({"document": 5}, "document", id="a title that is no label"),
        pytest.param({"document": None, "number": None}, "document", id="a regulation nobody can look up"),
        pytest.param({"number": ""}, "number", id="an empty number"),
        pytest.param({"in_force_to": "2023-07-01"}, "in_force_to", id="an end that is not after the beginning"),
        pytest.param({"in_force_from": "2023"}, "in_force_from", id="a year for a day"),
    ],
)
def test_a_citation_that_misleads_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"`Citation\.{field}` must be"):
        attrs.evolve(MEASURES, **changes)  # type: ignore[arg-type] # it is to fail


def test_all_faults_of_a_citation_come_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Citation(document=5, number="", standing="laws", verified="yes")  # type: ignore[arg-type]
    fields = [error.field for error in found.value.exceptions if isinstance(error, InvalidValueError)]
    assert fields == ["document", "number", "standing", "verified"]


@pytest.mark.parametrize("citation", [MEASURES, HOUSE], ids=["a regulation", "a practice"])
def test_a_citation_is_a_value(citation: Citation) -> None:
    assert pickle.loads(pickle.dumps(citation)) == copy.copy(citation) == copy.deepcopy(citation) == citation
    assert hash(copy.deepcopy(citation)) == hash(citation)
    assert eval(repr(citation)) == citation  # noqa: S307 - the law is about evaluating it
    with pytest.raises(FrozenInstanceError):
        citation.verified = ()  # type: ignore[misc]


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("lang", Lang)
def test_every_standing_has_a_text(standing: Standing, lang: Lang) -> None:
    assert standing.label(lang)


@pytest.mark.parametrize(
    ("verified", "kept", "zh", "en"),
    [
        pytest.param(False, (), "未核对", "not verified", id="nothing"),
        pytest.param(True, (Verified.FIGURE,), "已核对数值", "figure verified", id="true is the figure alone, as a report of the text has it"),
        pytest.param("article", (Verified.ARTICLE,), "已核对条文号", "article verified", id="one by its code"),
        pytest.param(
            ["wording", Verified.FIGURE, "figure"], (Verified.FIGURE, Verified.WORDING), "已核对数值、文字", "figure, wording verified",
            id="several, in whatever order and once each",
        ),
    ],
)
def test_a_citation_says_what_was_compared_with_the_text(verified: VerifiedInput, kept: tuple[Verified, ...], zh: str, en: str) -> None:
    cited = attrs.evolve(MEASURES, verified=verified)
    assert cited.verified == kept
    assert cited.text("zh").endswith(f" · {zh}")
    assert cited.text("en").endswith(f" · {en}")


def test_a_proposal_has_no_text_that_it_could_have_been_compared_with() -> None:
    assert Citation(standing="proposal").text("zh") == "系统建议值（未经本行批准）"


@pytest.mark.parametrize("standing", [each for each in Standing if each.is_binding])
def test_what_binds_a_bank_is_named_so_that_it_can_be_looked_up(standing: Standing) -> None:
    with pytest.raises(InvalidInputError, match=r"`Citation\.document`"):
        Citation(standing=standing)


def test_standards_self_regulation_and_what_banks_do_bind_nobody() -> None:
    assert [each.value for each in Standing if not each.is_binding] == ["national_standard", "self_regulation", "bank_rule", "bank_practice", "proposal"]
