"""Records: what goes into a database or a file, and comes back the same in ten years.

Which door: `json_text` writes what JSON can hold in the one canonical form that digests are taken of, and `read_json` reads
JSON strictly: nothing is rounded, and nothing that is written twice is dropped.
"""

from revisit_policy.policy.json_text import Plain, json_text, read_json

__all__ = ["Plain", "json_text", "read_json"]
