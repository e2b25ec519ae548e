"""The lines of the report on rule coverage."""

from __future__ import annotations

import pytest


def printed(result: pytest.RunResult) -> list[str]:
    lines = result.outlines
    start = next(at for at, line in enumerate(lines) if "rule coverage" in line)
    return [line for line in lines[start + 1 : -1] if line]
