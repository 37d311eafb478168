"""What can be wrong with the data: files and cells, columns after the schema, rules between columns and tables.

csv_files.py    the file as text, and its cells with their lines
columns.py      types, constraints and keys, from datapackage.json
rules/          what the schema cannot say: one plain function per rule, one module per topic
bibliography.py references.bib, to compare with sources.csv
faults.py       how a fault is said
"""
