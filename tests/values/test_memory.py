"""What is kept of what was made: bounded in bytes, what is asked for stays, and it goes with its owner."""

from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.values.memory import Memory, size_of


def test_what_was_made_is_found_again() -> None:
    memory: Memory[tuple[str, ...]] = Memory()
    assert memory.find("a") is None
    made = memory.keep("a", ("made",))
    assert memory.find("a") is made


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 400)), max_size=300), st.integers(2_000, 20_000))
def test_no_memory_exceeds_its_budget_by_more_than_one_entry(asked: list[tuple[int, int]], budget: int) -> None:
    memory: Memory[str] = Memory(budget)
    largest = 0
    for key, length in asked:
        if memory.find(key) is None:
            memory.keep(key, "x" * length)
        largest = max(largest, length)
        assert memory.bytes <= budget + 2 * (largest + 300)
        assert sum(map(size_of, memory.kept.values())) <= memory.bytes


@given(st.lists(st.integers(0, 20), max_size=200), st.integers(1_000, 4_000))
def test_what_is_found_is_what_was_kept_last(asked: list[int], budget: int) -> None:
    memory: Memory[tuple[int, int]] = Memory(budget)
    for turn, key in enumerate(asked):
        found = memory.find(key)
        assert found is None or found[0] == key
        memory.keep(key, (key, turn))
        assert memory.find(key) == (key, turn)


def test_what_is_asked_for_outlives_what_is_not() -> None:
    memory: Memory[tuple[object, ...]] = Memory(20_000)
    favourite = memory.keep("favourite", ("asked for", "again and again"))
    for number in range(2_000):
        memory.keep(number, (number,))
        assert memory.find("favourite") is favourite
    assert memory.find(0) is None
    assert memory.find(1_999) == (1_999,)


def test_an_entry_larger_than_the_budget_is_kept_alone() -> None:
    memory: Memory[tuple[object, ...]] = Memory(1_000)
    memory.keep("small", ("small",))
    memory.keep("large", tuple(range(10_000)))
    memory.keep("next", ("next",))
    memory.keep("after", ("after",))
    assert memory.find("after") == ("after",)
    memory.keep("huge", tuple(range(20_000)))
    assert len(memory) <= 3


def test_letting_go_keeps_the_dictionary_that_generated_source_looks_into() -> None:
    memory: Memory[tuple[int]] = Memory(2_000)
    younger = memory.kept
    for number in range(100):
        memory.keep(number, (number,))
    assert memory.kept is younger
    assert len(memory) < 100
