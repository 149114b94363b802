# SPDX-License-Identifier: MIT
"""Works with a library until it is killed; tells after each verb what the file must hold."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from random import Random

from tests.helpers.machine.driver import VERBS, Driver
from tests.helpers.machine.real import Real

LEFT_OUT = ("restart", "crash", "purge")


async def work(path: Path, seed: int) -> None:
    real = Real(path)
    await real.start()
    driver, random = Driver(real), Random(seed)
    verbs = [verb for verb in VERBS if verb not in LEFT_OUT]
    while True:
        await driver.do(random.choice(verbs), random.getrandbits(32))
        await real.settled()
        assert (real.bugs, real.failures) == ([], [])
        sys.stdout.write(f"{json.dumps(driver.plain.picture())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), int(sys.argv[2])))
