"""First mend, then prove: displaced sessions get new places in a schedule whose other sessions stand."""
