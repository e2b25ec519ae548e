"""The version of this library: told here, read from here by the distribution, carried by every record."""

from typing import Final

VERSION: Final = "0.1.0"
"""As the distribution has it; ``revisit_policy.__version__`` is the same."""
