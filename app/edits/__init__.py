"""What can be done to a project. An edit is pure: a Document and a Mint in, a ChangeSet or nothing to do out."""

from __future__ import annotations

from collections.abc import Callable

from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.ids import Mint

Edit = Callable[[Document, Mint], ChangeSet | None]
"""Raises AppError (FieldFault for a value that a field does not take); changes nothing by itself."""
