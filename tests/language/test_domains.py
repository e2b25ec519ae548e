"""Domains have a module each, and are found where they stood before."""

from __future__ import annotations

import pickle

import pytest

from revisit_policy import language
from revisit_policy.language import domain

NAMES = ("Amounts", "Choices", "Counts", "Days", "Flags", "Points", "Ratios", "Sets")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_pickled_when_all_domains_stood_in_one_module_is_read_today(name: str) -> None:
    written = f"crevisit_policy.language.domain\n{name}\n.".encode()  # a pickle of the class, by the path that it had
    assert pickle.loads(written) is getattr(language, name)


def test_the_union_of_domains_names_each_of_them() -> None:
    assert {member.__name__ for member in domain.Domain.__args__} == set(NAMES)
