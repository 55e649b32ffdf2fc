"""The past that a revision binds: the history until it froze, and the operating record as it stood then.

Both are hashed and kept beside the findings, in what every signature of the revision binds (chain.frozen_digest). So a
step of the history that is rewritten, left out or put in before that moment shows, and so does an entry of the record
that was changed without a step. What came after it is bound by the next revision, and by nothing until then.

Revisions that were frozen before this was kept bind no past.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from app.errors import AppError
from app.interchange import Plain, Project, canonical, plain_message
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.row import Row, as_plain
from app.revisions.record import record_part

HISTORY_DOMAIN = b"ownermap history 1\n"
RECORDED_DOMAIN = b"ownermap record as it stood 1\n"
KEPT_AS = "past"
"""The name under which it stands among what a revision keeps of what the map implied."""


@dataclass(frozen=True, slots=True)
class Past:
    """How many steps the history has, the hash over all of them, and that over the record as it stands, both in hex.

    Private rows and fields, and steps that touch nothing else, are left out: a copy without them has the same past.
    """

    steps: int
    history: str
    recorded: str

    def plain(self) -> Plain:
        """The same as JSON."""
        return asdict(self)


def past(document: Document, log: Iterable[ChangeSet]) -> Past:
    """The past of a project as it stands."""
    steps, history = 0, ""
    for step in shared(log):
        steps, history = steps + 1, _step_hash(step, history)
    return Past(steps, history, _recorded(document))


def kept_past(revision: Revision) -> Past | None:
    """The past that a revision keeps; None for one that keeps none."""
    try:
        kept = json.loads(revision.implied)[KEPT_AS]
        return Past(int(kept["steps"]), str(kept["history"]), str(kept["recorded"]))
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None


def is_as_kept(project: Project, kept: Past) -> bool:
    """Whether the history of a project begins with a past, and the record stood then as it says."""
    log = list(shared(project.log))
    document = project.document
    try:
        for step in reversed(log[kept.steps :]):
            # The sign-off is bound by its own chain, and records nothing.
            changes = [c for c in step.changes if _is_shared(c) and c.row.spec.scope is not Scope.SIGNOFF]
            back = [RowChange(change.after, change.before) for change in reversed(changes)]
            document = document.applying(back)
    except AppError:
        # Steps that do not lead to the rows lead nowhere.
        return False
    return past(document, log[: kept.steps]) == kept


def shared(log: Iterable[ChangeSet]) -> Iterable[ChangeSet]:
    """The steps of a history that are not private altogether."""
    return (step for step in log if not step.changes or any(_is_shared(change) for change in step.changes))


def _is_shared(change: RowChange) -> bool:
    return not change.scopes() <= {Scope.PRIVATE}


def _step_hash(step: ChangeSet, previous: str) -> str:
    hashed = {
        "previous": previous,
        "id": step.id,
        "at": step.at,
        "author": step.author,
        "label": plain_message(step.label),
        "undoes": step.undoes,
        "group": step.group,
        "changes": [[_said(change.before), _said(change.after)] for change in step.changes if _is_shared(change)],
    }
    return hashlib.sha256(HISTORY_DOMAIN + canonical(hashed)).hexdigest()


def _said(row: Row | None) -> Plain | None:
    """A row without what is private or empty, so that a field that a later version adds changes no old hash."""
    if row is None:
        return None
    plain, declared = as_plain(row), fields_of(type(row))
    filled = {n: plain[n] for n, f in declared.items() if f.scope is not Scope.PRIVATE and row.value(n) != f.empty}
    return {"kind": row.spec.kind, "id": row.id, "rank": row.rank, **filled}


def _recorded(document: Document) -> str:
    parts = {row.id: part for row in document if (part := record_part(row)) or row.spec.scope is Scope.RECORD}
    return hashlib.sha256(RECORDED_DOMAIN + canonical(parts)).hexdigest()
