"""`python -m bench.importing COUNT ADDRESS`: takes feeds over into a directory of COUNT groups, and prints JSON.

Each import is a process of its own, so that the most memory it ever took is its own.
"""

from bench import ready  # noqa: F401 - first

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench import directory, site
from groups.imports import formats
from groups.models import ImportRun, Source, Topic
from groups.towns import atlas

SMALL, LARGE = 5_000, 25_000
TYPES = (["O", "X"], ["C"], ["O", "ONL", "W"], ["BA", "SEN"])


def main(count: int) -> None:
    begun = time.monotonic()
    directory.build(count)
    sys.stderr.write(f"{count:,} groups made in {time.monotonic() - begun:.0f} s\n")
    with tempfile.TemporaryDirectory(prefix="mindspace-bench-") as folder:
        found = {str(rows): imported(rows, Path(folder)) for rows in (SMALL, LARGE)}
    sys.stdout.write(json.dumps(found))


def imported(rows: int, folder: Path) -> list[float]:
    """Rows a second, and the most memory in MB."""
    path = folder / f"{rows}.json"
    path.write_text(json.dumps(list(islice(feed(), rows))))
    command = [sys.executable, "-m", "bench.importing", "file", str(path)]
    done = subprocess.run(command, cwd=site.ROOT, stdout=subprocess.PIPE, check=True)
    seconds, memory = json.loads(done.stdout)
    return [rows / seconds, memory]


def feed() -> Iterator[dict[str, Any]]:
    """Rows as Meeting Guide has them, all over the country; every third group meets twice a week."""
    found = atlas()
    areas = [index for index, whole in enumerate(found.whole) if whole]
    zips = {index: zip_code for zip_code, index in found.zips.items()}
    number = 0
    while True:
        number += 1
        index = areas[number * 7919 % len(areas)]
        words = [directory.WORDS[number * step % len(directory.WORDS)] for step in (1, 7)]
        city = f"{found.names[index]}, {found.states[index]} {zips[index]}"
        for day in range(1 + (number % 3 == 0)):
            yield {
                "name": f"{words[0]} {words[1]} {number}".title(),
                "slug": f"{words[0]}-{number}-{day}",
                "group": f"{words[0]} {words[1]} {number}".title(),
                "day": (number + 2 * day) % 7,
                "time": f"{6 + number % 16:02}:30",
                "types": TYPES[number % len(TYPES)],
                "location": f"{words[1].title()} House",
                "formatted_address": f"{100 + number % 900} Main St, {city}, USA",
                "latitude": found.latitudes[index],
                "longitude": found.longitudes[index],
                "notes": "Ring at the <b>side door</b>. Coffee &amp; tea from half past.",
                "conference_url": f"https://zoom.us/j/{10**9 + number}?pwd=abc" if number % 4 == 2 else "",
            }


def take(path: Path) -> None:
    source = Source.objects.create(name=f"Feed {path.stem}", format=Source.Format.MEETING_GUIDE, kind="twelve_step")
    source.topics.set(Topic.objects.filter(slug="alcohol"))
    begun = time.monotonic()
    run = formats.check_file(source, path)
    run.apply()
    seconds = time.monotonic() - begun
    assert run.status == ImportRun.Status.APPLIED, run.message
    assert run.rows_read == run.added, "each of the rows can be listed"
    sys.stdout.write(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


if __name__ == "__main__":
    if sys.argv[1] == "file":
        take(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]))
