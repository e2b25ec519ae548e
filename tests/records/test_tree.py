"""The tree against the reference values of Certificate Transparency, and against the definition of RFC 9162 written out."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import pytest

from revisit_policy.records.ledgers.tree import EMPTY, Node, Tree, leaf_hash, root_by_path, roots_by_path

# Facts, published with the reference implementation of Certificate Transparency and used by every other one.
INPUTS: Final = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS: Final = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
FIRST_OF_EIGHT: Final = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
FIFTH: Final = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
SEVENTH_AND_EIGHTH: Final = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
FIFTH_AND_SIXTH: Final = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
PATHS: Final = {
    (0, 1): [],
    (0, 8): FIRST_OF_EIGHT,
    (5, 8): [FIFTH, SEVENTH_AND_EIGHTH, ROOTS[4]],
    (2, 3): [ROOTS[2]],
    (1, 5): [ROOTS[1], FIRST_OF_EIGHT[1], FIFTH],
}
CONSISTENT: Final = {
    (1, 1): [],
    (1, 8): FIRST_OF_EIGHT,
    (6, 8): [FIFTH_AND_SIXTH, SEVENTH_AND_EIGHTH, ROOTS[4]],
    (2, 5): [FIRST_OF_EIGHT[1], FIFTH],
}
MOST: Final = 64


def tree_of(leaves: Sequence[bytes]) -> Tree:
    peaks: list[Node] = []
    for leaf in leaves:
        peaks.append(Node(leaf))
        while len(peaks) > 1 and peaks[-2].size == peaks[-1].size:
            later = peaks.pop()
            peaks.append(peaks.pop().joined(later))
    return Tree(tuple(peaks))


LEAVES: Final = [leaf_hash(bytes.fromhex(data)) for data in INPUTS]
REFERENCE: Final = tree_of(LEAVES)
MANY: Final = [leaf_hash(number.to_bytes(2, "big")) for number in range(MOST)]
ALL: Final = tree_of(MANY)


def root_as_defined(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162, 2.1.1, from the hashes of leaves."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + root_as_defined(leaves[:half]) + root_as_defined(leaves[half:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_the_one_that_certificate_transparency_publishes(size: int) -> None:
    assert REFERENCE.root(size).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_path_of_a_leaf_is_the_published_one_and_leads_to_the_root(index: int, size: int) -> None:
    path = REFERENCE.path(index, size)
    assert [step.hex() for step in path] == PATHS[index, size]
    assert root_by_path(LEAVES[index], index, size=size, path=path) == bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize(("old", "size"), CONSISTENT)
def test_the_path_between_two_sizes_is_the_published_one_and_leads_to_both_roots(old: int, size: int) -> None:
    path = REFERENCE.consistency(old, size)
    assert [step.hex() for step in path] == CONSISTENT[old, size]
    both = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[size])
    assert roots_by_path(old, size, path=path, old_root=both[0]) == both


@pytest.mark.parametrize("size", range(MOST + 1))
def test_the_root_of_any_size_is_that_of_the_definition(size: int) -> None:
    assert ALL.root(size) == tree_of(MANY[:size]).root(size) == root_as_defined(MANY[:size])
    assert ALL.root(0) == EMPTY


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_a_path_proves_its_leaf_at_its_place_and_no_other(size: int) -> None:
    root = ALL.root(size)
    for index in range(size):
        path = ALL.path(index, size)
        proved = [
            (leaf, place)
            for leaf in range(size)
            for place in range(size)
            if index in {leaf, place} and root_by_path(MANY[leaf], place, size=size, path=path) == root
        ]
        assert proved == [(index, index)]
        for wrong in ([*path, root], path[:-1] if path else [root], [root, *path]):
            assert root_by_path(MANY[index], index, size=size, path=wrong) != root


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_two_roots_are_consistent_if_and_only_if_the_tree_only_grew(size: int) -> None:
    for old in range(1, size + 1):
        both = ALL.root(old), ALL.root(size)
        path = ALL.consistency(old, size)
        assert roots_by_path(old, size, path=path, old_root=both[0]) == both
        assert roots_by_path(old, size, path=[*path, EMPTY], old_root=both[0]) != both
        for step in range(len(path)):
            changed = [*path[:step], EMPTY, *path[step + 1 :]]
            assert roots_by_path(old, size, path=changed, old_root=both[0]) != both
        other = tree_of([leaf_hash(b"another"), *MANY[1:old]]).root(old)
        assert roots_by_path(old, size, path=path, old_root=other) != (other, both[1])


def test_no_leaf_passes_for_a_node_and_no_odd_node_is_doubled() -> None:
    assert tree_of(MANY[:3]).root(3) != tree_of([*MANY[:3], MANY[2]]).root(4)
    assert leaf_hash(MANY[0] + MANY[1]) != ALL.root(2)
