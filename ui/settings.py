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
    """`recent` holds paths, the latest first; `steps` the step on which each of them was left. `geometry` is Qt's own,
    in base 64."""

    theme: str = "light"
    zoom: float = 1.0
    guide: bool = True
    recent: list[str] = field(default_factory=list)
    steps: dict[str, str] = field(default_factory=dict)
    geometry: str = ""

    def opened(self, path: Path) -> None:
        """Remember a file as the one opened last."""
        said = str(path.resolve())
        self.recent = [said, *(one for one in self.recent if one != said)][:RECENT]
        self.steps = {path: step for path, step in self.steps.items() if path in self.recent}

    def left(self, path: Path, step: str) -> None:
        """Remember on which step a file was left."""
        self.steps[str(path.resolve())] = step

    def step_of(self, path: Path) -> str:
        """The step on which a file was left; "" where that is not known."""
        return self.steps.get(str(path.resolve()), "")

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
    blank.steps = {path: str(step) for path, step in blank.steps.items()}
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
