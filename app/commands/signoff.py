"""Signing, and verifying what was signed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.base import Commands, add_file, fault, read_project, say
from app.errors import AppError
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.ids import Mint

if TYPE_CHECKING:
    from app.verifying import Verdict


def register(commands: Commands) -> None:
    sign = commands.add("sign", _sign, "Sign a seat; refused while something blocks.")
    add_file(sign)
    sign.add_argument("--level", required=True, choices=("design", "launch"))
    sign.add_argument("--seat", required=True, choices=[str(entry.value) for entry in v.SEATS])
    sign.add_argument("--name", required=True)

    verify = commands.add("verify", _verify, "Is the project, and is each copy, the signed revision?")
    add_file(verify)
    verify.add_argument("copies", type=Path, nargs="*", metavar="COPY")


def _sign(chosen: argparse.Namespace) -> int:
    from app import signing
    from app.revisions import signoff
    from app.store import files
    from app.workspace import Workspace

    name = " ".join(chosen.name.split())
    with files.open_for_editing(chosen.file) as opened:
        workspace = Workspace(opened.project, opened, Mint(author=name))
        workspace.run(signing.sign(workspace.document, chosen.level, chosen.seat, name))
        at_hand = signoff.state(workspace.document)
    number = at_hand.revision.number if at_hand.revision else 0
    say(
        words(
            msg(
                "{name} signed revision {number}. {status}.",
                name=name,
                number=number or 0,
                status=at_hand.words(),
            )
        )
    )
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    from app import verifying

    project = read_project(chosen.file)
    code = _verdict(verifying.verify_project(chosen.file, project))
    for copy in chosen.copies:
        try:
            code = max(code, _verdict(verifying.verify_copy(project, copy)))
        except AppError as refused:
            code = max(code, fault(str(refused), refused.exit_code))
    return code


def _verdict(verdict: Verdict) -> int:
    say(f"{verdict.path}: {words(verdict.answer)}")
    return verdict.code
