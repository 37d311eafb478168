"""What a book is: its edition (CITATION.cff) and the files that travel with it."""
