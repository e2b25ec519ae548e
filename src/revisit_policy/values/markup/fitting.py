"""Text in a picture, where nothing breaks a line by itself: how wide it is about, cut or wrapped to the room there is."""

from typing import Final

_LATIN: Final = 0.54
"""How wide a Latin letter is, as a part of its size; a Chinese character is as wide as it is high."""
_WIDE: Final = 0x2E80
"""From here on signs are as wide as they are high."""


def width_of(text: str, *, size: float) -> float:
    """About how many pixels *text* of a *size* takes; a Chinese character about twice as many as a letter.

    Examples:
        >>> width_of("中文", size=12) > width_of("abc", size=12)
        True
    """
    return size * sum(1.08 if ord(sign) >= _WIDE else _LATIN for sign in text)


def fitted(text: str, *, room: float, size: float) -> str:
    """*text* cut to the *room* it has, in pixels; whole if it fits.

    Examples:
        >>> fitted("revaluation", room=200, size=12), fitted("revaluation", room=40, size=12)
        ('revaluation', 'reval…')
    """
    return text if width_of(text, size=size) <= room else _cut(text, room=room, size=size)


def wrapped(text: str, *, room: float, size: float) -> list[str]:
    """*text* on at most two lines; a line breaks between words, or between Chinese characters, and what is too long for both is cut."""
    lines = [""]
    for word in _words(text):
        if width_of(lines[-1] + word.rstrip(), size=size) > room and lines[-1]:
            lines.append(word.lstrip())
        else:
            lines[-1] += word
    shown = [line.strip() for line in lines[:2]]
    return shown if len(lines) <= 2 else [shown[0], _cut(shown[1], room=room, size=size)]  # noqa: PLR2004 - two lines


def _cut(line: str, *, room: float, size: float) -> str:
    while line and width_of(f"{line}…", size=size) > room:
        line = line[:-1]
    return f"{line}…"


def _words(text: str) -> list[str]:
    words: list[str] = []
    for sign in text:
        if words and ord(sign) < _WIDE and (sign == " " or not words[-1].endswith(" ")) and ord(words[-1][-1]) < _WIDE:
            words[-1] += sign
        else:
            words.append(sign)
    return words
