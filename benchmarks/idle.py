"""What the embedded portal costs while nobody asks it for anything: memory and processor time of all its processes.

    python benchmarks/idle.py --seconds 60

Starts `bin/run` with the demonstration in a folder of its own, waits until it has settled, and looks at it from
outside (Linux: /proc). Proportional memory counts a page that two processes share once; resident counts it twice.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.running import serving

WINDOW_SECONDS, BUSY, PATIENCE_SECONDS = 10, 0.10, 600


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="portal-idle-") as scratch:
        environment = serving.borrowed_environment(Path(scratch) / "environment")
        began = time.monotonic()
        with serving.portal(Path(scratch) / "var", environment) as portal:
            portal.wait_for("/vi/")
            print(f"first page after {time.monotonic() - began:.1f} s, with the demonstration loaded")
            settle(portal)
            print(f"pictures made and at rest after {time.monotonic() - began:.0f} s")
            share = processor_share(portal, seconds)
            proportional, resident = portal.memory()
            print(f"{len(portal.pids())} processes: {proportional} MB proportional, {resident} MB resident")
            print(f"{share:.1%} of one processor")


def settle(portal: serving.Portal) -> None:
    """Wait until what a first start sets off (the demonstration's pictures, above all) has been done."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while processor_share(portal, WINDOW_SECONDS) > BUSY:
        if time.monotonic() > deadline:
            sys.exit("The portal does not come to rest.")


def processor_share(portal: serving.Portal, seconds: int) -> float:
    """How much of one processor the portal's processes use, seen over so many seconds."""
    used = processor_seconds(portal)
    time.sleep(seconds)
    if portal.process.poll() is not None:
        sys.exit(f"The portal has ended; it said:\n{portal.output}")
    return (processor_seconds(portal) - used) / seconds


def processor_seconds(portal: serving.Portal) -> float:
    """Seconds of processor time that the portal's processes have used since they began."""
    ticks = 0
    for pid in portal.pids():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # utime and stime, proc_pid_stat(5)
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
