"""`python -m bench.generator SCENARIO JSON`: prints a line of JSON at each step, and goes on when it reads a line."""

# The load's sockets must be gevent's before anything opens one.
from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402  # after the patch, as everything below
import json  # noqa: E402
import sys  # noqa: E402

from bench.generator import scenarios  # noqa: E402


def main() -> None:
    """Runs one scenario step by step."""
    name, arguments = sys.argv[1:]
    # A look for garbage stops the load for up to 30 ms, which would count as the server's. No scenario
    # runs for more than some minutes.
    gc.disable()
    for found in getattr(scenarios, name)(**json.loads(arguments)):
        print(json.dumps(found), flush=True)
        sys.stdin.readline()


main()
