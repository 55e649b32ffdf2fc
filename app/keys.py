"""Keys of the people who sign: made at the table, kept outside every project, each behind its passphrase.

A key is Ed25519. It lies in the person's data folder as encrypted PKCS#8, beside its name and its public half. Which
key is whose is for people to say: whoever compared a fingerprint with its owner pins it to the name, and that list
lies in the configuration folder. A project holds public keys and seals only.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from app.errors import AppError, Unreadable
from app.files import write_atomically
from app.messages import msg, number_of, shown
from app.model.codes import code_of, plain_code, same_code
from app.model.fields import clean_text
from app.model.names import plain
from app.model.names import same_name as same_name

FINGERPRINT_DOMAIN = b"ownermap/key-fingerprint/1\0"
SHORTEST = 8
"""Characters that a passphrase has at least."""

_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26}
"""What a guess at a passphrase costs (scrypt): 32 MB and about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that this person holds. `public` is its public half in hex, `name` whose it is."""

    name: str
    public: str
    path: Path

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)


class Unlocked:
    """A key whose passphrase was given: it can seal."""

    def __init__(self, key: Key, private: Any) -> None:
        self.key = key
        self._private = private

    @property
    def public(self) -> str:
        """The public half, in hex."""
        return self.key.public

    def seal(self, message: bytes) -> str:
        """The Ed25519 signature of a message, in hex; the same for the same message."""
        made: bytes = self._private.sign(message)
        return made.hex()


def fingerprint(public: str) -> str:
    """The fingerprint of a public key in hex, as people compare it: `3XK9-02MB-…`; five groups of four."""
    return code_of(hashlib.sha256(FINGERPRINT_DOMAIN + public.encode()).digest(), 4)


def seal_fits(public: str, seal: str, message: bytes) -> bool:
    """Whether a seal in hex was made over this message with the private half of a public key in hex."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(seal), message)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- keys of one's own ---------------------------------------------------------------------------------------


def held() -> tuple[Key, ...]:
    """The keys in this person's data folder, by name. A file that is not a key of ours is passed over."""
    found = (_read(path) for path in sorted(_folder().glob("*.json")))
    return tuple(sorted((key for key, _ in filter(None, found)), key=lambda key: (key.name, key.public)))


def held_key(wanted: str, name: str = "") -> Key:
    """The key with this fingerprint; without one, the only key of this name. Raises AppError when there is none.

    A fingerprint of somebody else's key is refused where a name is given, unless it is known as a key of that name too.
    """
    if wanted:
        for key in held():
            if same_code(key.fingerprint, wanted):
                _refuse_another_name(key, name)
                return key
        raise AppError(msg("There is no key {fingerprint} here.", fingerprint=wanted[:40]), _LIST)
    found = [key for key in held() if same_name(key.name, name)]
    if not found:
        raise AppError(msg("There is no key of {name} here.", name=name), msg("Make one with: ownermap keys new."))
    if len(found) > 1:
        raise AppError(msg("{name} has {count} keys here.", name=name, count=len(found)), msg("Name its fingerprint."))
    return found[0]


def is_held(public: str) -> bool:
    """Whether the key with this public half, in hex, is kept on this computer."""
    return any(key.public == public for key in held())


def make(name: str, passphrase: str, again: str) -> Key:
    """Make a key for a person and keep it behind a passphrase, which was typed twice. Raises AppError."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    said = _name_for_a_key(name)
    if len(passphrase) < SHORTEST:
        problem = msg("A passphrase has at least {count} characters.", count=SHORTEST)
        raise AppError(problem, msg("Three or four words that only you would put together are easy to keep."))
    if passphrase != again:
        raise AppError(msg("The two passphrases differ."), msg("Type the same one twice."))
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw).hex()
    salt = secrets.token_bytes(16)
    encrypted = private.private_bytes(
        form.Encoding.PEM,
        form.PrivateFormat.PKCS8,
        form.BestAvailableEncryption(_stretched(passphrase, salt)),
    )
    content = {"name": said[:200], "public": public, "salt": salt.hex(), "private": encrypted.decode()}
    path = _folder() / f"{plain_code(fingerprint(public))}.json"
    _write(path, content)
    return Key(content["name"], public, path)


def unlock(key: Key, passphrase: str) -> Unlocked:
    """The key, ready to seal. Raises AppError when the passphrase is another, or the file is not what was written."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    read = _read(key.path)
    if read is None:
        raise Unreadable(msg("The key of {name} cannot be read any more.", name=key.name), msg("Make a new one."))
    try:
        stretched = _stretched(passphrase, bytes.fromhex(read[1]["salt"]))
        private = form.load_pem_private_key(read[1]["private"].encode(), stretched)
    except (ValueError, TypeError):
        raise AppError(
            msg("That is not the passphrase of {name}’s key.", name=key.name),
            msg("Try again; if it is lost, make a new key."),
        ) from None
    if (
        not isinstance(private, Ed25519PrivateKey)
        or private.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw).hex() != key.public
    ):
        raise Unreadable(msg("The key of {name} was changed on disk.", name=key.name), msg("Make a new one."))
    return Unlocked(key, private)


