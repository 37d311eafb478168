"""The report's incidents in the columns of UCDP GED and of ACLED, and its tables with HXL tags.

data/crosswalk.csv says, column by column, what fills it, by which rule and what is lost; `scheme` holds the frames to it.
"""
