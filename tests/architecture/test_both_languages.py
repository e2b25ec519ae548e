"""Whatever the library refuses, it refuses in both languages: looked for in the source, so that a new refusal without Chinese fails."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

import attrs
import pytest

import revisit_policy

PACKAGE = Path(revisit_policy.__file__).parent
SOURCES = {str(source.relative_to(PACKAGE)): ast.parse(source.read_text(encoding="utf-8")) for source in sorted(PACKAGE.rglob("*.py"))}
SPOKEN = {"expected", "problem", "kind", "law"}
"""Parameters that are a part of a message: of our errors, and of whatever function of ours hands such a text on."""

NOT_YET: set[str] = set()
"""Files whose refusals are English only. None may be added."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _takers() -> dict[str, dict[str, int]]:
    """By the name of a function or class: its parameters that are texts of a message, with their places."""
    found: dict[str, dict[str, int]] = {}
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            owner = node.name if isinstance(node, ast.ClassDef) else ""
            for function in [each for each in node.body if isinstance(each, Function)] if isinstance(node, ast.Module | ast.ClassDef) else []:
                if owner and function.name == "__init__" and not owner.endswith("Error"):
                    continue
                name = owner if function.name == "__init__" else function.name
                given = [each for each in (*function.args.posonlyargs, *function.args.args) if each.arg not in {"self", "cls"}]
                for at, parameter in enumerate((*given, *function.args.kwonlyargs)):
                    if parameter.arg in SPOKEN and _is_spoken(name, function, parameter):
                        found.setdefault(name, {})[parameter.arg] = at if parameter in given else -1
    return found


def _is_spoken(name: str, function: Function, parameter: ast.arg) -> bool:
    """Whether it is a text of a message; a *kind* is one where it is handed on to an error, for there are kinds of other things."""
    if parameter.annotation is None or ast.unparse(parameter.annotation) != "str":
        return False
    handed_on = any(
        isinstance(keyword.value, ast.Name) and keyword.value.id == "kind"
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _called(call) == "UnknownNameError"
        for keyword in call.keywords
    )
    return parameter.arg != "kind" or name == "UnknownNameError" or handed_on


TAKERS = _takers()


@attrs.frozen
class Place:
    """Where a part of a message stands: names mean what they are given there, or else in the module, or in the one they come from."""

    module: ast.Module
    function: ast.AST | None
    seen: frozenset[str] = frozenset()

    def values_of(self, name: str) -> list[ast.expr]:
        """What the *name* was given."""
        inside = [] if self.function is None else [value for target, value in _assigned(ast.walk(self.function)) if target == name]
        return inside or [value for target, value in _assigned(self.module.body) if target == name]

    def returned_by(self, name: str) -> list[ast.expr]:
        """What the function of this *name* returns."""
        functions = [node for node in ast.walk(self.module) if isinstance(node, Function) and node.name == name]
        return [node.value for each in functions for node in ast.walk(each) if isinstance(node, ast.Return) and node.value is not None]

    def origin_of(self, name: str) -> Place | None:
        """The module of ours that the *name* is imported from."""
        for node in self.module.body:
            if isinstance(node, ast.ImportFrom) and node.module and name in {each.name for each in node.names}:
                path = node.module.removeprefix("revisit_policy.").replace(".", "/") + ".py"
                return Place(SOURCES[path], None, self.seen | {name}) if path in SOURCES else None
        return None


def _texts(node: ast.expr, place: Place) -> Iterator[ast.expr]:
    """The texts in one language that *node* may be, through names and functions."""
    several: list[ast.expr] = []
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()):
            if any(sign.isalpha() for sign in ast.unparse(node)):  # what only parts texts is in no language
                yield node
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            several = [one, other]
        case ast.BoolOp(values=several) | ast.Tuple(elts=several) | ast.List(elts=several) | ast.Dict(values=several):
            pass
        case ast.NamedExpr(value=value) | ast.Subscript(value=value):
            several = [value]
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join" | "rstrip")):
            several = [value]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name)) | ast.Name(id=name) if name not in place.seen:
            several = place.returned_by(name) if isinstance(node, ast.Call) else place.values_of(name)
            origin = None if several else place.origin_of(name)
            place = attrs.evolve(place, function=place.function if isinstance(node, ast.Name) else None, seen=place.seen | {name})
            if origin is not None:
                yield from (text for value in (*origin.returned_by(name), *origin.values_of(name)) for text in _texts(value, origin))
    yield from (text for each in several for text in _texts(each, place))


