"""The process that shows pages: `python -m leuit.pdf_pages.worker BYTES-OF-MEMORY`."""

import base64
import json
from pathlib import Path
from typing import Any

from leuit.limited_process import serve_lines

from .pages import Fault, count, picture, texts


def answer(line: str) -> str:
    """A question in, an answer or a fault out."""
    asked: dict[str, Any] = json.loads(line)
    path = Path(asked["path"])
    try:
        match asked["do"]:
            case "picture":
                png = picture(path, asked["page"], asked["width"])
                told: Any = base64.b64encode(png).decode("ascii")
            case "texts":
                told = texts(path)
            case _:
                told = count(path)
    except Fault as fault:
        return json.dumps({"fault": str(fault)})
    return json.dumps({"told": told})


if __name__ == "__main__":
    serve_lines(answer)
