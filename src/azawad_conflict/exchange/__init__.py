"""The data in the forms and schemes of others: files for people's tools, columns of UCDP and ACLED, tags of HXL.

`forms.files()` makes all files, the same bytes of the same data; `python -m azawad_conflict.exchange FOLDER` writes
them. `crosswalk` makes the rows of other schemes, and `compare` puts ours beside UCDP's.
"""
