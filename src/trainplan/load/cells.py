"""How some things are written in a cell, so that reading it gives them back."""

from __future__ import annotations

from trainplan.model import After, Qualification, Role


def after_cell(order: After) -> str:
    """Return an order as it stands in a cell."""
    text = f"all {order.course}" if order.all else order.course
    least, most = order.at_least, order.at_most
    if least is None and most is None:
        return text
    return f"{text} +{least or 0}d" if most is None else f"{text} +{least or 0}d..{most}d"


def qualification_cell(one: Qualification) -> str:
    """Return a qualification as it stands in a cell."""
    return f"{one.name} until {one.until.isoformat()}" if one.until else one.name


def role_cell(one: Role) -> str:
    """Return a role as it stands in a cell."""
    return f"{one.qualification} x{one.count}" if one.count > 1 else one.qualification
