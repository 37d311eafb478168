"""python -m bookpress"""

import os
import signal
import sys


def _stop(*_):
    """End at once: nothing is begun yet, and libraries that are being imported would tell of Ctrl-C in their own words."""
    os.write(2, b"\nstopped before anything began\n")
    os._exit(130)


if __name__ == "__main__":
    usual = signal.signal(signal.SIGINT, _stop)
    from bookpress.processes import look_for_garbage_rarely, write_any_letter

    look_for_garbage_rarely()
    from bookpress.cli import main

    signal.signal(signal.SIGINT, usual)
    write_any_letter()
    sys.exit(main())
