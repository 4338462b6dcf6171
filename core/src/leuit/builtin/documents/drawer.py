"""The process that draws one document with typst and ends; run by path, it imports none of us.

Reads one JSON object from the standard input; writes one line of JSON, then the PDF, or the PNG
pictures of its pages one after the other. What is wrong with the template is told in that line as
`wrong`.
"""

import json
import resource
import sys
from typing import Any

import typst


def main() -> None:
    """Draw what the standard input asks for."""
    asked = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        compiler = typst.Compiler(
            asked["main"],
            root=asked["root"],
            ignore_system_fonts=True,
            sys_inputs=asked["inputs"],
        )
        head, data = _pictures(compiler, asked) if "picture_ppi" in asked else _pdf(compiler, asked)
    except typst.TypstError as error:
        sys.stdout.write(json.dumps({"wrong": error.diagnostic}) + "\n")
        return
    sys.stdout.write(json.dumps(head) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def _pdf(compiler: typst.Compiler, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=asked["standards"],
        timestamp=asked["timestamp"],
        pdf_tags=asked["tagged"],
    )
    assert isinstance(pdf, bytes)
    return {"places": json.loads(compiler.query("<signing-place>", field="value"))}, pdf


def _pictures(compiler: typst.Compiler, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    made = compiler.compile(format="png", ppi=asked["picture_ppi"])
    pages = [made] if isinstance(made, bytes) else list(made)
    kept = pages[: asked["picture_most"]]
    return {"lengths": [len(page) for page in kept]}, b"".join(kept)


if __name__ == "__main__":
    main()
