"""Replanning: what may move, the cheapest repair first, and proof that nothing nearer keeps the rules."""
