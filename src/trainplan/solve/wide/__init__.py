"""Programmes too wide for a board: a small relaxation, and the search that follows its order."""
