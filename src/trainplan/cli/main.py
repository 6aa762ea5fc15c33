"""The program ``trainplan``: its table of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from trainplan.cli import (
    bottlenecks,
    check,
    compare,
    explain,
    export,
    generate,
    init,
    options_of,
    pin,
    publish,
    replan,
    rules,
    scenarios,
    show,
    stress,
    why,
)
from trainplan.cli.boundary import Boundary

HELP = """Plan training so that no rule is broken, and say how close to the best possible the plan is.

\b
Examples:
  trainplan generate                             plan the bundled Saint Lucia programme
  trainplan init my-training                     start a programme of your own
  trainplan generate my-training -o plan.csv     plan it
  trainplan check my-training plan.csv           find every conflict after editing
"""

app = typer.Typer(
    cls=Boundary,
    help=HELP,
    invoke_without_command=True,
    add_completion=False,
    # Plain help: drawing it with rich would cost more than everything else that --help does.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    generate,
    check,
    explain,
    show,
    export,
    why,
    options_of,
    bottlenecks,
    replan,
    pin,
    publish,
    compare,
    scenarios,
    stress,
    init,
    rules,
)
for command in COMMANDS:
    app.command(command.NAME, help=command.HELP, short_help=command.SHORT)(command.run)


def _version(wanted: bool) -> None:
    if wanted:
        from trainplan import __version__

        typer.echo(f"trainplan {__version__}")
        raise typer.Exit


@app.callback()
def trainplan(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Without a command, show the help."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def run(began: float | None = None) -> None:
    """Run the program and end the process with its exit code.

    Args:
        began: When the process began, by the monotonic clock; now where nothing is said.
    """
    from trainplan.cli.streams import end, prepare_streams

    prepare_streams()
    end(typer.main.get_command(app).main(standalone_mode=False, began=began))
