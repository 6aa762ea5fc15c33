"""One linear program solved in a process of its own, which can be ended at any time.

HiGHS neither hears MathOpt's interrupter nor looks at the clock everywhere, and takes minutes on a large
programme: in our own process nothing could stop it. Run as a program, this file is that other process; it
imports nothing of ours, for it has to be there at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Thread

from ortools.math_opt import model_pb2, parameters_pb2, result_pb2, rpc_pb2

POLL_SECONDS = 0.05


def relaxed(model: model_pb2.ModelProto, go_on: Callable[[], bool]) -> result_pb2.SolveResultProto | None:
    """Return what the LP solver says of ``model``; None if it failed or was ended.

    Args:
        model: A linear program.
        go_on: Asked again and again; as soon as it says no, the solver is ended.
    """
    # The interior point method is four times as fast as the best simplex where it matters, at 700
    # sessions; its crossover ends in a corner, which makes the better guide.
    request = rpc_pb2.SolveRequest(
        solver_type=parameters_pb2.SOLVER_TYPE_HIGHS,
        model=model,
        parameters=parameters_pb2.SolveParametersProto(lp_algorithm=parameters_pb2.LP_ALGORITHM_BARRIER),
    ).SerializeToString()
    # Not -m, and without this folder in the path: its modules must not pass for others of the same name.
    command = [sys.executable, "-P", __file__]
    done = Event()
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:

        def watch() -> None:
            while not done.wait(POLL_SECONDS):
                if not go_on():
                    process.kill()

        watcher = Thread(target=watch, daemon=True)
        watcher.start()
        try:
            answer, _ = process.communicate(request)
        finally:
            done.set()
            process.kill()
            watcher.join()
    return result_pb2.SolveResultProto.FromString(answer) if process.returncode == 0 else None


def _serve() -> None:
    """Read a request from standard input, solve it, write the answer to standard output."""
    from ortools.math_opt.python import mathopt

    request = rpc_pb2.SolveRequest.FromString(sys.stdin.buffer.read())
    result = mathopt.solve(
        mathopt.Model.from_model_proto(request.model),
        mathopt.SolverType(request.solver_type),
        params=mathopt.SolveParameters(lp_algorithm=mathopt.LPAlgorithm(request.parameters.lp_algorithm)),
    )
    sys.stdout.buffer.write(result.to_proto().SerializeToString())


if __name__ == "__main__":
    _serve()
