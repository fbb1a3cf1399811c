"""Taking a feed over into a large directory: rows a second, and memory that stays flat. `python -m bench.imports`."""

import sys

from bench.figures import Figures
from bench.groups import asked

INTO = 100_000
LEAST_ROWS = 1_000  # a second, checked and written
MOST_GROWTH = 1.2  # of memory, for a file that is five times as long


def measure(figures: Figures) -> None:
    (of_small, small), (of_large, large) = sorted(asked(INTO, "bench.importing").items(), key=lambda row: int(row[0]))
    name = f"Import of {int(of_large):,} rows into {INTO:,} groups"
    figures.show(name, large[0], LEAST_ROWS, "bound", "rows/s", least=1)
    of = f"with {int(of_small):,} rows"
    figures.show(f"{name}: most memory", large[1], small[1], of, "MB", most=MOST_GROWTH)


def main() -> int:
    figures = Figures()
    measure(figures)
    for name in figures.missed:
        sys.stderr.write(f"MISSED: {name}\n")
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main())
