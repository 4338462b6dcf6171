"""Structured logs: one JSON object a line on the error stream, with instant and request id."""

import logging
import sys
from typing import Any

import structlog

STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure_logs(least: int = logging.INFO) -> None:
    """Send structlog and the standard library's logging to the same JSON lines.

    `least` is the lowest level that is written; commands write warnings only, for their output is
    read by people and programs.
    """
    structlog.configure(
        processors=[*STEPS, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=lambda *_names: _ErrorStream(),
        wrapper_class=structlog.make_filtering_bound_logger(least),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=STEPS,
            processor=structlog.processors.JSONRenderer(ensure_ascii=False),
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)


class _ErrorStream:
    """Writes each line to whatever the error stream is at that moment, as one piece."""

    def msg(self, line: str) -> None:
        sys.stderr.write(line + "\n")

    log = debug = info = warning = error = critical = exception = msg
