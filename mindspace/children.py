"""Child processes that never outlive this one."""

import ctypes
import os
import sys
from collections.abc import Callable


def end_with_parent(signum: int) -> Callable[[], None] | None:
    """Return a preexec_fn for Popen: the kernel sends the child `signum` when this process dies, however it dies.

    Linux only; elsewhere there is nothing to ask for, and None is returned.
    """
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def arrange() -> None:
        libc.prctl(1, signum)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os.kill(os.getpid(), signum)

    return arrange
