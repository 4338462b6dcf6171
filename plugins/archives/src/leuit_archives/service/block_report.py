"""The report at year end: numbers set aside in the year that ended, which nobody accounted for."""

from leuit.work import JobContext

from .letter_numbers import ref_of_block
from .number_blocks import open_numbers

REPORT = "archives.open_numbers"


def report_open(context: JobContext) -> None:
    """Write each block of past years with open numbers into the audit log; pages show the same."""
    with context.change() as work:
        for one in open_numbers(work, work.today.year):
            work.audit(
                "archives.block.open_reported",
                ref_of_block(one.block.id),
                unit=one.unit,
                series=one.block.series,
                numbers=", ".join(str(value) for value in one.values),
            )
