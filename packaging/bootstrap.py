"""Makes the environment that everything else runs in, from a bare Python and nothing else.

    python3 packaging/bootstrap.py          what the program needs
    python3 packaging/bootstrap.py --dev    what its developers need as well

It makes `.venv` (or the folder named by OWNERMAP_VENV), installs the exact, hashed versions of the lock and
the project itself, and looks for the system libraries that Qt opens. What it did is stamped, so a second run
does nothing and needs no network. What is missing from the system is installed with apt when run as root;
anybody else is given the one line to run, and exit code 1.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("OWNERMAP_VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "ownermap-stamp"
LOCKS = {"run": ROOT / "packaging" / "requirements.lock", "dev": ROOT / "packaging" / "requirements-dev.lock"}

OLDEST, NEWEST = (3, 11), (3, 13)

# What Qt opens on Linux, and the Debian package that holds it. A test run draws into memory and needs only
# the first table; a window on a display needs both; the commands without a window need neither.
OFFSCREEN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

# What a few tests need, by the command that tells of it: a disk that fails is compiled, and connections are counted.
TEST_TOOLS = {"cc": ("gcc", "libc6-dev"), "strace": ("strace",)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the environment that Ownermap runs in.")
    parser.add_argument("--dev", action="store_true", help="also what lint, types and tests need")
    options = parser.parse_args()
    use_a_supported_python()
    kind = "dev" if options.dev else "run"

    window = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    missing = missing_libraries(offscreen=options.dev or window, window=window)
    if not environment_fits() and importlib.util.find_spec("ensurepip") is None:
        missing["the venv module of Python"] = "python{}.{}-venv".format(*sys.version_info[:2])
    install_system_packages(missing)

    if not is_stamped(kind):
        if options.dev:
            install_test_tools()
        make_environment()
        install(kind)
    return 0


def use_a_supported_python() -> None:
    """Return only under a Python that the lock is made for; otherwise start again under one, or explain."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    if "OWNERMAP_BOOTSTRAP" not in os.environ:
        for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
            found = shutil.which(f"python3.{minor}")
            if found:
                environment = {**os.environ, "OWNERMAP_BOOTSTRAP": "1"}
                raise SystemExit(subprocess.call([found, *sys.argv], env=environment))
    stop("Ownermap needs Python 3.11, 3.12 or 3.13; this is {}.{}.".format(*sys.version_info[:2]))


# The system


def missing_libraries(offscreen: bool, window: bool) -> dict[str, str]:
    """The libraries that Qt would fail to open here, each with its Debian package."""
    if not sys.platform.startswith("linux"):
        return {}
    wanted = {**(OFFSCREEN_LIBRARIES if offscreen else {}), **(WINDOW_LIBRARIES if window else {})}
    return {library: package for library, package in wanted.items() if not loads(library)}


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(missing: dict[str, str]) -> None:
    """Install them with apt when root; anybody else is told how, and the run ends."""
    if not missing:
        return
    packages = sorted(set(missing.values()))
    if shutil.which("apt-get") is None:
        stop(f"This system lacks {', '.join(sorted(missing))}. Install what provides it, then try again.")
    if os.getuid() != 0:
        line = " ".join(["apt-get", "install", "-y", *packages])
        line = f"sudo {line}" if shutil.which("sudo") else f"su -c '{line}'"
        stop(f"This system lacks a few packages. Run this line, then try again:\n\n    {line}\n")
    if not apt_installed(packages):
        stop("apt could not install what is needed; its own words are above. Is there a network?")


def install_test_tools() -> None:
    """Install with apt, when root, what a few tests need; where it cannot be had, they are skipped and say why."""
    if not sys.platform.startswith("linux"):
        return
    packages = [name for tool, names in TEST_TOOLS.items() if shutil.which(tool) is None for name in names]
    if not packages:
        return
    may = os.getuid() == 0 and shutil.which("apt-get") is not None
    if not (may and apt_installed(packages)):
        say(f"Without {', '.join(packages)} the tests that need them are skipped.")


def apt_installed(packages: list[str]) -> bool:
    """Install these as root; False when apt failed."""
    say(f"Installing with apt: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update", "-q"]
    install = ["apt-get", "install", "-q", "--no-install-recommends", "-y", *packages]
    # Without standard input, so that nothing can stop to ask.
    return all(
        subprocess.call(step, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr) == 0
        for step in (update, install)
    )


# The environment


def environment_fits() -> bool:
    """Whether there is an environment, alive, with pip, and of the same Python as this one."""
    if not PYTHON.exists():
        return False
    question = "import sys, pip; print(*sys.version_info[:2])"
    answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def make_environment() -> None:
    if environment_fits():
        return
    if VENV.exists():
        if any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
            stop(f"{VENV} holds something that is no Python environment; it was left alone.")
        say(f"Remaking {VENV.name}: it is incomplete or of another Python.")
        shutil.rmtree(VENV)
    say(f"Making {VENV.name} with Python {sys.version.split()[0]}")
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], stdin=subprocess.DEVNULL, check=False)
    if made.returncode != 0:
        stop(f"The environment {VENV} could not be made; the reason is above.")


def install(kind: str) -> None:
    lock = LOCKS[kind]
    say("Installing the packages of the lock (the first time this takes a minute or two)")
    # Wheels only: a compiler is no part of the deal, and nothing runs code while it is being installed.
    pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    # Straight from the checkout and with the locked setuptools: no network, and edits count at once.
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    STAMP.write_text(f"{kind} {fingerprint()}\n", encoding="utf-8")
    say("Ready.")


def pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        stop("pip could not install what is needed; its own words are above. Is there a network?")


def is_stamped(kind: str) -> bool:
    """Whether an earlier run installed at least this, from the same lock, for the same Python and folder."""
    if not STAMP.exists() or not environment_fits():
        return False
    stamped = STAMP.read_text(encoding="utf-8").split()
    return len(stamped) == 2 and stamped[0] in (kind, "dev") and stamped[1] == fingerprint()


def fingerprint() -> str:
    """What the environment was made from: where it differs, the environment is out of date."""
    sources = [ROOT / "pyproject.toml", *LOCKS.values(), Path(__file__)]
    parts = [source.read_bytes().replace(b"\r\n", b"\n") for source in sources]
    parts += [str(ROOT).encode(), "{}.{}".format(*sys.version_info[:2]).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def stop(text: str) -> None:
    say(text)
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        stop("Interrupted; the same command goes on from here.")
