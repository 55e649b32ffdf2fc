"""Keys of signers, and whose keys are known."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from app import keys
from app.commands.base import Commands, add_json, say, say_either
from app.errors import USAGE, AppError, Unreadable
from app.messages import msg, shown, words

PASSPHRASE = "OWNERMAP_PASSPHRASE"


def register(commands: Commands) -> None:
    parser = commands.add("keys", _list, "Keys that people sign with, and whose keys are known.")
    parser.set_defaults(json=False)
    inside = Commands(parser.add_subparsers(metavar="WHAT"))

    new = inside.add("new", _new, "Make a key for a person, behind a passphrase.")
    new.add_argument("--name", required=True, help=words("the person whose key it is"))
    add_passphrase(new)

    add_json(inside.add("list", _list, "The keys held here, and the known keys of others."))

    trust = inside.add("trust", _trust, "Note whose key a fingerprint is, after comparing it with them.")
    trust.add_argument("name", metavar="NAME", help=words("the person whose key it is"))
    trust.add_argument("fingerprint", metavar="FINGERPRINT", help=words("as they read it out"))

    forget = inside.add("forget", _forget, "Take a fingerprint off the list of known keys.")
    forget.add_argument("fingerprint", metavar="FINGERPRINT", help=words("as the list has it"))

    public = inside.add("export-public", _export_public, "Print the public half of a key held here.")
    public.add_argument("fingerprint", metavar="FINGERPRINT", help=words("as the list has it"))


def add_passphrase(to: argparse.ArgumentParser) -> None:
    """Where the passphrase comes from in a script. It is never an argument: those can be read by others."""
    to.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="PATH",
        help=words("a file whose first line is the passphrase; else OWNERMAP_PASSPHRASE, else it is asked for"),
    )


def passphrase_of(chosen: argparse.Namespace, name: str, *, again: bool = False) -> str:
    """The passphrase of a person's key: from a file, from the environment, or typed and not shown."""
    if chosen.passphrase_file is not None:
        return _first_line(chosen.passphrase_file)
    if (given := os.environ.get(PASSPHRASE)) is not None:
        return given
    if not sys.stdin.isatty():
        raise AppError(
            msg("A passphrase is needed, and there is nobody to ask."),
            msg("Set {variable}, or name a file with --passphrase-file.", variable=PASSPHRASE),
            exit_code=USAGE,
        )
    asked = msg("Again: ") if again else msg("Passphrase of {name}’s key: ", name=name)
    return getpass.getpass(words(asked))


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(2000).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Unreadable(msg("“{path}” cannot be read: {why}.", path=shown(path), why=why.lower())) from None


def _new(chosen: argparse.Namespace) -> int:
    passphrase = passphrase_of(chosen, chosen.name)
    key = keys.make(chosen.name, passphrase, passphrase_of(chosen, chosen.name, again=True))
    say(words(msg("Made a key for {name}. Its fingerprint: {code}", name=key.name, code=key.fingerprint)))
    say(words("Tell the fingerprint to whoever will verify: they note it with “ownermap keys trust”."))
    say(words(msg("It lies in “{path}”, outside every project. Keep a copy of it safe.", path=shown(key.path))))
    return 0


def _list(chosen: argparse.Namespace) -> int:
    held, known = keys.held(), keys.known()
    lines = [words("Keys held here:" if held else "No key is held here.")]
    lines += [f"  {key.fingerprint}  {key.name}" for key in held]
    lines.append(words("Known keys, compared with their owners:" if known else "No key of anybody is known yet."))
    lines += [f"  {code}  {name}" for name, codes in known.items() for code in codes]
    plain = {
        "held": [{"name": key.name, "fingerprint": key.fingerprint, "public": key.public} for key in held],
        "known": {name: list(codes) for name, codes in known.items()},
    }
    say_either(chosen, plain, lines)
    return 0


def _trust(chosen: argparse.Namespace) -> int:
    code = keys.trust(chosen.name, chosen.fingerprint)
    say(words(msg("{code} is known as the key of {name}.", code=code, name=chosen.name)))
    if (count := len(keys.known_under([chosen.name]))) > 1:
        say(words(msg("They have {count} known keys now.", count=count)))
    return 0


def _forget(chosen: argparse.Namespace) -> int:
    names = ", ".join(keys.forget(chosen.fingerprint))
    say(words(msg("It is no longer known as the key of {names}.", names=names)))
    return 0


def _export_public(chosen: argparse.Namespace) -> int:
    say(keys.held_key(chosen.fingerprint).public)
    return 0
