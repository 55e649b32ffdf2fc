"""Where the files are that come with the program."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources"


def resource(name: str) -> Path:
    """The path of a file that comes with the program, such as `templates/empty.json`."""
    return FOLDER / name
