"""Tasks for a bounded process (app.bounded): well and badly behaved ones."""

from __future__ import annotations

import os
from threading import Event

from app.errors import Unreadable
from app.messages import msg


def back(*given: str) -> list[str]:
    return list(given)


def forever() -> None:
    while True:
        pass


def hungry() -> int:
    return len(bytearray(3_000_000_000))


def asleep() -> None:
    Event().wait(60)


def killed() -> None:
    os.abort()


def nothing_said() -> None:
    os._exit(0)


def half_said() -> None:
    os.write(1, b'{"found": ')
    os._exit(0)


def refusing(what: str) -> None:
    raise Unreadable(msg("“{what}” is refused.", what=what), msg("Take another."))


def broken() -> None:
    raise KeyError("slip")


def printing() -> str:
    print("not the answer")
    return "said"
