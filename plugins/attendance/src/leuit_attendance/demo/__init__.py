"""The demonstration of attendance: rules in force, devices, shifts, absences, weeks of punches."""

from leuit.plugins import CommandContext, DemoPlan


def fill_demo(context: CommandContext, plan: DemoPlan) -> None:
    """What `leuit demo` calls; the simulator is loaded only then, as no server needs it."""
    from .fill import fill

    fill(context, plan)


__all__ = ["fill_demo"]
