"""What else could be: other places for a session, and why it is not there."""
