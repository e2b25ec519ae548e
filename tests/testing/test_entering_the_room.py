"""Entering the testing room: by name, with everything it offers, and with a plain word where hypothesis is missing."""

from __future__ import annotations

import subprocess
import sys

from revisit_policy import testing

WITHOUT_HYPOTHESIS = """
import sys
sys.modules["hypothesis"] = None
from revisit_policy import MissingExtraError
try:
    from revisit_policy import testing
except MissingExtraError as error:
    print(error)
"""


def test_every_name_the_room_offers_is_there_once_and_in_order() -> None:
    assert sorted(testing.__all__) == testing.__all__
    assert [name for name in testing.__all__ if not hasattr(testing, name)] == []


def test_without_hypothesis_the_extra_is_named() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_HYPOTHESIS], capture_output=True, text=True, check=True)
    expected = '`revisit_policy.testing` needs `hypothesis`; install it with `pip install "revisit-policy[testing]"`'
    assert done.stdout.strip() == expected
