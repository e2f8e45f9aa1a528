"""The process that opens one strange file: `python -m hatnhan.kernel.sheets.child KIND PATH MEMORY CPU OUTPUT`.

It limits itself before it looks at the file, imports nothing of Django, and writes rows to its standard output.
Its exit code says why it failed; a signal means that a limit was reached.
"""

import errno
import os
import resource
import sys

from hatnhan.kernel.sheets import delimited, workbook
from hatnhan.kernel.sheets.spooling import DAMAGED, DISK_FULL, PASSWORD, TOO_MUCH, Output


def limit(memory: int, cpu: int, output: int) -> None:
    """Bytes of address space, seconds of processor time, bytes of output; no core file."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, output),
    ):
        resource.setrlimit(what, (most, most))


def main(kind: str, path: str, memory: str, cpu: str, output: str) -> int:
    """Read the file; 0, or the reason."""
    limit(int(memory), int(cpu), int(output))
    target = Output(sys.stdout.buffer)
    try:
        if kind == "csv":
            delimited.read(path, target)
        else:
            workbook.read(path, kind, target)
    except MemoryError:
        return TOO_MUCH
    except OSError as error:
        return {errno.EFBIG: TOO_MUCH, errno.ENOMEM: TOO_MUCH, errno.ENOSPC: DISK_FULL}.get(error.errno or 0, DAMAGED)
    except workbook.PASSWORD:
        return PASSWORD
    except workbook.DAMAGE:
        return DAMAGED
    return 0


if __name__ == "__main__":
    # Without the usual end: what could not be written is not tried again, and memory is not taken apart.
    os._exit(main(*sys.argv[1:]))
