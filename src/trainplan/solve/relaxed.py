"""One linear program solved, a large one in a process of its own, which can be ended at any time.

HiGHS does not hear MathOpt's interrupter, and takes a minute and more on a large programme: in our own
process nobody could stop it. Run as a program, this file is that other process; it imports nothing of ours,
for it has to be there at once.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Thread

from ortools.math_opt import model_pb2, result_pb2, sparse_containers_pb2

POLL_SECONDS = 0.05
SMALL = 40_000  # entries of the matrix: solved here in less time than a process takes to begin


def relaxed(
    model: model_pb2.ModelProto, go_on: Callable[[], bool], *, near: float = 0.0
) -> result_pb2.SolveResultProto | None:
    """Return what the LP solver says of ``model``; None if it failed or was ended.

    Args:
        model: A linear program.
        go_on: Asked again and again; as soon as it says no, the solver is ended. A small program is solved
            without asking.
        near: A relative gap and infeasibility that will do, if not 0: a first-order method gets there in less
            time and memory where there are hundreds of thousands of columns.
    """
    if len(model.linear_constraint_matrix.row_ids) < SMALL:
        return _solved(model, near)
    said = model.SerializeToString()
    del model  # with ten thousand sessions it takes 200 MB
    # Not -m, and without this folder in the path: its modules must not pass for others of the same name.
    command = [sys.executable, "-P", __file__, str(near)]
    done = Event()
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:

        def watch() -> None:
            while not done.wait(POLL_SECONDS):
                if not go_on():
                    process.kill()

        watcher = Thread(target=watch, daemon=True)
        watcher.start()
        assert process.stdin is not None
        assert process.stdout is not None
        answer = b""
        try:
            # communicate() writes page by page: beside a thread that computes it waits its turn for each.
            with suppress(BrokenPipeError), process.stdin as told:
                told.write(said)
            answer = process.stdout.read()
            process.wait()
        finally:
            done.set()
            process.kill()
            watcher.join()
    return result_pb2.SolveResultProto.FromString(answer) if process.returncode == 0 else None


def in_order(vector: sparse_containers_pb2.SparseDoubleVectorProto) -> list[float]:
    """Return the values of a solution, one for each column or row."""
    return [value for _, value in sorted(zip(vector.ids, vector.values, strict=True))]


def _solved(model: model_pb2.ModelProto, near: float) -> result_pb2.SolveResultProto:
    # Costs a moment, which the process that only waits for an answer need not spend.
    from ortools.math_opt.python import mathopt

    if near:
        from ortools.pdlp import solvers_pb2

        first_order = solvers_pb2.PrimalDualHybridGradientParams()
        wanted = first_order.termination_criteria.simple_optimality_criteria
        wanted.eps_optimal_relative = wanted.eps_optimal_absolute = near
        kind, parameters = mathopt.SolverType.PDLP, mathopt.SolveParameters(pdlp=first_order)
    else:
        kind = mathopt.SolverType.HIGHS
        parameters = mathopt.SolveParameters(lp_algorithm=mathopt.LPAlgorithm.BARRIER)
    # The interior point method is four times as fast as the best simplex where it matters, at 700
    # sessions; its crossover ends in a corner, which makes the better guide.
    whole = mathopt.Model.from_model_proto(model)
    del model
    result: result_pb2.SolveResultProto = mathopt.solve(
        whole,
        kind,
        params=parameters,
    ).to_proto()
    return result


def _outlive_nobody() -> None:
    started_by = os.getppid()
    while os.getppid() == started_by:
        time.sleep(1.0)
    os._exit(1)


if __name__ == "__main__":
    Thread(target=_outlive_nobody, daemon=True).start()
    sys.stdout.buffer.write(
        _solved(
            model_pb2.ModelProto.FromString(sys.stdin.buffer.read()), float(sys.argv[1])
        ).SerializeToString()
    )
