"""One figure of the bench, as a line with its yardstick, the ratio and the bound it must keep to."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Figures:
    """Prints each figure as it comes, and remembers whether one missed its bound."""

    missed: list[str] = field(default_factory=list)

    def show(
        self, name: str, value: float, yardstick: float, of: str, unit: str = "",
        *, least: float | None = None, most: float | None = None, spread: Sequence[float] = (),
    ) -> None:  # fmt: skip
        """Print `value` beside `yardstick` (what `of` says, in the same unit). The bounds are on their ratio."""
        ratio = value / yardstick
        line = (
            f"{name}: {value:,.4g} {unit}".rstrip()
            + f" | {of}: {yardstick:,.4g} {unit}".rstrip()
            + f" | ratio {ratio:.2f}"
        )
        if spread:
            line += f" ({min(spread):.2f} to {max(spread):.2f} over {len(spread)} rounds)"
        if least is not None or most is not None:
            holds = (least is None or ratio >= least) and (most is None or ratio <= most)
            line += f" | {'at least' if least is not None else 'at most'} {least if least is not None else most:g}"
            line += ": holds" if holds else ": MISSED"
            if not holds:
                self.missed.append(name)
        print(line, flush=True)
