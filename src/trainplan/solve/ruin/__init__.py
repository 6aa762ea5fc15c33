"""Sessions that compete are taken out and placed anew, again and again."""
