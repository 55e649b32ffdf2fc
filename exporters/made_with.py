"""What the bytes of an export depend on beside its report. Each file says it in a property, so that `verify` can make
the file again just so, and can say why where the bytes come out otherwise."""

from __future__ import annotations

import re
import sys
import zlib

_LINE = re.compile(
    r"[a-z]{1,20} [0-9][0-9a-z.]{0,15}( and lxml)?, zlib [0-9][0-9a-z.+-]{0,20}, Python [0-9]\.[0-9]{1,2}"
)


def versions(library: str) -> str:
    """A line such as “reportlab 5.1.0, zlib 1.3.1, Python 3.11” for the writer that uses this library."""
    return f"{library}, zlib {zlib.ZLIB_RUNTIME_VERSION}, Python {sys.version_info.major}.{sys.version_info.minor}"


def believed(said: str, ours: str) -> str:
    """What a file says that it was made with, where it is such a line for the same library, else our own: in a property
    anything could be written, and nothing but this may be taken over."""
    return said if _LINE.fullmatch(said) and said.split()[0] == ours.split()[0] else ours
