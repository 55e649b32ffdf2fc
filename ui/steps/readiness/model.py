"""The findings as a list: a heading for each step, and its findings below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.messages import msg, number_of, words
from app.rules.finding import ORDER, Finding, Severity
from app.steps import STEPS
from ui.findings import WORDS

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)

ALL, BLOCKERS, WARNINGS, ADVICE, STANDING = range(5)
"""What is shown: everything open, one weight of it, or what somebody accepted or promised."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A step, and how many findings follow it."""

    step: str
    title: str
    count: int


Entry = Heading | Finding


class FindingModel(QAbstractListModel):
    """Rebuilt as a whole: findings come and go in any number after one edit."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show these findings by step, the heaviest first in each."""
        by_step: dict[str, list[Finding]] = {}
        for finding in findings:
            by_step.setdefault(finding.step, []).append(finding)
        entries: list[Entry] = []
        for step in STEPS:
            found = sorted(by_step.get(step.id, ()), key=lambda f: (ORDER.index(f.severity), f.code))
            if found:
                entries += [Heading(step.id, step.title, len(found)), *found]
        if entries != self._entries:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()

    def finding(self, row: int) -> Finding | None:
        """The finding in a row; None for a heading."""
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return entry if isinstance(entry, Finding) else None

    def row_of(self, key: tuple[str, str]) -> int | None:
        """The row of the finding with this key (code, subject)."""
        found = (row for row, e in enumerate(self._entries) if isinstance(e, Finding) and e.key == key)
        return next(found, None)

    def nearest(self, row: int) -> int | None:
        """The finding in this row or the next one to it."""
        rows = [at for at, entry in enumerate(self._entries) if isinstance(entry, Finding)]
        return min(rows, key=lambda at: abs(at - row), default=None)

    def is_first(self, row: int) -> bool:
        """Whether no finding stands above this row."""
        return not any(isinstance(entry, Finding) for entry in self._entries[:row])

    def is_heading(self, row: int) -> bool:
        return self.finding(row) is None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.is_heading(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _said(entry)
        return None


def chosen(findings: Sequence[Finding], which: int) -> list[Finding]:
    """The findings that are to be shown."""
    if which == STANDING:
        return [finding for finding in findings if finding.accepted or finding.committed]
    weights = {BLOCKERS: Severity.BLOCKER, WARNINGS: Severity.WARNING, ADVICE: Severity.ADVICE}
    open_ = [finding for finding in findings if not finding.accepted]
    return open_ if which == ALL else [f for f in open_ if f.severity is weights[which]]


def weight_words(finding: Finding) -> str:
    """The word for a finding's weight, or for what stands for it."""
    if finding.accepted:
        return words("Accepted")
    return words("Promised") if finding.eased else words(WORDS[finding.severity])


def _said(entry: Entry) -> str:
    if isinstance(entry, Heading):
        return words(number_of(entry.count, "{step}: 1 point", "{step}: {count} points", step=msg(entry.title)))
    return f"{weight_words(entry)}: {words(entry.question)} {words(entry.detail)} {entry.code}"
