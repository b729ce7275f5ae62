"""PDF: its text in reading order, line by line and paragraph by paragraph."""
