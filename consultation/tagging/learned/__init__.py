"""What officers' labels teach: a model for each facet, its figures, its file, and what it costs to be silent."""
