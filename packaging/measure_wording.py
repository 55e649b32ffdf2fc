"""How often the wording check misses a vague phrase, and how often it calls a good text vague.

    python packaging/measure_wording.py [tuned|held]

Reads `tests/fixtures/wording` and prints the shares for each half, in the right class and in any. Every miss and false
alarm of the tuned half is printed too; the held one stays unread.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.model.fields import Wording  # noqa: E402
from app.model.ids import Mint  # noqa: E402
from app.template_list import SAMPLE  # noqa: E402
from app.templates import open_template  # noqa: E402
from app.wording.detect import detect  # noqa: E402
from app.wording.names import Names, names_of  # noqa: E402

TEXTS = ROOT / "tests" / "fixtures" / "wording"
HALVES = ("tuned", "held")


@dataclass(frozen=True, slots=True)
class Judged:
    """One text: the field that it stands in, the class that should be found ("" for none), what was found."""

    text: str
    field: str
    kind: str
    found: tuple[str, ...]

    @property
    def right(self) -> bool:
        return self.kind in self.found if self.kind else not self.found


def judged(half: str, file: str, names: Names) -> Iterator[Judged]:
    """Every text of one half of a file, with what the check finds in it."""
    data: dict[str, Any] = tomllib.loads((TEXTS / f"{file}.toml").read_text(encoding="utf-8"))
    for field, texts in data[half].items():
        for kind, of_kind in texts.items() if isinstance(texts, dict) else (("", texts),):
            for text in of_kind:
                phrases = detect(text, Wording(field), names)
                yield Judged(text, field, kind, tuple(phrase.kind for phrase in phrases))


def sample_names() -> Names:
    """The names of the filled-in sample, which the texts are about."""
    return names_of(open_template(SAMPLE, Mint()).document)


def main(halves: tuple[str, ...]) -> None:
    names = sample_names()
    for half in halves:
        for file, what in (("bad", "missed"), ("good", "false alarm")):
            found = list(judged(half, file, names))
            wrong = [each for each in found if not each.right]
            for each in wrong if half == "tuned" else ():
                print(f"  {what}: [{each.field} {each.kind}] {each.text!r} found {', '.join(each.found) or 'nothing'}")
            print(f"{half}, {file}: {_share(len(found) - len(wrong), len(found))} right")
            if file == "bad":
                print(
                    f"{half}, {file}: {_share(sum(bool(each.found) for each in found), len(found))} found in any class"
                )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}, {100 * part / whole:.1f} %,"


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or HALVES)
