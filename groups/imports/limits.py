"""How much of anything an import takes."""

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE  # of a file, as it comes
MOST_UNPACKED = 300 * MEGABYTE  # of all that is in an archive
MOST_SECONDS = 60  # to fetch it
MOST_SECONDS_WAITED = 30  # to check what is handed in on a page, while somebody waits
MOST_ROWS = 250_000
MOST_DEPTH = 12  # of JSON
LONGEST_ROW = 512 * 1024  # characters
LONGEST_VALUE = 20_000
MOST_TIMES = 60  # of one group
MOST_COLUMNS = 250  # of a table
MOST_FILES = 60  # in an archive
