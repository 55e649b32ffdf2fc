"""Keys of signers: made behind a passphrase, kept outside every project, and known only when somebody says so."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from app import keys
from app.cli import main
from app.errors import AppError, Unreadable

PASSPHRASE = "seven wet umbrellas"


@pytest.fixture
def key() -> keys.Key:
    return keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)


def test_a_key_seals_and_only_its_own_public_half_fits(key: keys.Key) -> None:
    seal = keys.unlock(key, PASSPHRASE).seal(b"what was said")
    other = keys.make("Jun Kowalczyk", PASSPHRASE, PASSPHRASE)
    assert keys.seal_fits(key.public, seal, b"what was said")
    assert not keys.seal_fits(key.public, seal, b"what was not")
    assert not keys.seal_fits(other.public, seal, b"what was said")
    for public, broken in ((key.public, ""), ("", seal), ("no hex", seal), (key.public, seal[:-2]), ("00" * 32, seal)):
        assert not keys.seal_fits(public, broken, b"what was said")


def test_what_lies_on_disk_is_encrypted_and_only_this_person_may_read_it(key: keys.Key) -> None:
    text = key.path.read_text(encoding="utf-8")
    assert "BEGIN ENCRYPTED PRIVATE KEY" in text
    assert PASSPHRASE not in text
    assert key.path.is_relative_to(Path(os.environ["OWNERMAP_DATA"]))
    if os.name == "posix":
        assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(key.path.parent.stat().st_mode) == 0o700


def test_another_passphrase_is_refused_kindly(key: keys.Key) -> None:
    with pytest.raises(AppError, match="That is not the passphrase of Dana Abelard’s key"):
        keys.unlock(key, "seven dry umbrellas")


@pytest.mark.parametrize(
    ("name", "passphrase", "again", "said"),
    [
        (" ", PASSPHRASE, PASSPHRASE, "needs the name"),
        ("Dana", "short", "short", "at least 8 characters"),
        ("Dana", PASSPHRASE, PASSPHRASE + "!", "two passphrases differ"),
    ],
)
def test_a_key_is_not_made_from_less(name: str, passphrase: str, again: str, said: str) -> None:
    with pytest.raises(AppError, match=said):
        keys.make(name, passphrase, again)
    assert keys.held() == ()


def test_a_key_is_found_by_name_or_fingerprint(key: keys.Key) -> None:
    assert keys.held_key("", "dana  abelard") == key
    assert keys.held_key(key.fingerprint.lower().replace("-", "")) == key
    with pytest.raises(AppError, match="no key of Jun"):
        keys.held_key("", "Jun")
    with pytest.raises(AppError, match="There is no key 0000"):
        keys.held_key("0000-0000-0000-0000-0000")
    keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)
    with pytest.raises(AppError, match="has 2 keys here"):
        keys.held_key("", "Dana Abelard")


def test_a_file_that_is_no_key_is_passed_over_and_a_swapped_half_is_noticed(key: keys.Key) -> None:
    (key.path.parent / "other.json").write_text('{"name": 3}', encoding="utf-8")
    assert keys.held() == (key,)
    other = keys.make("Jun", PASSPHRASE, PASSPHRASE)
    content = json.loads(key.path.read_text(encoding="utf-8"))
    content["public"] = other.public
    key.path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(Unreadable, match="changed on disk"):
        keys.unlock(next(each for each in keys.held() if each.path == key.path), PASSPHRASE)


def test_a_key_is_known_for_a_name_once_somebody_says_so(key: keys.Key) -> None:
    assert not keys.is_known("Dana Abelard", key.public)
    keys.trust("Dana Abelard", key.fingerprint.lower())
    assert keys.is_known("dana abelard", key.public)
    assert not keys.is_known("Jun Kowalczyk", key.public)
    assert keys.forget(key.fingerprint) == ("Dana Abelard",)
    assert keys.known() == {}
    with pytest.raises(AppError, match="not on the list"):
        keys.forget(key.fingerprint)


@pytest.mark.parametrize("content", ["{", "[]", '{"Dana": ["short"]}', '{"Dana": 3}'])
def test_a_damaged_list_of_known_keys_is_never_taken_for_an_empty_one(content: str) -> None:
    path = Path(os.environ["OWNERMAP_CONFIG"]) / "known-keys.json"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match="cannot be read"):
        keys.known()


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    assert main(["keys", "new", "--name", "Dana Abelard", "--passphrase-file", str(file)]) == 0
    (key,) = keys.held()
    assert key.fingerprint in capsys.readouterr().out
    assert main(["keys"]) == 0
    assert "No key of anybody is known yet" in capsys.readouterr().out
    assert main(["keys", "trust", "Dana Abelard", key.fingerprint]) == 0
    capsys.readouterr()
    assert main(["keys", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["held"] == [{"name": "Dana Abelard", "fingerprint": key.fingerprint, "public": key.public}]
    assert listed["known"] == {"Dana Abelard": [key.fingerprint]}
    assert main(["keys", "export-public", key.fingerprint]) == 0
    assert capsys.readouterr().out.strip() == key.public
    assert main(["keys", "forget", key.fingerprint]) == 0
    assert main(["keys", "trust", "Dana Abelard", "short"]) == 2
    monkeypatch.delenv("OWNERMAP_PASSPHRASE", raising=False)
    assert main(["keys", "new", "--name", "Jun"]) == 2
    assert "nobody to ask" in capsys.readouterr().err
    monkeypatch.setenv("OWNERMAP_PASSPHRASE", PASSPHRASE)
    assert main(["keys", "new", "--name", "Jun"]) == 0


def test_somebody_elses_known_key_seals_nothing(key: keys.Key) -> None:
    keys.refuse_to_seal("Jun Kowalczyk", key.public)
    keys.trust("Dana Abelard", key.fingerprint)
    keys.refuse_to_seal("DANA  abelard", key.public)
    keys.refuse_to_seal("Jun Kowalczyk", "")
    with pytest.raises(AppError, match=f"The key {key.fingerprint} is known as that of Dana Abelard, so Jun"):
        keys.refuse_to_seal("Jun Kowalczyk", key.public)
    keys.forget(key.fingerprint)
    keys.trust("Jun Kowalczyk", key.fingerprint)
    keys.refuse_to_seal("Jun Kowalczyk", key.public)


@pytest.mark.parametrize("name", ["Dana Abelard", "Dana AbeIard", "Dana\u2800Abelard", "D\U0001d173ana Abelard"])
def test_a_known_key_is_neither_left_out_nor_replaced(key: keys.Key, name: str) -> None:
    other = keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)
    keys.trust("Dana Abelard", key.fingerprint)
    for public, said in (("", "Signed without it"), (other.public, "Signed with another")):
        with pytest.raises(AppError, match=said) as refused:
            keys.refuse_to_seal(name, public)
        assert f"--key {key.fingerprint}" in str(refused.value)
        assert f"ownermap keys forget {key.fingerprint}" in str(refused.value)
    keys.forget(key.fingerprint)
    keys.refuse_to_seal(name, "")


def test_a_key_of_another_name_is_chosen_only_where_it_is_known_as_theirs(key: keys.Key) -> None:
    with pytest.raises(AppError, match="is that of Dana Abelard, not of Jun Kowalczyk"):
        keys.held_key(key.fingerprint, "Jun Kowalczyk")
    keys.trust("Jun Kowalczyk", key.fingerprint)
    assert keys.held_key(key.fingerprint, "Jun Kowalczyk") == key


@pytest.mark.parametrize("name", ["Ev\nil", "Ev\u200bil", "Ev\x1b[2Jil", "Evil\u2800"])
def test_a_name_with_a_sign_that_nobody_sees_is_refused(
    key: keys.Key, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "trust", name, key.fingerprint]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "holds a sign that nobody sees, or a new line" in said.err
    assert len(said.err.splitlines()) == 1
    assert keys.known() == {}
    with pytest.raises(AppError, match="holds a sign"):
        keys.make(name, PASSPHRASE, PASSPHRASE)


OTHER = "9BMC-0000-0000-0000-0001"


@pytest.mark.parametrize("name", ["Dana AbeIard", "Dana Abe1ard", "D\u0430na Abelard"])
def test_a_name_that_looks_like_a_known_one_gets_no_key_of_its_own(
    key: keys.Key, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.trust("Dana Abelard", key.fingerprint)
    assert main(["keys", "trust", name, OTHER]) == 1
    said = capsys.readouterr()
    assert f"“{name}” looks like “Dana Abelard”" in said.err
    assert "type the name as it is listed" in said.err
    assert keys.known() == {"Dana Abelard": (key.fingerprint,)}


def test_a_second_key_of_the_same_name_is_noted_and_counted(key: keys.Key, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "trust", "Dana Abelard", key.fingerprint]) == 0
    assert main(["keys", "trust", "Dana Abelard", key.fingerprint]) == 0
    assert "known keys now" not in capsys.readouterr().out
    assert main(["keys", "trust", "dana  ABELARD", OTHER]) == 0
    assert "They have 2 known keys now." in capsys.readouterr().out
    assert keys.known() == {"Dana Abelard": tuple(sorted((key.fingerprint, OTHER)))}


def test_a_key_that_is_known_as_somebody_elses_is_not_noted_again(key: keys.Key) -> None:
    keys.trust("Jun Kowalczyk", key.fingerprint)
    with pytest.raises(AppError, match="is known as the key of Jun Kowalczyk") as refused:
        keys.trust("Dana Abelard", key.fingerprint)
    assert f"ownermap keys forget {key.fingerprint}" in str(refused.value)
    assert keys.known() == {"Jun Kowalczyk": (key.fingerprint,)}


def test_one_known_key_and_several_are_each_said_so(key: keys.Key) -> None:
    keys.trust("Dana Abelard", key.fingerprint)
    with pytest.raises(AppError, match=f"The key {key.fingerprint} is known for Dana Abelard. Signed without it,"):
        keys.refuse_to_seal("Dana Abelard", "")
    keys.trust("Dana Abelard", OTHER)
    both = sorted((key.fingerprint, OTHER))
    with pytest.raises(AppError) as refused:
        keys.refuse_to_seal("Dana Abelard", "")
    said = str(refused.value)
    assert f"The keys {both[0]}, {both[1]} are known for Dana Abelard. Signed without one of them," in said
    assert f"ownermap keys forget {both[0]}, ownermap keys forget {both[1]}." in said
