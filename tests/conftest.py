"""How hard hypothesis looks: `fast` at the desk, `ci` the same on every run, `deep` when there is time."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("fast", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("deep", max_examples=2000, deadline=None)

_usual = "ci" if os.environ.get("CI", "").lower() in {"1", "true"} else "fast"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", _usual))
