"""Signed texts: a snapshot as people keep and edit it, read line by line, and refused where it is no snapshot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

import attrs

from revisit_policy.errors import InvalidValueError, SnapshotUnreadableError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.snapshots.signature import MARK, Signature
from revisit_policy.values.labels import Lang

#: What stands before a comment that was made on a text which has been written anew since.
EARLIER: Final = "of the text before: "

#: What an editor may put before the first line.
BYTE_ORDER_MARK: Final = "\ufeff"

_POLICY: Final = re.compile(r"policy (?P<digest>\S+) (?P<lang>\S+)")
_DIGEST: Final = re.compile(r"[0-9a-f]{12}")
_RULE: Final = re.compile(r"(?P<table>[^:]*[^:\s]): (?P<rule>[a-z0-9]+(?:-[a-z0-9]+)*): (?P<text>.+)")

Part = TypeVar("Part")

Cases = Mapping[str, Mapping[str, str]]


@attrs.frozen(kw_only=True)
class SignedText:
    """What stands in a snapshot.

    Args:
        signature: By which rules it was written; an empty one if it does not say.
        cases: What is said of each case, by its heading and by the part; what comes twice is numbered.
        comments: The lines that people wrote into it, without their mark.
        said: The lines that count: the cases with what is said of them.
    """

    signature: Signature
    cases: Cases
    comments: tuple[str, ...]
    said: tuple[str, ...]


def read_signed_text(text: object, *, name: str) -> SignedText:
    """*text* as a snapshot.

    Empty lines, blanks at the end of a line, the ends of lines of another system and lines of one's own that begin with
    ``#`` do not matter.

    Args:
        text: What `signed_snapshot`, or `snapshot`, once gave.
        name: What it is called in an error.

    Raises:
        InvalidValueError: If it is no text at all.
        SnapshotUnreadableError: For the first line that cannot be read, and for a case of which nothing is said.
    """
    __tracebackhide__ = True
    if not isinstance(text, str):
        expected = Phrase("`signed_snapshot` 曾给出的文本", "the text that `signed_snapshot` once gave")
        raise InvalidValueError(owner="", field="signed", value=type(text).__name__, expected=expected)
    reading = _Reading(name)
    for number, line in _numbered(text):
        reading.read(number, line)
    reading.finish_case()
    return SignedText(
        signature=reading.signature,
        cases=reading.cases,
        comments=tuple(reading.comments),
        said=tuple(reading.said),
    )


def decoded(content: bytes, *, name: str) -> str:
    """The *content* of a file as text.

    Raises:
        SnapshotUnreadableError: For the first line that is not in UTF-8.
    """
    __tracebackhide__ = True
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        got = content.split(b"\n")[line - 1].decode("utf-8", "backslashreplace").strip()
        raise SnapshotUnreadableError(name=name, line=line, expected=Phrase("UTF-8 文本", "text in UTF-8"), got=got) from None


def comments_in(text: str) -> tuple[str, ...]:
    """The comments in *text*, which may be unreadable otherwise."""
    reading = _Reading("")
    for number, line in _numbered(text):
        if line.startswith(MARK.strip()):
            try:
                reading.read(number, line)
            except SnapshotUnreadableError:
                continue
    return tuple(reading.comments)


def with_comments(text: str, *, before: str) -> str:
    """*text* with the comments of the text *before* at its head.

    Where the two say something else, each is marked as one of the earlier text: a signature is of what was read.
    """
    is_same = _content(text) == _content(before)
    kept = [comment if is_same or comment.startswith(EARLIER) else f"{EARLIER}{comment}" for comment in comments_in(before)]
    return "".join(f"{MARK}{comment}".rstrip() + "\n" for comment in kept) + text


def _content(text: str) -> list[str]:
    """The lines of *text* without its comments."""
    comments = set(comments_in(text))
    return [line for _, line in _numbered(text) if _comment(line) not in comments]


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines of *text* that are not empty, without blanks at their ends, by number from 1."""
    for number, line in enumerate(text.removeprefix(BYTE_ORDER_MARK).splitlines(), start=1):
        if line.strip():
            yield number, line.rstrip()


