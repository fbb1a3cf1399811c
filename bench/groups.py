"""Finding a group among many: each kind of question, and the page as a whole. `python -m bench.groups COUNT`.

The yardstick is the bound, and for a larger directory the same question among 10,000 groups in the same run.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import site
from bench.figures import Figures
from mindspace import local

SMALL = 10_000
MOST_MS = 50
MOST_PAGE_MS = 150
MOST_GROWTH = 3


def measure(figures: Figures, count: int = SMALL) -> None:
    small = asked(SMALL)
    show(figures, SMALL, small)
    if count == SMALL:
        return
    large = asked(count)
    show(figures, count, large)
    for name, (_p50, p95) in large.items():
        of = f"with {SMALL:,} groups"
        figures.show(f"{name}: p95 with {count:,} groups", p95, small[name][1], of, "ms", most=MOST_GROWTH)


def asked(count: int, module: str = "bench.asking") -> dict[str, list[float]]:
    """For each question of `module` its p50 and p95 in milliseconds, on a site of its own with `count` rows."""
    with tempfile.TemporaryDirectory(prefix="mindspace-bench-") as folder:
        Path(folder).chmod(0o755)  # as root, PostgreSQL's user must reach it
        with site.running(Path(folder) / "var") as running:
            environ = site.environment(Path(folder) / "var", running.port)
            environ["DJANGO_SETTINGS_MODULE"] = "mindspace.settings"
            local.complete(environ, site.ROOT, make_keys=False)
            command = [sys.executable, "-m", module, str(count), running.address]
            done = subprocess.run(command, cwd=site.ROOT, env=environ, stdout=subprocess.PIPE, check=True)
            found: dict[str, list[float]] = json.loads(done.stdout)
            return found


def show(figures: Figures, count: int, found: dict[str, list[float]]) -> None:
    for name, (p50, p95) in found.items():
        show_one(figures, f"{name}, {count:,} groups", p50, p95)


def show_one(figures: Figures, name: str, p50: float, p95: float) -> None:
    bound = MOST_PAGE_MS if name.startswith("the page") else MOST_MS
    figures.show(f"{name}: p95 (p50 {p50:.1f} ms)", p95, bound, "bound", "ms", most=1)


def main() -> int:
    figures = Figures()
    measure(figures, int(sys.argv[1]) if sys.argv[1:] else SMALL)
    for name in figures.missed:
        sys.stderr.write(f"MISSED: {name}\n")
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main())
