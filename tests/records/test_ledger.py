"""What a ledger keeps, finds, proves and drops."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Final

import attrs
import pytest
from rich.pretty import pretty_repr
from tests.records.ledgers import BORROWER, ledger_of, salt_of

import revisit_policy as rp
from revisit_policy.policy import KeptSince, Retention
from revisit_policy.records import Content, Entry, Flaw, Head, InclusionProof, Ledger, SealedField, from_json, to_json
from revisit_policy.rulebooks import cn_housing

LEDGER: Final = ledger_of(20)
HEAD: Final = LEDGER.head
HALF: Final = LEDGER.head_at(10)
RULES: Final = cn_housing.RETENTION
ENDED: Final = {f"2026-{number:04}": "2027-01-31" for number in range(20)}


def read(lines: list[str], name: str = "decisions") -> Ledger:
    return Ledger.from_lines(name, lines)


def lines_of(ledger: Ledger) -> list[str]:
    return list(ledger.to_lines(with_texts=True))


def forged(number: int) -> str:
    """A line that agrees with itself, of a record that was never made."""
    other = Ledger(name="decisions").append(
        f"2026-{number:04}", on="2026-11-23", fields={"decision": Content("pass", "transaction")}, salt=salt_of(99)
    )
    return lines_of(other)[0]


def test_appending_gives_another_ledger_and_leaves_this_one() -> None:
    empty = Ledger(name="decisions")
    one = empty.append("a", on="2026-11-23", fields={"decision": Content("watch", "transaction")}, salt=salt_of(1))
    assert (len(empty.entries), len(one.entries)) == (0, 1)
    two, other = (
        one.append("b", on="2026-11-23", fields={"decision": Content(text, "transaction")}, salt=salt_of(2)) for text in ("watch", "pass")
    )
    assert two.head != other.head
    assert two.head_at(1) == other.head_at(1) == one.head
    assert two.verify(one.head).findings == other.verify(one.head).findings == ()


def test_a_ledger_is_a_value_that_is_compared_copied_and_pickled() -> None:
    again = ledger_of(20)
    assert again == LEDGER == pickle.loads(pickle.dumps(LEDGER)) == copy.deepcopy(LEDGER) == read(lines_of(LEDGER))
    assert hash(again) == hash(LEDGER)
    assert {LEDGER: 1}[again] == 1
    assert ledger_of(20, name="others") != LEDGER != ledger_of(19)
    assert LEDGER.entries[3] == LEDGER.entry("2026-0003") == LEDGER.entries[-17] == LEDGER.entries[3:4][0]
    assert LEDGER.entry("2026-0003").field("borrower").text == BORROWER
    assert attrs.evolve(LEDGER, entries=list(LEDGER.entries)) == LEDGER
    with pytest.raises(IndexError):
        LEDGER.entries[20]


def test_the_same_records_in_a_ledger_of_another_name_are_other_leaves() -> None:
    others = ledger_of(20, name="others")
    assert others.entries[0].leaf != LEDGER.entries[0].leaf
    assert {finding.flaw for finding in read(lines_of(others)).verify().findings} == {Flaw.LEAF}


# ------------------------------------------------------------------------------------------------------------ what is found


def replaced(lines: list[str]) -> list[str]:
    return [*lines[:12], forged(12), *lines[13:]]


def reordered(lines: list[str]) -> list[str]:
    return [*lines[:12], lines[13], lines[12], *lines[14:]]


def taken_out(lines: list[str]) -> list[str]:
    return [*lines[:12], *lines[13:], forged(20)]


def put_in(lines: list[str]) -> list[str]:
    return [*lines[:12], forged(20), *lines[12:]]


def cut_off(lines: list[str]) -> list[str]:
    return lines[:15]


def rewritten(lines: list[str]) -> list[str]:
    return list(map(forged_anew, range(20)))


def forged_anew(number: int) -> str:
    other = Ledger(name="decisions").append(
        f"2026-{number:04}", on="2026-11-23", fields={"decision": Content("pass", "transaction")}, salt=salt_of(100 + number)
    )
    return lines_of(other)[0]


TAMPERED: Final = {
    "an entry replaced by another": (replaced, Flaw.REWRITTEN, 11, 20),
    "two entries in another order": (reordered, Flaw.REWRITTEN, 11, 20),
    "an entry taken out": (taken_out, Flaw.REWRITTEN, 11, 20),
    "an entry put in": (put_in, Flaw.REWRITTEN, 11, 20),
    "entries missing at the end": (cut_off, Flaw.TRUNCATED, 16, 20),
    "everything written anew": (rewritten, Flaw.REWRITTEN, 1, 10),
}


@pytest.mark.parametrize(("tamper", "flaw", "first", "last"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_done_to_a_ledger_is_found_between_two_heads(
    tamper: Callable[[list[str]], list[str]], flaw: Flaw, first: int, last: int
) -> None:
    ledger = read(tamper(lines_of(LEDGER)))
    found = ledger.verify(HEAD, HALF)
    assert [(each.flaw, each.first, each.last) for each in found.findings] == [(flaw, first, last)]
    assert found.anchored == first - 1 - (flaw is Flaw.TRUNCATED) * 5
    for lang in ("zh", "en"):
        assert len(found.text(lang).splitlines()) == 1


@pytest.mark.parametrize("tamper", [row[0] for row in TAMPERED.values()], ids=TAMPERED)
def test_without_a_head_none_of_it_is_found_and_the_answer_says_so(tamper: Callable[[list[str]], list[str]]) -> None:
    found = read(tamper(lines_of(LEDGER))).verify()
    assert (found.findings, found.anchored) == ((), 0)
    assert "would not be seen" in found.text("en")
    assert "无法发现" in found.text("zh")


def test_what_comes_after_the_last_head_is_told_as_open() -> None:
    found = LEDGER.verify(HALF)
    assert (found.anchored, found.size, found.findings) == (10, 20, ())
    assert found.text() == (
        "in agreement with their digests: all 20; as a head kept elsewhere has them: the first 10; "
        "without a head: the 10 after them; that some are missing at the end, or were written anew, would not be seen"
    )
    assert LEDGER.verify(HEAD, HALF).text("zh") == "与自身摘要相符：全部20条；与另存的根哈希一致：前20条"


def test_a_text_that_was_changed_is_named_by_entry_and_field() -> None:
    lines = lines_of(LEDGER)
    lines[4] = lines[4].replace(BORROWER, "王小名")
    found = read(lines).verify(HEAD)
    assert [(each.flaw, each.first, each.key, each.field) for each in found.findings] == [(Flaw.TEXT, 5, "2026-0004", "borrower")]
    assert "王" not in found.text("zh") + found.text("en") + repr(found) + pretty_repr(found)


@pytest.mark.parametrize("part", ["kind", "name"])
def test_what_a_field_is_called_and_of_what_kind_it_is_cannot_be_changed(part: str) -> None:
    lines = [line.replace(f'"{part}":"{was}"', f'"{part}":"other"') for line in lines_of(LEDGER) for was in ["identity", "borrower"]]
    changed = next(line for line in lines if "other" in line)
    assert Flaw.LEAF in {finding.flaw for finding in read([changed]).verify().findings}


# ------------------------------------------------------------------------------------------------------------ what is proved


def test_one_entry_is_proved_without_the_others() -> None:
    entry, proof = LEDGER.entry("2026-0007"), LEDGER.inclusion("2026-0007")
    assert proof.proves(entry, head=HEAD)
    assert LEDGER.inclusion("2026-0007", size=10).proves(entry, head=HALF)
    assert not proof.proves(entry, head=HALF)
    assert not proof.proves(LEDGER.entry("2026-0008"), head=HEAD)
    assert not LEDGER.inclusion("2026-0008").proves(entry, head=HEAD)
    assert len(proof.path) == 5


def test_an_entry_is_not_proved_once_a_text_in_it_was_changed() -> None:
    lines = lines_of(LEDGER)
    lines[7] = lines[7].replace(BORROWER, "李")
    assert not LEDGER.inclusion("2026-0007").proves(read(lines).entry("2026-0007"), head=HEAD)


def test_two_heads_are_proved_to_be_of_one_ledger_that_grew() -> None:
    assert LEDGER.consistency(HALF).proves(HALF, head=HEAD)
    assert LEDGER.consistency(HALF, size=12).proves(HALF, head=LEDGER.head_at(12))
    assert not LEDGER.consistency(HALF).proves(HALF, head=LEDGER.head_at(12))
    grown_otherwise = read([*lines_of(LEDGER)[:9], forged(9)])
    assert not LEDGER.consistency(HALF).proves(grown_otherwise.head, head=HEAD)
    none = Ledger(name="decisions").head
    assert LEDGER.consistency(none).proves(none, head=HEAD)
    assert LEDGER.consistency(HEAD).proves(HEAD, head=HEAD)
    assert not LEDGER.consistency(none).proves(attrs.evolve(none, root=HEAD.root), head=HEAD)


@pytest.mark.parametrize("size", range(1, 65))
def test_every_entry_of_every_size_is_proved_and_no_other_entry_is(size: int) -> None:
    ledger = ledger_of(64)
    head = ledger.head_at(size)
    for entry in ledger.entries[:size]:
        proof = ledger.inclusion(entry.key, size=size)
        assert [each.key for each in ledger.entries if proof.proves(each, head=head)] == [entry.key]


# ------------------------------------------------------------------------------------------------------------ what is dropped


def test_texts_are_dropped_when_their_time_is_over_and_everything_still_holds() -> None:
    kept = LEDGER.redacted(on="2037-01-31", rules=RULES, ended_on=ENDED)
    bare = kept.redacted(on="2037-02-01", rules=RULES, ended_on=ENDED)
    assert kept.entry("2026-0003").field("decision").text is None  # ten years from the record
    assert kept.entry("2026-0003").field("borrower").text == BORROWER  # ten years from the end of the relation
    assert bare.entry("2026-0003").field("borrower").is_dropped
    for ledger in (kept, bare, read(lines_of(bare))):
        assert ledger.head == HEAD
        assert ledger.verify(HEAD, HALF).findings == ()
        assert ledger.inclusion("2026-0003").proves(ledger.entry("2026-0003"), head=HEAD)
    assert (bare.verify(HEAD).dropped, kept.verify(HEAD).dropped) == (40, 20)
    assert "fields without a text: 40" in bare.verify(HEAD).text()
    assert BORROWER not in "".join(lines_of(bare))


def test_nothing_of_a_dropped_text_or_its_salt_is_left_in_the_value() -> None:
    bare = LEDGER.redacted(on="2050-01-01", rules=RULES, ended_on=ENDED)
    stored = pickle.dumps(bare)
    salt = LEDGER.entries[3].field("borrower").salt
    assert salt is not None
    assert BORROWER.encode() not in stored
    assert salt.encode() not in stored
    assert BORROWER.encode() in pickle.dumps(LEDGER)


def test_while_the_relation_lasts_who_the_borrower_is_stays() -> None:
    assert LEDGER.redacted(on="2099-01-01", rules=RULES).entry("2026-0003").field("borrower").text == BORROWER


def test_a_field_is_dropped_by_name_but_not_before_its_time() -> None:
    dropped = LEDGER.dropping("2026-0003", "borrower", on="2037-02-01", rules=RULES, ended_on=ENDED)
    assert [entry.key for entry in dropped.entries if entry.field("borrower").is_dropped] == ["2026-0003"]
    assert dropped.dropping("2026-0003", "borrower", on="2037-02-01", rules=RULES, ended_on=ENDED) == dropped
    with pytest.raises(rp.InvalidValueError, match=r"`on` must be after 2037-01-31, until when `identity` is kept, got `'2037-01-31'`"):
        LEDGER.dropping("2026-0003", "borrower", on="2037-01-31", rules=RULES, ended_on=ENDED)
    with pytest.raises(rp.InvalidValueError, match="after the relation has ended: until then `identity` is kept"):
        LEDGER.dropping("2026-0003", "borrower", on="2037-01-31", rules=RULES)
    with pytest.raises(rp.UnknownNameError, match="unknown field `borower`, did you mean `borrower`"):
        LEDGER.dropping("2026-0003", "borower", on="2037-01-31", rules=RULES)
    with pytest.raises(rp.UnknownNameError, match="unknown kind of retention `identity`, expected `contact`"):
        LEDGER.dropping("2026-0003", "borrower", on="2037-01-31", rules=[rule for rule in RULES if rule.kind == "contact"])


def test_the_longest_of_several_rules_about_a_kind_binds() -> None:
    house = rp.Citation(document=("档案", "files"), standing="bank_practice")
    longer = Retention(kind="transaction", label=("档案", "files"), months=180, since="recorded", source=house)
    assert not LEDGER.redacted(on="2041-11-23", rules=[longer, *RULES]).entries[0].field("decision").is_dropped
    assert LEDGER.redacted(on="2041-11-24", rules=[*RULES, longer]).entries[0].field("decision").is_dropped


def test_a_kind_without_a_rule_is_kept() -> None:
    assert LEDGER.redacted(on="2099-01-01", rules=()) == LEDGER


ALL: Final = tuple(rp.values.Verified)
FIGURES: Final = {
    "identity": (120, KeptSince.ENDED, "law", ALL),
    "transaction": (120, KeptSince.RECORDED, "law", ALL),
    "processing": (36, KeptSince.RECORDED, "law", ALL),
    "recording": (24, KeptSince.RECORDED, "self_regulation", ()),
    "contact": (0, KeptSince.ENDED, "proposal", ()),
    "finding": (36, KeptSince.RECORDED, "proposal", ()),
}


def test_every_figure_of_the_rulebook_says_where_it_is_from() -> None:
    told = {rule.kind: (rule.months, rule.since, rule.source.standing.value, rule.source.verified) for rule in RULES}
    assert told == FIGURES
    assert RULES[0].text("zh") == "客户身份资料：自业务关系结束之日起至少保存120个月。反洗钱法第34条 · 法律 · 已核对数值、条文号、文字"


@pytest.mark.parametrize(
    ("recorded_on", "ended_on", "last"),
    [("2026-01-31", "2027-03-31", "2027-04-30"), ("2028-01-31", "2027-03-31", "2028-02-29"), ("2026-01-31", None, None)],
    ids=["a month ends sooner", "recorded after the end", "no end yet"],
)
def test_a_time_of_keeping_ends_with_its_month(recorded_on: str, ended_on: str | None, last: str | None) -> None:
    rule = attrs.evolve(RULES[0], months=1)
    found = rule.last_day(recorded_on=recorded_on, ended_on=ended_on)
    assert (found and str(found)) == last


# ------------------------------------------------------------------------------------------------------- what nobody is shown


def test_nothing_personal_is_printed_or_written_unless_it_is_asked_for() -> None:
    entry = LEDGER.entries[3]
    shown = [LEDGER, entry, *entry.fields, Content(BORROWER, "identity"), LEDGER.entries, HEAD, LEDGER.inclusion(entry.key), LEDGER.verify(HEAD)]
    for value in shown:
        told = repr(value) + str(value) + pretty_repr(value)
        assert BORROWER not in told
        assert not any(salt in told for salt in entry.salts)
        assert len(pretty_repr(value).splitlines()) < 60
    public = list(LEDGER.to_lines())
    assert BORROWER not in "".join(public)
    assert "salt" not in "".join(public)
    assert read(public).head == HEAD
    assert read(public).verify(HEAD).findings == ()
    assert BORROWER in "".join(lines_of(LEDGER))


def test_a_digest_does_not_tell_a_text_that_can_be_guessed() -> None:
    same = [ledger_of(20).entries[number].field("borrower") for number in (0, 1)]
    assert same[0].text == same[1].text
    assert same[0].digest != same[1].digest
    assert same[0].salt != LEDGER.entries[0].field("decision").salt


LINE: Final = lines_of(LEDGER)[3]
WRONG_LINES: Final = {
    "cut off": (LINE[:-40], "a whole line of a ledger"),
    "empty": ("", "a whole line of a ledger"),
    "of another version": (LINE.replace('"version":1', '"version":7'), r"version` must be a version of lines that is known: 1, got `7`"),
    "a name twice": (LINE.replace('"key":', '"key":"x","key":'), "each name once"),
    "something more": (LINE.replace('"key":', '"extra":1,"key":'), "got `'extra'`"),
    "something less": (LINE.replace('"on":"2026-11-23",', ""), r"on` must be there"),
    "a day that is none": (LINE.replace("2026-11-23", "2026-11-31"), "a day that exists"),
    "a digest that is none": (LINE.replace('"leaf":"', '"leaf":"A'), "64 hexadecimal signs"),
    "a salt without a text": (LINE.replace(f',"text":"{BORROWER}"', ""), r"fields\[1\]\.text` must be there"),
    "half of a sign": (LINE.replace(BORROWER, "\ud800"), "whole characters"),
    "a number": (LINE.replace(f'"{BORROWER}"', "1.5"), "whole"),
    "a text that is none": (LINE.replace(f'"{BORROWER}"', "15"), r"fields\[1\]\.text` must be text"),
    "a space more": (LINE.replace(",", ", ", 1), "written as `to_lines` writes it"),
    "fields that are none": (json.dumps(json.loads(LINE) | {"fields": "none"}), r"fields` must be a list"),
    "a field that is none": (json.dumps(json.loads(LINE) | {"fields": ["none"]}), r"fields\[0\]` must be an object"),
    "no object": ("[]", "an object"),
    "no text": (b"{}", "a line of a ledger"),
}


@pytest.mark.parametrize(("line", "expected"), WRONG_LINES.values(), ids=WRONG_LINES)
def test_a_line_that_is_none_is_refused_by_its_number_and_not_repeated(line: str, expected: str) -> None:
    with pytest.raises(rp.InvalidValueError, match=expected) as caught:
        read([*lines_of(LEDGER)[:3], line])
    told = str(caught.value)
    assert len(told.splitlines()) == 1
    assert "lines[4]" in told
    assert BORROWER not in told


WRONG_CALLS: Final[dict[str, tuple[Callable[[], object], str]]] = {
    "a head of another ledger": (lambda: LEDGER.verify(ledger_of(3, name="others").head), "a head of the ledger `decisions`, not of `others`"),
    "an older head of another ledger": (lambda: LEDGER.consistency(ledger_of(3, name="others").head), "not of `others`"),
    "a proof against another ledger's head": (
        lambda: LEDGER.inclusion("2026-0003").proves(LEDGER.entries[3], head=ledger_of(20, name="others").head), "not of `others`"),
    "an older head of more entries than there are": (lambda: ledger_of(5).consistency(HEAD), "a head of at most 5 entries: after it the ledger was cut off"),
    "a key used before": (
        lambda: LEDGER.append("2026-0003", on="2026-11-23", fields={"a": Content("b", "c")}, salt=salt_of(50)), "a key that no other entry has"),
    "a salt used before": (
        lambda: LEDGER.append("new", on="2026-11-23", fields={"borrower": Content("b", "c")}, salt=salt_of(3)), "drawn anew for each entry"),
    "a short salt": (lambda: LEDGER.append("new", on="2026-11-23", fields={"a": Content("b", "c")}, salt=b"secret"), "got `'6 bytes not shown'`"),
    "a day before that of the last entry": (
        lambda: LEDGER.append("new", on="2026-11-22", fields={"a": Content("b", "c")}, salt=salt_of(50)),
        r"on or after the day of the last entry \(2026-11-23\)"),
    "plain text for contents": (lambda: LEDGER.append("new", on="2026-11-23", fields={"borrower": BORROWER}, salt=salt_of(50)), "a text and its kind"),  # type: ignore[dict-item] # the fault
    "no fields": (lambda: LEDGER.append("new", on="2026-11-23", fields={}, salt=salt_of(50)), "one or more"),
    "a key that nothing has": (lambda: LEDGER.entry("2026-9999"), "the key of an entry of `decisions`"),
    "a size that never was": (lambda: LEDGER.head_at(21), "a whole number at least 0 and at most 20"),
    "a proof in a head before the entry": (lambda: LEDGER.inclusion("2026-0010", size=10), "at least 11, where the entry `2026-0010` stands"),
    "two entries of one key": (lambda: read([LINE, LINE]), "entries, each with a key of its own"),
    "a head that is none": (lambda: Head.parse("20 abc decisions"), "a head, written as size, root and name"),
    "half of a sign to be recorded": (lambda: Content("\ud800", "identity"), r"U\+D800 cannot"),
    "an entry for an entry": (lambda: Ledger(name="a", entries=["b"]), "entries of a ledger"),  # type: ignore[list-item] # the fault
    "a path of a leaf behind the last": (lambda: attrs.evolve(LEDGER.inclusion("2026-0003"), index=20), r"below `size` \(20\)"),
    "a proof of a ledger that shrank": (lambda: attrs.evolve(LEDGER.consistency(HALF), size=3), r"at most `size` \(3\)"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "expected"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_what_cannot_be_meant_is_refused_in_one_line(call: Callable[[], object], expected: str) -> None:
    with pytest.raises(rp.RevisitPolicyError, match=expected) as caught:
        call()
    assert len(str(caught.value).splitlines()) == 1
    assert BORROWER not in str(caught.value) + caught.value.text("zh")
    assert caught.value.text("zh") != caught.value.text("en")


def test_a_head_is_written_on_one_line_and_read_again() -> None:
    assert Head.parse(str(HEAD)) == HEAD
    assert str(HEAD).startswith("20 ")


def test_a_text_without_its_salt_is_no_field() -> None:
    with pytest.raises(rp.InvalidInputError, match="there if and only if the text is") as caught:
        SealedField(name="a", kind="b", digest="0" * 64, text=BORROWER)
    assert BORROWER not in str(caught.value)
    with pytest.raises(rp.InvalidInputError, match="each under a name of its own"):
        Entry(key="a", on="2026-11-23", leaf="0" * 64, fields=[SealedField(name="a", kind="b", digest="0" * 64)] * 2)


@pytest.mark.parametrize(
    "value",
    [HEAD, LEDGER.inclusion("2026-0003"), LEDGER.consistency(HALF), LEDGER.entries[3], LEDGER.entries[3].dropping(["borrower"]), LEDGER.verify(HEAD)],
    ids=["a head", "a proof of inclusion", "a proof of consistency", "an entry", "an entry with a field dropped", "a verification"],
)
def test_what_is_shown_to_an_examiner_is_sent_as_json(value: object) -> None:
    assert from_json(to_json(value)) == value


def test_an_examiner_who_has_the_texts_of_an_entry_a_proof_and_a_head_needs_nothing_else() -> None:
    proof, entry, head = (from_json(to_json(value)) for value in (LEDGER.inclusion("2026-0003"), LEDGER.entries[3], HEAD))
    assert isinstance(proof, InclusionProof)
    assert isinstance(entry, Entry)
    assert isinstance(head, Head)
    assert proof.proves(entry, head=head)
