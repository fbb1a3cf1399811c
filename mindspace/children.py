"""Child processes that never outlive this one, and that all end when one of them does."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_END = 20


class Stopped(BaseException):
    """Somebody asked this process to end. `status` is what it exits with: 128 and the number of the signal."""

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.status = 128 + signum


class Crashed(Exception):
    """A child ended by itself. `status` is what it exited with, or 128 and the number of the signal that ended it."""

    def __init__(self, name: str, returncode: int) -> None:
        self.status = 128 - returncode if returncode < 0 else returncode or 1
        how = (
            f"was ended by {signal.Signals(-returncode).name}" if returncode < 0 else f"ended with status {returncode}"
        )
        super().__init__(f"{name} {how}")


def end_with_parent(signum: int, parent: int | None = None) -> Callable[[], None] | None:
    """Return what a new child calls so that the kernel sends it `signum` when its parent dies, however that dies.

    Made in the parent for Popen's preexec_fn, or in the child with the parent's number. Linux only; elsewhere there is
    nothing to ask for, and None is returned.
    """
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), parent or os.getpid()

    def arrange() -> None:
        libc.prctl(1, signum)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os.kill(os.getpid(), signum)

    return arrange


@contextlib.contextmanager
def signals_raise_stopped() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into Stopped; later ones change nothing about an orderly end."""

    def stop(signum: int, frame: FrameType | None) -> None:
        for each in STOPPING_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(signum)

    before = {signum: signal.signal(signum, stop) for signum in STOPPING_SIGNALS}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextlib.contextmanager
def running(arguments: Sequence[str | Path], cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a child inside the block, in a session of its own so that Ctrl-C reaches only us. Ended by SIGTERM."""
    child = subprocess.Popen(
        arguments, cwd=cwd, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=end_with_parent(signal.SIGTERM)
    )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def wait_for_a_crash(children: dict[str, subprocess.Popen[bytes]]) -> NoReturn:
    """Sleep until one of the named children ends, then raise Crashed."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                raise Crashed(name, child.returncode)
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)  # leaves the status for poll to take
