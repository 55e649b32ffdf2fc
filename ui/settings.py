"""What the program remembers about its person between two runs: look, recent files, the place of the window.

Kept as one small JSON file in the person's own configuration folder. A file that cannot be read counts as none:
settings are never a reason not to start.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from platformdirs import user_config_path

from app.errors import AppError
from app.files import write_atomically

RECENT = 8


@dataclass
class Settings:
    """`recent` holds paths, the latest first. `geometry` is Qt's own, in base 64."""

    theme: str = "light"
    zoom: float = 1.0
    guide: bool = True
    recent: list[str] = field(default_factory=list)
    geometry: str = ""

    def opened(self, path: Path) -> None:
        """Remember a file as the one opened last."""
        said = str(path.resolve())
        self.recent = [said, *(one for one in self.recent if one != said)][:RECENT]

    def recent_files(self) -> list[Path]:
        """The recent files that are still there."""
        return [path for path in map(Path, self.recent) if path.is_file()]


def config_folder() -> Path:
    """Where settings are kept; OWNERMAP_CONFIG names another folder."""
    named = os.environ.get("OWNERMAP_CONFIG")
    return Path(named) if named else user_config_path("ownermap", appauthor=False)


def load() -> Settings:
    """The settings of the last run, or the defaults."""
    try:
        read = json.loads((config_folder() / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    blank = Settings()
    if not isinstance(read, dict):
        return blank
    for entry in fields(Settings):
        value = read.get(entry.name)
        if type(value) is type(getattr(blank, entry.name)):
            setattr(blank, entry.name, value)
    blank.recent = [str(one) for one in blank.recent]
    return blank


def save(settings: Settings) -> None:
    """Keep the settings; where the disk takes none, the next run starts with the ones before."""
    folder = config_folder()
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "settings.json", lambda path: path.write_text(text, encoding="utf-8"))
    except (OSError, AppError):
        return
