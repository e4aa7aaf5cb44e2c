"""How fast this machine is at this moment, so that figures of busy and quiet hours can be compared."""

import time
import timeit

_WORK = "sum(len(str(n)) for n in range(20_000))"


def calibrate(tries: int = 200) -> float:
    """Milliseconds of CPU for a fixed piece of work, the best of the tries."""
    return min(timeit.repeat(_WORK, number=1, repeat=tries, timer=time.process_time)) * 1000