# --- whose keys are known ------------------------------------------------------------------------------------


def known() -> dict[str, tuple[str, ...]]:
    """Name -> fingerprints that somebody compared and pinned to it. Raises Unreadable when the list is damaged."""
    path = _pins()
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): tuple(code_in_groups(code) for code in codes) for name, codes in read.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError, AppError):
        raise Unreadable(
            msg("The list of known keys, “{path}”, cannot be read.", path=shown(path)),
            msg("Mend it, or move it away and trust the keys again."),
        ) from None


def is_known(name: str, public: str) -> bool:
    """Whether this public key is pinned to this name."""
    code = fingerprint(public)
    return any(same_name(pinned, name) and code in codes for pinned, codes in known().items())


def known_as(public: str) -> str:
    """The names that this public key is pinned to, in one line; "" where it is not known."""
    code = fingerprint(public)
    return ", ".join(name for name, codes in known().items() if code in codes)


def refuse_to_seal(name: str, public: str) -> None:
    """Refuse to have somebody sign with this public key, or with none where it is "", if that spoils the revision: it
    is another person's key, or the key that is known for the name is left out.

    Raises AppError that names the key and says how to go on, and Unreadable when the list of known keys is damaged.
    """
    if public and is_known(name, public):
        return
    if public and (others := known_as(public)):
        raise AppError(
            msg(
                "The key {code} is known as that of {others}, so {name} cannot sign with it. Nothing was signed.",
                code=fingerprint(public),
                others=others,
                name=name,
            ),
            msg("Each person signs with a key of their own, or with none."),
        )
    expected = known_under([name])
    if not expected:
        return
    without = number_of(len(expected), "Signed without it", "Signed without one of them")
    raise AppError(
        msg(
            "{known} {without}, the revision could never be verified. Nothing was signed.",
            known=number_of(
                len(expected),
                "The key {codes} is known for {name}.",
                "The keys {codes} are known for {name}.",
                codes=", ".join(expected),
                name=name,
            ),
            without=msg("Signed with another") if public else without,
        ),
        number_of(
            len(expected),
            "Sign with it: open “Sign with a key as well” in the window, or add --key {codes}. If it is lost, or not "
            "theirs, first take it off the list: {forget}.",
            "Sign with one of them: open “Sign with a key as well” in the window, or add --key and its fingerprint. If "
            "all are lost, or not theirs, first take each off the list: {forget}.",
            codes=", ".join(expected),
            forget=", ".join(f"ownermap keys forget {code}" for code in expected),
        ),
    )


def trust(name: str, code: str) -> str:
    """Pin a fingerprint, which a person compared with its owner, to a name; the fingerprint in groups.

    Raises AppError where it is known as somebody else's, or where a name on the list looks like this one and is spelt
    otherwise; Unreadable where the list is damaged or cannot be written.
    """
    said = _name_for_a_key(name)
    pinned, code = known(), code_in_groups(code)
    listed_as = next((other for other in pinned if plain(other) == plain(said)), said)
    _refuse_a_look_alike(said, listed_as, pinned)
    _refuse_anothers(code, listed_as, pinned)
    pinned[listed_as] = tuple(sorted({*pinned.get(listed_as, ()), code}))
    _write(_pins(), pinned)
    return code


def forget(code: str) -> tuple[str, ...]:
    """Take a fingerprint off the list of known keys; the names that it was pinned to. Raises AppError."""
    pinned, code = known(), code_in_groups(code)
    names = tuple(name for name, codes in pinned.items() if code in codes)
    if not names:
        raise AppError(msg("The key {fingerprint} is not on the list of known keys.", fingerprint=code), _LIST)
    left = {name: tuple(each for each in codes if each != code) for name, codes in pinned.items()}
    _write(_pins(), {name: codes for name, codes in left.items() if codes})
    return names


