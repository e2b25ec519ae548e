"""What people read, in which language: the lowest floor, so that a refusal can speak like everything else.

Text is an argument of a language and never a setting, and a sentence stands in both languages where it is said.

Which door: ``Lang`` for the two languages of the library; ``Phrase`` for what a refusal of one's own says, if it shall answer
``error.text("zh")`` too; a plain text is taken wherever a phrase is.
"""

from revisit_policy.speech.lang import Lang
from revisit_policy.speech.phrase import Phrase, Spoken

__all__ = ["Lang", "Phrase", "Spoken"]
