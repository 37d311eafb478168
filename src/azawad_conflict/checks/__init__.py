"""The checks of the data: files and cells, columns by the schema, rules between columns and tables.

csv_files.py    the file as text, and its cells with their lines
columns.py      types, constraints and keys, from datapackage.json
edition.py      what the code reads of a package, of whatever edition
rules/          what the schema cannot say: one plain function per rule, one module per topic
bibliography.py references.bib, to compare with sources.csv
faults.py       how a fault is said
"""