def _assigned(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes:
        if isinstance(node, ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _calls(tree: ast.Module) -> dict[ast.Call, ast.AST | None]:
    """Every call with the innermost function that it stands in."""
    found: dict[ast.Call, ast.AST | None] = {node: None for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for function in [node for node in ast.walk(tree) if isinstance(node, Function)]:  # an outer one comes before those within
        found.update({node: function for node in ast.walk(function) if isinstance(node, ast.Call)})
    return found


def _parts_of_messages(tree: ast.Module) -> Iterator[tuple[ast.expr, Place]]:
    for call, function in _calls(tree).items():
        if taken := TAKERS.get(_called(call)):
            parts = [keyword.value for keyword in call.keywords if keyword.arg in taken]
            parts += [call.args[at] for at in taken.values() if 0 <= at < len(call.args)]
            yield from ((part, Place(tree, function)) for part in parts)


def _in_one_language(tree: ast.Module) -> list[str]:
    found = {(text.lineno, ast.unparse(text)) for part, place in _parts_of_messages(tree) for text in _texts(part, place)}
    return [f"{line}: {text}" for line, text in sorted(found)]


def _phrases(tree: ast.Module) -> Iterator[tuple[ast.Call, str, str]]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _called(call) == "Phrase" and len(call.args) == 2:
            zh, en = call.args
            if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant):
                yield call, str(zh.value), str(en.value)


def _slots(text: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("source", SOURCES)
def test_every_part_of_a_refusal_is_said_in_both_languages(source: str) -> None:
    found = _in_one_language(SOURCES[source])
    if source in NOT_YET:
        assert found, "said in both languages now: take it from the list"
    else:
        assert found == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_phrase_has_the_same_slots_in_both_languages_and_fills_them_all(source: str) -> None:
    wrong = []
    for call, zh, en in _phrases(SOURCES[source]):
        parts = {keyword.arg for keyword in call.keywords if keyword.arg}
        if parts and not any(keyword.arg is None for keyword in call.keywords) and not _slots(zh) == _slots(en) == parts:
            wrong.append(f"{call.lineno}: {zh} / {en} / {sorted(parts)}")
    assert wrong == []


def test_a_refusal_in_english_alone_is_found_wherever_it_hides() -> None:
    tree = ast.parse(
        """
_A_LOAN = "a loan"

def check(value, day):
    expected = f"after {day}" if day else "a day"
    raise InvalidValueError(owner="", field="x", value=value, expected=expected)

def said(value):
    return "told by a function"

def more(value):
    raise refused(value, _A_LOAN)
    raise fault("x", value, said(value))
    raise fault("x", value, Phrase("贷款", "a loan"))
    raise UnknownNameError(kind="fact" or kind, name=value, known=())
"""
    )
    assert [found.partition(": ")[2] for found in _in_one_language(tree)] == ["'a loan'", "'a day'", "f'after {day}'", "'told by a function'", "'fact'"]


def test_the_parts_of_every_error_are_among_those_looked_at() -> None:
    assert {name for name in TAKERS if name.endswith("Error")} >= {
        "InvalidPolicyError",
        "InvalidValueError",
        "LawBrokenError",
        "SnapshotUnreadableError",
        "UnexpectedOutcomeError",
        "UnknownNameError",
    }
    assert TAKERS["refused"] == {"expected": 1}
    assert TAKERS["fault"] == {"expected": 2}


def test_every_enumeration_of_ours_is_called_by_a_chinese_name_too() -> None:
    classes = [node for tree in SOURCES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    labelled = [node for node in classes if {ast.unparse(base) for base in node.bases} & {"Labelled", "OrderedLabelled"}]
    named = {node.name for node in labelled for keyword in node.keywords if keyword.arg == "zh"}
    assert {node.name for node in labelled} - named == {"OrderedLabelled"}


PARTS_TEXTS = {"；", "、", "; "}
"""What stands between several texts in one language: `speech.joining` knows them."""

OF_ITS_OWN = {"frames/outputs/words.py", "values/citation.py"}
"""A column of codes, which engines join, and the articles of a law, whose marks are those of the text that is cited."""


@pytest.mark.parametrize("source", [source for source in SOURCES if not source.startswith("speech/")])
def test_sentences_are_filled_by_their_labels_and_joined_in_one_place(source: str) -> None:
    calls = [node for node in ast.walk(SOURCES[source]) if isinstance(node, ast.Call) and _called(node) == "format"]
    of_texts = [call for call in calls if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call) and _called(call.func.value) == "text"]
    chosen = [node for node in ast.walk(SOURCES[source]) if isinstance(node, ast.IfExp) and "Lang" in ast.unparse(node.test)]
    marks = [node for node in chosen if {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)} & PARTS_TEXTS]
    allowed = {"values/labels.py"} if of_texts else OF_ITS_OWN
    assert not (of_texts or marks) or source in allowed