def _comment(line: str) -> str:
    """What stands behind the mark of *line*."""
    return line.removeprefix(MARK.strip()).strip()


class _Reading:
    """What has been read of one text so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.signature = Signature()
        self.cases: dict[str, dict[str, str]] = {}
        self.comments: list[str] = []
        self.said: list[str] = []
        self.case: tuple[int, str, str] | None = None  # number, line and heading of the case being read
        self.headings = Counter[str]()

    def read(self, number: int, line: str) -> None:
        """Take one line."""
        __tracebackhide__ = True
        if line.startswith(MARK.strip()):
            self._take_marked(number, line)
            return
        self.said.append(line)
        if line.startswith(" "):
            self._take_part(number, line)
        else:
            self.finish_case()
            self.headings[line] += 1
            heading = _numbered_name(line, self.headings[line])
            self.case = number, line, heading
            self.cases[heading] = {}

    def finish_case(self) -> None:
        """Refuse a case of which nothing is said: it is a line of something else."""
        __tracebackhide__ = True
        if self.case is not None and not self.cases[self.case[2]]:
            number, line, _ = self.case
            raise self._unreadable(
                number, Phrase("一个案件，其下为所述结论，或以 `#` 开头的注释", "a case, with what is said of it below, or a comment behind `#`"), line
            )

    def _take_part(self, number: int, line: str) -> None:
        __tracebackhide__ = True
        part, colon, text = line.strip().partition(":")
        if self.case is None:
            raise self._unreadable(number, Phrase("其上的案件", "a case above it"), line)
        if not colon:
            raise self._unreadable(number, Phrase("表及其结论，如 `grade: normal`", "a table and what it says, as `grade: normal`"), line)
        said = self.cases[self.case[2]]
        times = 1
        while _numbered_name(part, times) in said:
            times += 1
        said[_numbered_name(part, times)] = text.strip()

    def _take_marked(self, number: int, line: str) -> None:
        __tracebackhide__ = True
        text = _comment(line)
        if found := _POLICY.fullmatch(text):
            self._take_policy(number, line, found)
        elif self.signature.digest and not self.cases and (found := _RULE.fullmatch(text)):
            self._take_rule(number, line, found)
        else:
            self.comments.append(text)

    def _take_policy(self, number: int, line: str, found: re.Match[str]) -> None:
        __tracebackhide__ = True
        if self.signature.digest:
            raise self._unreadable(number, Phrase("写明政策的一行", "one line that names the policy"), line)
        languages = [lang.value for lang in Lang]
        if not _DIGEST.fullmatch(found["digest"]) or found["lang"] not in languages:
            raise self._unreadable(
                number,
                Phrase(
                    "以摘要的十二个字符写明的政策，以及 {languages}",
                    "the policy by twelve signs of its digest, and {languages}",
                    languages=" or ".join(languages),
                ),
                line,
            )
        self.signature = attrs.evolve(self.signature, digest=found["digest"], lang=Lang(found["lang"]))

    def _take_rule(self, number: int, line: str, found: re.Match[str]) -> None:
        __tracebackhide__ = True
        rule = found["table"], found["rule"]
        if rule in self.signature.rules:
            raise self._unreadable(
                number,
                Phrase(
                    "每条规则一次，而 `{rule_2}` 的 `{rule}` 已在上文", "each rule once, and `{rule}` of `{rule_2}` stands above", rule=rule[1], rule_2=rule[0]
                ),
                line,
            )
        self.signature = attrs.evolve(self.signature, rules={**self.signature.rules, rule: found["text"]})

    def _unreadable(self, number: int, expected: str, line: str) -> SnapshotUnreadableError:
        return SnapshotUnreadableError(name=self.name, line=number, expected=expected, got=line)


def _numbered_name(name: str, times: int) -> str:
    return name if times == 1 else f"{name} ({times})"


def parts_that_differ(old: Mapping[Part, str], new: Mapping[Part, str]) -> Iterator[Part]:
    """The names in *old* or *new* under which the two do not say the same, in their order."""
    return (name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name))
