"""Takes groups over from other directories: from a file or a feed, in the formats that they have.

reading.py      files, a row at a time          values.py, words.py, places.py, rhythm.py   what they say
meeting_guide.py, bmlt.py, calendar.py, hsds.py, hsds_tables.py, table.py                   one for each format
neutral.py      what all of these are read into
staging.py, merging.py   what a file would come to       applying.py, adding.py, altering.py         doing it
"""
