"""What another computer does to a file of ours: nobody here is asked, and no backup is kept here."""

from __future__ import annotations

from pathlib import Path

from app.interchange import Project
from app.store.publishing import write_project
from app.store.tables import stored_change_set


def save_elsewhere(path: Path, project: Project) -> None:
    """Put a project in place of the file, as one whole."""
    write_project(path, project.document, [stored_change_set(entry) for entry in project.log])
