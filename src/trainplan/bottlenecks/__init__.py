"""What limits a plan: how used everything is, and what more of it would be worth."""
