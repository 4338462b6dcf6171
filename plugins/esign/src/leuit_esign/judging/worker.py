"""The process that examines: `python -m leuit_esign.judging.worker BYTES-OF-MEMORY`.

A line of instructions comes in, a line with the examination goes out, until the input ends. Limits
of memory and processor time are set before a file is opened; it writes no file and sends no signal
that its parent does not expect.
"""

import resource
import sys

from leuit_esign.rules import Examination

from .examine import examine
from .instructions import Instructions, examination_to_line

CPU_SECONDS = 30


def main() -> None:
    """Serve the lines of the standard input."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    for line in sys.stdin:
        instructions = Instructions.from_line(line)
        _limit_time()
        try:
            found = examine(instructions)
        except MemoryError:
            found = Examination(failure="memory")
        sys.stdout.write(examination_to_line(found) + "\n")
        sys.stdout.flush()


def _limit_time() -> None:
    """So many seconds of processor time for the next file, beside what has been used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
