"""The script that finds or installs a browser, with nothing on PATH but what a test puts there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("install_chromium.sh")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH of one folder: the few programs the script needs, and a virtual environment that has no browser."""
    for name in ("id", "mktemp", "tail", "rm", "cat"):
        program(tmp_path / name, f'exec {shutil.which(name)} "$@"')  # no link: a test that replaces it writes here only
    for name in ("python", "playwright"):
        program(tmp_path / name, "exit 1")
    return tmp_path


def program(path: Path, does: str) -> None:
    assert not path.is_symlink()
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def run(programs: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": str(programs), **environ}
    return subprocess.run(["/bin/sh", SCRIPT, programs], env=environ, capture_output=True, text=True, check=False)


def test_one_on_path_is_enough(programs: Path) -> None:
    program(programs / "chromium", "echo Chromium 1")
    assert run(programs).returncode == 0


def test_a_stub_that_does_not_start_is_not_taken_for_one(programs: Path) -> None:
    program(programs / "chromium-browser", "exit 1")
    assert run(programs).returncode == 1


def test_the_one_named_is_taken(programs: Path) -> None:
    assert run(programs, CHROME_PATH="/bin/sh").returncode == 0


def test_a_wrong_name_is_told(programs: Path) -> None:
    told = run(programs, CHROME_PATH="/no/such/browser")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "CHROME_PATH" in told.stderr


def test_nothing_to_be_had_is_told_in_one_line(programs: Path) -> None:
    told = run(programs)
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "install the package chromium" in told.stderr


def test_debians_is_installed_when_it_may_be(programs: Path) -> None:
    """As root, or with a sudo that asks for no password; both are played here."""
    program(programs / "id", "echo 1000")
    program(programs / "sudo", 'shift; "$@"')  # sudo -n COMMAND
    program(programs / "env", 'shift; "$@"')  # env DEBIAN_FRONTEND=noninteractive COMMAND
    program(programs / "true", "exit 0")
    program(
        programs / "apt-get", f'[ "$1" = update ] || printf "#!/bin/sh\\n" > {programs}/chromium; {chmod(programs)}'
    )
    assert run(programs).returncode == 0
    assert os.access(programs / "chromium", os.X_OK)


def chmod(programs: Path) -> str:
    return f"[ ! -e {programs}/chromium ] || /bin/chmod 755 {programs}/chromium"
