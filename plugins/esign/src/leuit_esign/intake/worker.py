"""The process that reads PDFs: `python -m leuit_esign.intake.worker BYTES-OF-MEMORY`."""

import base64
import json
from pathlib import Path
from typing import Any

from leuit.limited_process import serve_lines

from .characters import where
from .checks import Fault, take_in
from .overlay import laid_over
from .room import free_parts


def answer(line: str) -> str:
    """A question in, an answer or a fault out."""
    asked: dict[str, Any] = json.loads(line)
    path = Path(asked["path"])
    try:
        match asked["do"]:
            case "take_in":
                told: dict[str, Any] = take_in(path)
            case "where":
                told = {"places": where(path, asked["character"])}
            case "room":
                told = {"room": free_parts(path, asked["boxes"])}
            case "overlay":
                pdf = laid_over(path, Path(asked["overlay"]), dict(asked["read"]))
                told = {"pdf": base64.b64encode(pdf).decode("ascii")}
            case other:
                told = {"fault": f"unknown {other}"}
    except Fault as fault:
        told = {"fault": str(fault)}
    return json.dumps(told)


if __name__ == "__main__":
    serve_lines(answer)
