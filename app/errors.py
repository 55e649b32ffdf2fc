"""What a person can cause, said in one sentence with what to do about it."""

from __future__ import annotations

from app.messages import Message, words

NO = 1
USAGE = 2
UNREADABLE = 3


class AppError(Exception):
    """Anything that a person can cause: what is wrong, what to do, and the command line's exit code.

    Exit codes (product.md, command line): 1 the answer is no, 2 wrong usage, 3 a file cannot be read or written.
    """

    def __init__(self, problem: Message, advice: Message | None = None, *, exit_code: int = NO) -> None:
        super().__init__(problem)
        self.problem = problem
        self.advice = advice
        self.exit_code = exit_code

    def __str__(self) -> str:
        return words(self.problem) if self.advice is None else f"{words(self.problem)} {words(self.advice)}"


class FieldFault(AppError):
    """A value that a field does not take; `field` is the field's name, for the form to point at."""

    def __init__(self, field: str, problem: Message, advice: Message | None = None) -> None:
        super().__init__(problem, advice, exit_code=USAGE)
        self.field = field


class Unreadable(AppError):
    """A file that cannot be read or written."""

    def __init__(self, problem: Message, advice: Message | None = None) -> None:
        super().__init__(problem, advice, exit_code=UNREADABLE)


class DamagedFile(Unreadable):
    """A file that was read to its end and holds nothing that can be opened: no further attempt helps."""


class OutOfReach(Unreadable):
    """A file whose bytes the disk, a right or the memory withheld: another attempt may read it."""


class ChangedMeanwhile(Unreadable):
    """A project file that someone else changed while it was open here; neither version is lost."""


class FolderGone(Unreadable):
    """A project file whose folder is not there while it is open: renamed, moved, or its disk taken out."""


class MayNotChange(Unreadable):
    """A project that can be read and may not be changed: it is read-only, or open in another window."""
