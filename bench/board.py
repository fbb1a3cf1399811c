"""Browsing and posting on the board among many posts, one in twenty of them open. `python -m bench.board COUNT`.

The yardstick is the bound, and for a larger board the same question among 10,000 posts in the same run.
"""

import sys

from bench.figures import Figures
from bench.groups import MOST_GROWTH, asked, show_one

SMALL = 10_000


def measure(figures: Figures, count: int = SMALL) -> None:
    small = asked(SMALL, "bench.boarding")
    show(figures, SMALL, small)
    if count == SMALL:
        return
    large = asked(count, "bench.boarding")
    show(figures, count, large)
    for name, (_p50, p95) in large.items():
        of = f"with {SMALL:,} posts"
        figures.show(f"{name}: p95 with {count:,} posts", p95, small[name][1], of, "ms", most=MOST_GROWTH)


def show(figures: Figures, count: int, found: dict[str, list[float]]) -> None:
    for name, (p50, p95) in found.items():
        show_one(figures, f"{name}, {count:,} posts", p50, p95)


def main() -> int:
    figures = Figures()
    measure(figures, int(sys.argv[1]) if sys.argv[1:] else SMALL)
    for name in figures.missed:
        sys.stderr.write(f"MISSED: {name}\n")
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main())
