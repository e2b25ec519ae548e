"""What is text on one line: said once, for every field that holds text."""

import re
from typing import Final

from revisit_policy.speech.phrase import Phrase

# Written out rather than asked of `unicodedata`, whose categories change with the version of Python. The joiners U+200C and
# U+200D, which spell words of Persian and Hindi, variation selectors and private characters of rare names are no fault.
_HIDDEN: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls, line breaks and the beginning of a terminal's escapes among them
    "\xad\u180e\u200b\u2060-\u2064\ufeff"  # what is not seen: two texts that look the same would differ
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # what turns the text around it
    "\u2028\u2029"  # breaks between lines and paragraphs
    "\ud800-\udfff"  # half of a character: it cannot be written to a file
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"  # annotations and tags
    "]",
)
A_TEXT: Final = Phrase("前后无空格的文本", "text with no space around it")


def flaw_of(value: object) -> Phrase | None:
    """What *value* would have to be, if it is not text on one line; ``None`` if it is.

    Text on one line has something in it, no space around it, and nothing in it that breaks a line, cannot be seen, turns the
    reading direction or cannot be written to a file. A line of an explanation is made of such texts, and a reader has to
    be able to trust that it is one line.

    Args:
        value: Anything.

    Examples:
        >>> flaw_of("GZ-1"), flaw_of(" GZ-1")
        (None, 'text with no space around it')
        >>> flaw_of("GZ-1" + chr(10) + "Grade: pass")
        'text on one line without hidden characters, which U+000A is'
    """
    if not isinstance(value, str):
        return A_TEXT
    if hidden := _HIDDEN.search(value):
        return Phrase(
            "一行文本，不含隐藏字符，而 U+{code:04X} 即是",
            "text on one line without hidden characters, which U+{code:04X} is",
            code=ord(hidden[0]),
        )
    return None if value and value == value.strip() else A_TEXT
