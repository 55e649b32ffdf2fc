"""Signs that nobody sees, as parts of a set of a regular expression: Unicode's default ignorable and format signs.

They are listed here and not taken from `unicodedata`, whose answer would change with the version of Python.
"""

FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters by their class that show a blank, or nothing, as the font likes."""

BRAILLE_BLANK = "\u2800"
"""A cell without dots: a blank, and no blank by its class."""

JOINERS = "\u061c\u200c-\u200f"
"""What some scripts and pictures need between their signs: joiners, and marks of direction."""

SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What chooses among the forms of the sign before it."""

NEVER_SEEN = (
    "\u00ad\u034f\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\U00013430-\U00013440"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Everything else that takes no room, turns the direction of what follows, or steers how signs are drawn."""