def known_under(names: Iterable[str]) -> tuple[str, ...]:
    """The fingerprints that are pinned to one of these names. Raises Unreadable when the list is damaged."""
    wanted = tuple(names)
    found = (codes for pinned, codes in known().items() if any(same_name(pinned, name) for name in wanted))
    return tuple(sorted({code for codes in found for code in codes}))


def forget_names(names: Iterable[str]) -> None:
    """Take these names, and what is pinned to them, off the list of known keys; nothing where they are not on it.

    Raises Unreadable when the list is damaged or cannot be written.
    """
    pinned, wanted = known(), tuple(names)
    left = {name: codes for name, codes in pinned.items() if not any(same_name(name, each) for each in wanted)}
    if left != pinned:
        _write(_pins(), left)


def code_in_groups(typed: str) -> str:
    """A fingerprint as a person typed it, in the groups in which it is printed. Raises AppError."""
    letters = plain_code(typed)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


# --- parts ---------------------------------------------------------------------------------------------------

_LIST = msg("See which there are with: ownermap keys list.")


def _name_for_a_key(typed: str) -> str:
    """The name of a key's person as it is stored. Raises AppError for none, and for one that is more than is seen."""
    said = " ".join(clean_text(typed, lines=False).split())
    if not said:
        raise AppError(msg("A key needs the name of its person."), msg("Type the full name."))
    if shown(typed) != typed:
        raise AppError(
            msg("The name “{name}” holds a sign that nobody sees, or a new line.", name=shown(typed)[:200]),
            msg("Type it without that sign."),
        )
    return said


def _refuse_a_look_alike(said: str, listed_as: str, pinned: Iterable[str]) -> None:
    alike = next((other for other in pinned if other != listed_as and same_name(other, said)), None)
    if alike is None:
        return
    raise AppError(
        msg(
            "“{name}” looks like “{other}”, which is on the list of known keys, and is spelt otherwise. Nothing was "
            "noted.",
            name=said,
            other=alike,
        ),
        msg(
            "If it is the same person, type the name as it is listed. If not, ask who made the other one: the two "
            "cannot be told apart by looking."
        ),
    )


def _refuse_anothers(code: str, listed_as: str, pinned: Mapping[str, tuple[str, ...]]) -> None:
    others = [name for name, codes in pinned.items() if code in codes and name != listed_as]
    if not others:
        return
    raise AppError(
        msg("{code} is known as the key of {others}. Nothing was noted.", code=code, others=", ".join(others)),
        msg("If that is wrong, take it off that name first with: ownermap keys forget {code}.", code=code),
    )


def _refuse_another_name(key: Key, name: str) -> None:
    if not name or same_name(key.name, name) or is_known(name, key.public):
        return
    raise AppError(
        msg("The key {code} is that of {owner}, not of {name}.", code=key.fingerprint, owner=key.name, name=name),
        msg("Each person signs with a key of their own, or with none. Make one with: ownermap keys new."),
    )


def _stretched(passphrase: str, salt: bytes) -> bytes:
    # PKCS#8's own stretching is 2,048 rounds, which costs whoever finds the file nearly nothing.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(typed, salt=salt, dklen=32, **_COST).hex().encode()


def _folder() -> Path:
    named = os.environ.get("OWNERMAP_DATA")
    return (Path(named) if named else user_data_path("ownermap", appauthor=False)) / "keys"


def _pins() -> Path:
    named = os.environ.get("OWNERMAP_CONFIG")
    return (Path(named) if named else user_config_path("ownermap", appauthor=False)) / "known-keys.json"


def _read(path: Path) -> tuple[Key, dict[str, str]] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        fields = {name: content[name] for name in ("name", "public", "salt", "private")}
        if not all(isinstance(value, str) for value in fields.values()) or len(bytes.fromhex(fields["public"])) != 32:
            return None
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Key(fields["name"], fields["public"], path), fields


def _write(path: Path, content: object) -> None:
    """Write a small file that only this person may read. Raises Unreadable when it cannot be written."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.name == "keys":
            path.parent.chmod(0o700)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(msg("“{path}” cannot be made: {why}.", path=shown(path.parent), why=why)) from None

    def fill(temporary: Path) -> None:
        temporary.write_text(text, encoding="utf-8")

    write_atomically(path, fill)
    path.chmod(0o600)
