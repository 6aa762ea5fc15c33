"""``python -m trainplan`` is ``trainplan``."""

from trainplan.cli.main import run

if __name__ == "__main__":
    run()
