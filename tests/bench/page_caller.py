"""Calls pages over one kept connection to `PORT`: lines of path, cookie and count come in, a line
comes out when the calls are done. Standard library only, so that it starts at once.
"""

import http.client
import sys


def main() -> None:
    """Serve the lines of the standard input until it ends."""
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60)
    for line in sys.stdin:
        path, cookie, count = line.rstrip("\n").split("\t")
        for _number in range(int(count)):
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} was answered {answer.status}")
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
