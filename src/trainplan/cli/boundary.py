"""The one place where things that went wrong become a line on standard error and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from trainplan.cli.clock import count_time
from trainplan.cli.codes import Code, Misuse, Refused
from trainplan.cli.requests import Requests


class Boundary(TyperGroup):
    """The program as a group of commands; each command returns its exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and leave it with an exit code; without ``standalone_mode`` return the code."""
        given = list(sys.argv[1:] if args is None else args)
        began = extra.pop("began", None)
        with count_time(began), Requests() as requests:
            try:
                result = super().main(given, "trainplan", complete_var, False, windows_expand_args, **extra)
                code = result if isinstance(result, int) else Code.WELL
                if requests.count and code != Code.MISUSED:
                    code = Code.INTERRUPTED  # it came too late to keep anything from being done
            except Exception as error:
                code = _answer(error, debug="--debug" in given, as_json="--json" in given)
            except KeyboardInterrupt:  # before there was a command
                code = _answer(Interrupted(), debug=False, as_json="--json" in given)
        if standalone_mode:
            sys.exit(int(code))
        return int(code)

    def invoke(self, ctx: Any) -> Any:
        """Run the command, a Ctrl-C turned into an ordinary error so that it is answered like one."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise Interrupted from stop


class Interrupted(Exception):
    """A person pressed Ctrl-C where there was nothing to keep."""


def _answer(error: Exception, *, debug: bool, as_json: bool) -> Code:
    """Say what went wrong and return the exit code for it."""
    from trainplan.aside import Late
    from trainplan.exports.write import Unwritable
    from trainplan.parallel import Lost

    if isinstance(error, Refused):
        _refuse(error, as_json)
        return Code.MISUSED
    if isinstance(error, Interrupted | typer.Abort):
        _tell("stopped; nothing was written", as_json)
        return Code.INTERRUPTED
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, Late):
        _tell(str(error), as_json)
        return Code.UNSETTLED
    if isinstance(error, Misuse | Unwritable | Lost):
        _tell(str(error), as_json)
        return Code.MISUSED
    if isinstance(error, typer.TyperException):
        _usage(error, as_json)
        return Code.MISUSED
    if isinstance(error, OSError):
        _tell(_system(error), as_json)
        return Code.MISUSED
    hint = "" if debug else " (again with --debug shows where)"
    _tell(f"a fault in trainplan itself: {type(error).__name__}: {error}{hint}", as_json)
    return Code.FAULT


def _refuse(refusal: Refused, as_json: bool) -> None:
    from trainplan.cli.documents import emit, finding
    from trainplan.views.console import standard_error
    from trainplan.views.refusal import refused

    if as_json:
        emit(error=f"{refusal.what} can't be read", findings=[finding(one) for one in refusal.findings])
    else:
        screen = standard_error()
        screen.show(refused(refusal.what, refusal.findings, screen))


def _system(error: OSError) -> str:
    """Return what the operating system would not do."""
    from trainplan.views.console import fall_silent

    why = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: {why}"
    # Only a stream has no name: standard output on a full disk. What is still in it can't get out.
    if sys.stdout is not None:
        fall_silent(sys.stdout)
    return f"can't write the result: {why}"


def _usage(error: typer.TyperException, as_json: bool) -> None:
    context = getattr(error, "ctx", None)
    text = error.format_message()
    path = context.command_path if context is not None else "trainplan"
    _tell(f"{text} ({path} --help shows how)", as_json)


def _tell(text: str, as_json: bool) -> None:
    from trainplan.views.console import standard_error
    from trainplan.views.text import shown

    if as_json:
        from trainplan.cli.documents import emit

        emit(error=text, findings=[])
    standard_error().write(f"trainplan: {shown(text)}\n")
