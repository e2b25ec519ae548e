"""No law, no bank's practice and no currency below the rulebooks: what one country or one bank says stands in its rulebook."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import revisit_policy

PACKAGE = Path(revisit_policy.__file__).parent
SOURCES = {str(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py")) if "rulebooks" not in path.parts}

#: The working days of one country: a value for whoever asks, which no room of ours reads.
CALENDAR = "values/cn_notices.py"

#: Money itself knows how yuan are written; a row of which nobody says the currency is read as one of yuan.
OF_THE_YUAN = {"cell.py", "money.py", "row_reader.py", "row_layout.py"}


def spoken(tree: ast.Module) -> Iterator[ast.AST]:
    """What *tree* does, without what its docstrings say: examples may be of any country."""
    bodies = (getattr(node, "body", None) for node in ast.walk(tree))
    lines = (line for body in bodies if isinstance(body, list) for line in body)
    told = {id(line.value) for line in lines if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)}
    return (node for node in ast.walk(tree) if id(node) not in told)


def laws(text: str) -> list[str]:
    """Where *text* cites a regulation or a bank's practice, or names a document by its number."""
    found = []
    for node in spoken(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name("Citation") | ast.Attribute(attr="Citation"), keywords=said) if not _is_proposal(said):
                found.append(f"{node.lineno}: cites what is no proposal of ours")
            case ast.Constant(str(words)) if "〔" in words or "《" in words:
                found.append(f"{node.lineno}: names a document: {words}")
    return found


def _is_proposal(said: list[ast.keyword]) -> bool:
    standing = next((each.value for each in said if each.arg == "standing"), None)
    return standing is not None and ast.unparse(standing) in {"Standing.PROPOSAL", "'proposal'"}


def names_the_yuan(text: str) -> bool:
    """Whether *text* makes or asks for amounts in yuan."""
    calls = ("CNY", "cny")
    return any(
        (isinstance(node, ast.Constant) and node.value == "CNY") or (isinstance(node, ast.Name) and node.id in calls)
        for node in spoken(ast.parse(text))
    )


@pytest.mark.parametrize("name", [name for name in SOURCES if name != CALENDAR])
def test_no_module_below_the_rulebooks_cites_law_or_a_bank_s_practice(name: str) -> None:
    assert laws(SOURCES[name].read_text(encoding="utf-8")) == []


def test_no_more_modules_than_are_known_have_a_currency_of_their_own() -> None:
    found = {path.name for name, path in SOURCES.items() if not name.startswith("testing/") and names_the_yuan(path.read_text(encoding="utf-8"))}
    assert found == OF_THE_YUAN


PLANTED = {
    "a regulation": 'X = Citation(document=("法", "law"), standing="regulation")',
    "a member of the standings": 'X = citation.Citation(number="1", standing=Standing.REGULATION)',
    "practice": 'X = Citation(document=("惯例", "practice"), standing="bank_practice")',
    "a standing worked out": "X = Citation(document=TITLE, standing=found)",
    "a document by its number": 'X = "银监发〔2007〕54号"',
    "law within a function": 'def f():\n    """Return it."""\n    return Citation(standing="regulation", number="1")',
}


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_law_that_is_planted_is_found(text: str) -> None:
    assert len(laws(text)) == 1


def test_an_example_in_a_docstring_is_no_law() -> None:
    assert laws('def f():\n    """As 银监发〔2007〕54号 says: ``Citation(standing="regulation")``."""\n    return Citation(standing="proposal")') == []


def test_a_currency_that_is_planted_is_found() -> None:
    assert names_the_yuan('X = Money.of("1", "CNY")')
    assert names_the_yuan("X = cny(1)")
    assert not names_the_yuan('def f():\n    """``cny(1)`` is "CNY"."""')
