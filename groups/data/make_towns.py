"""Writes towns.tsv.gz from the `zipcodes` package (MIT), whose rows are those of the US Postal Service's ZIP codes.

Run it after an upgrade of the package: `.venv/bin/python groups/data/make_towns.py`. Reading our table takes a tenth of
the memory that the package itself would take in each process.
"""

import gzip
import sys
from pathlib import Path
from zoneinfo import available_timezones

import zipcodes

TABLE = Path(__file__).with_name("towns.tsv.gz")


def main() -> None:
    rows = [row for row in zipcodes.list_all() if row["country"] == "US" and row["zip_code_type"] != "MILITARY"]
    zones = {row["state"]: row["timezone"] for row in rows}  # for the few rows that name something else
    zones["AK"] = "America/Anchorage"
    lines = []
    for row in sorted(rows, key=lambda row: row["zip_code"]):
        names = "|".join([row["city"], *row["acceptable_cities"]])
        point = f"{float(row['lat']):.4f}\t{float(row['long']):.4f}"
        # Boxes and single companies have no place of their own: their point is the post office's, or a guess.
        zone = row["timezone"] if row["timezone"] in available_timezones() else zones[row["state"]]
        kind = "S" if row["zip_code_type"] == "STANDARD" else "-"
        lines.append("\t".join([row["zip_code"], kind, row["state"], point, zone, names]))
    text = "\n".join(lines).encode()
    TABLE.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))
    sys.stdout.write(f"{len(lines)} ZIP codes, {TABLE.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
