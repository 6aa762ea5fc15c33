"""What is shown on a terminal, or through a pipe: one file a view."""
