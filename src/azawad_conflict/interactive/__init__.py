"""The three pages that answer a reader: map by date, own rule, explorer. HTML and data; the scripts are in book/_static."""
