"""Reading a file that somebody handed in, in a process of its own with little memory and little time.

A workbook or a PDF of a few kilobytes can be made to take gigabytes or to be read for ever. What reads one therefore
runs in a process that may be killed; whatever becomes of it, the caller gets plain JSON values or one sentence.

A task is a function, named "module:function", that takes texts and gives back plain JSON values. `call` runs it; the
process itself is `ownermap` with COMMAND as its first argument, which `serve` carries out.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from threading import Timer
from typing import Any

import app
from app.errors import AppError, Unreadable
from app.messages import msg, words

COMMAND = "read-bounded"

SECONDS = 60
"""Of the processor; twice as many may pass on the clock."""

MEMORY = 2_000_000_000
LARGEST_FILE = 1_000_000_000
"""Bytes of memory, and of a temporary file, that a task may take."""

MOST_SAID = 500_000_000
"""Bytes of its answer."""

_TOO_MUCH = msg("This file takes more time or memory to read than a copy of a project does.")
_FRESH = msg("Ask for a fresh export.")


def call(task: str, *arguments: str, seconds: int = SECONDS, memory: int = MEMORY) -> Any:
    """What the task gives back. `seconds` and `memory` (bytes) bound it; where the system cannot bound the memory of
    a process (Windows), only the clock does.

    Raises Unreadable as the task itself does, and where it took too much or ended without an answer.
    """
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    process = subprocess.Popen(
        [*program, COMMAND, str(seconds), str(memory), task, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # From a checkout, `python -m app` finds the program beside itself.
        cwd=Path(app.__file__).parent.parent,
    )
    too_long = Timer(2 * seconds, process.kill)
    too_long.start()
    with process:
        assert process.stdout is not None
        try:
            said = process.stdout.read(MOST_SAID + 1)
        finally:
            too_long.cancel()
            # After its answer a task has nothing left to do; one that said too much, or nothing, is not waited for.
            process.kill()
    return _answer(said)


def serve(given: Sequence[str]) -> int:
    """Carry out one task within its bounds, and write what it gives back to stdout as JSON; the exit code."""
    seconds, memory, task, *arguments = given
    _bind(int(seconds), int(memory))
    module, _, name = task.partition(":")
    try:
        # What a library has to say about a file is no part of the answer.
        with redirect_stdout(sys.stderr):
            found = getattr(importlib.import_module(module), name)(*arguments)
        said = json.dumps({"found": found})
    except AppError as fault:
        advice = words(fault.advice) if fault.advice is not None else ""
        said = json.dumps({"problem": words(fault.problem), "advice": advice})
    except MemoryError:
        said = json.dumps({"problem": words(_TOO_MUCH), "advice": words(_FRESH)})
    except Exception as error:
        said = json.dumps({"unexpected": type(error).__name__})
    sys.stdout.write(said)
    sys.stdout.flush()
    return 0


def _bind(seconds: int, memory: int) -> None:
    if os.name != "posix":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        allowed = resource.getrlimit(kind)[1]
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (bound, bound))


def _answer(said: bytes) -> Any:
    try:
        answer = json.loads(said)
    except ValueError:
        raise Unreadable(_TOO_MUCH, _FRESH) from None
    if "unexpected" in answer:
        raise RuntimeError(answer["unexpected"])
    if "problem" in answer:
        advice = msg("{said}", said=answer["advice"]) if answer["advice"] else None
        raise Unreadable(msg("{said}", said=answer["problem"]), advice)
    return answer["found"]
