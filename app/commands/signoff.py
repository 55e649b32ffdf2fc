"""Signing, and verifying what was signed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.base import Commands, add_file, add_json, fault, read_project, say, say_either
from app.commands.keys import add_passphrase, passphrase_of
from app.errors import UNREADABLE, AppError
from app.messages import msg, shown, words
from app.model import vocabulary as v
from app.model.ids import Mint

if TYPE_CHECKING:
    from app.model.document import Document
    from app.verdict import Verdict


def register(commands: Commands) -> None:
    sign = commands.add("sign", _sign, "Sign a seat; refused while something blocks.")
    add_file(sign)
    sign.add_argument("--level", required=True, choices=("design", "launch"), help=words("which sign-off it is"))
    sign.add_argument(
        "--seat", required=True, choices=[str(entry.value) for entry in v.SEATS], help=words("the seat that signs")
    )
    sign.add_argument("--name", required=True, help=words("the name of whoever holds the seat"))
    sign.add_argument(
        "--key",
        nargs="?",
        const="",
        metavar="FINGERPRINT",
        help=words("seal it with a key; without a fingerprint, the one of that name (see: ownermap keys)"),
    )
    add_passphrase(sign)

    verify = commands.add(
        "verify", _verify, "Say whether the project, and each copy of it, is the signed revision; 1 if one is not."
    )
    add_file(verify)
    # Without a default, argparse asks for a copy where FILE is missing.
    told = words("a PDF, XLSX or JSON of it")
    verify.add_argument("copies", type=Path, nargs="*", default=(), metavar="COPY", help=told)
    verify.add_argument("--receipt", metavar="CODE", help=words("a receipt code that was kept elsewhere"))
    add_json(verify)


def _sign(chosen: argparse.Namespace) -> int:
    from app import keys, signing
    from app.revisions import chain, signoff
    from app.store import files
    from app.workspace import Workspace

    name = " ".join(chosen.name.split())
    key = None
    if chosen.key is not None:
        held = keys.held_key(chosen.key, name)
        key = keys.unlock(held, passphrase_of(chosen, held.name))
    with files.open_for_editing(chosen.file) as opened:
        name = _as_written(opened.project.document, chosen.seat, name)
        workspace = Workspace(opened.project, opened, Mint(author=name))
        workspace.run(signing.sign(workspace.project, chosen.level, chosen.seat, name, key=key))
        at_hand = signoff.state(workspace.document)
        receipt = chain.receipt(workspace.document)
    number = at_hand.revision.number if at_hand.revision else 0
    status = msg("Every required seat has signed it now") if at_hand.signed else at_hand.words()
    say(words(msg("{name} signed revision {number}. {status}.", name=name, number=number or 0, status=status)))
    if key is not None:
        say(words(msg("Sealed with key {fingerprint}.", fingerprint=key.key.fingerprint)))
    say(words(msg("Receipt {code}: keep it outside this file, such as in the minutes.", code=receipt)))
    return 0


def _as_written(document: Document, seat: str, name: str) -> str:
    """The name of whoever holds the seat as the project writes it; as it was typed where somebody else is meant."""
    from app.policy.names import plain
    from app.revisions import signoff

    holder = signoff.seat_holder(document, seat)
    return holder.name if holder is not None and plain(holder.name) == plain(name) else name


def _verify(chosen: argparse.Namespace) -> int:
    from app import verifying
    from app.verdict import unreadable

    project = read_project(chosen.file, verifies=True)
    found = [verifying.verify_project(chosen.file, project, chosen.receipt)]
    for copy in chosen.copies:
        try:
            found.append(verifying.verify_copy(project, copy))
        except AppError as refused:
            found.append(unreadable(copy, refused))
    for verdict in found:
        if verdict.code == UNREADABLE and not chosen.json:
            fault(f"{shown(verdict.path)}: {words(verdict.answer)}", verdict.code)
    lines = [line for verdict in found if verdict.code != UNREADABLE for line in _lines(verdict)]
    say_either(chosen, [verdict.as_plain() for verdict in found], lines)
    return max(verdict.code for verdict in found)


def _lines(verdict: Verdict) -> list[str]:
    return [f"{shown(verdict.path)}: {words(verdict.answer)}", *(f"    {line}" for line in verdict.beneath)]
