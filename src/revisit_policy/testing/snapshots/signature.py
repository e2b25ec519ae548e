"""Signatures: the rules of a policy at the head of a snapshot, so that later it can be said which of them have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

import attrs

from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import condition_text, outcome_text
from revisit_policy.policy import canonical
from revisit_policy.testing.coverage.table_coverage import OTHERWISE
from revisit_policy.testing.subject import graph_of, policies_of
from revisit_policy.values.labels import Lang

#: What every line of a signature begins with, so that no case is taken for one.
MARK: Final = "# "

#: How many signs of a digest are written: as many as a policy shows of itself.
DIGEST_SIGNS: Final = 12

_POLICY: Final = "policy "


@attrs.frozen(kw_only=True)
class Signature:
    """What a snapshot says of its policy.

    Args:
        digest: The first signs of the digest of its content; empty if there is no signature.
        lang: The language in which the rules are written.
        rules: What each rule says, by table and rule, in the order of the policy.
    """

    digest: str = ""
    lang: Lang = Lang.EN
    rules: Mapping[tuple[str, str], str] = attrs.field(factory=dict, hash=False)

    @property
    def lines(self) -> Iterator[str]:
        """The signature as the head of a snapshot."""
        yield f"{MARK}{_POLICY}{self.digest} {self.lang.value}"
        for (table, rule), text in self.rules.items():
            yield f"{MARK}{table}: {rule}: {text}"


def digest_of(policy: object) -> str:
    """The first signs of the digest of *policy*: of a table, a graph, a policy, or a rulebook with all its editions."""
    digests = [getattr(each, "digest", None) or canonical.digest_of(each) for each in policies_of(policy)]
    whole = digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()
    return str(whole[:DIGEST_SIGNS])


def signature_of(policy: object, *, lang: Lang) -> Signature:
    """The signature of *policy* in *lang*.

    Raises:
        InvalidValueError: If it is no table, decision graph, policy or rulebook.
    """
    rules: dict[tuple[str, str], str] = {}
    editions = getattr(policy, "editions", None)
    for at, each in enumerate(policies_of(policy)):
        for table in graph_of(each).tables:
            name = table.id if editions is None else f"{editions[at].id} {table.id}"
            rules |= {(name, rule): text for rule, text in _rules(table, lang)}
    return Signature(digest=digest_of(policy), lang=lang, rules=rules)


def _rules(table: Table, lang: Lang) -> Iterator[tuple[str, str]]:
    for rule in table.rules:
        yield rule.id, f"{condition_text(rule.condition, lang)} → {outcome_text(rule.then, lang)}"
    yield OTHERWISE, outcome_text(table.otherwise, lang)
