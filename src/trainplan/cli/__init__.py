"""The commands: thin, one file each, with one error boundary around them all."""
