"""What may be said about the last edits: saving, saved, failed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.messages import Message
from app.store.watching import Underneath


class SaveState(StrEnum):
    """What may be said about the last edit; "saved" only when it is on disk."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"
    READ_ONLY = "read-only"
    """Nothing is edited here, so there is nothing to save."""


@dataclass(frozen=True, slots=True)
class Saving:
    """The state of saving, with the sentence that says why it failed and what to do. `underneath` is what became of
    the file, where it failed because of that."""

    state: SaveState
    problem: Message | None = None
    underneath: Underneath | None = None
