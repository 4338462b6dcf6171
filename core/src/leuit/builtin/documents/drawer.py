"""The process that draws one document with typst and ends; run by path, it imports none of us.

Reads one JSON object from the standard input; writes one line of JSON, then the PDF. What is wrong
with the template is told in that line as `wrong`.
"""

import json
import resource
import sys

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
        pdf = compiler.compile(
            format="pdf",
            pdf_standards=asked["standards"],
            timestamp=asked["timestamp"],
            pdf_tags=asked["tagged"],
        )
        places = compiler.query("<signing-place>", field="value")
    except typst.TypstError as error:
        sys.stdout.write(json.dumps({"wrong": error.diagnostic}) + "\n")
        return
    assert isinstance(pdf, bytes)
    sys.stdout.write(json.dumps({"places": json.loads(places)}) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
