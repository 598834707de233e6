"""PostgreSQL under load: the database server stopped, broken off or killed while visitors write on two servers of the
product, and the product's own servers killed."""

import random

from postgres import Postgres, absent
from rig import QUICK, SEED, Arm, Control, must, run, seat
from visitors import Found, Load, Server, judge, retry

__all__ = ["absent", "arms"]
# In good order, broken off, as a crash; and one of the product's servers killed instead.
WAYS = ("fast", "immediate", "kill", "styrehus")
# A new database now and then, so that none grows large.
EPOCH = 8


def break_once(arm, store, servers, load, way, numbers, where, plant):
    """One break under load. Gives the servers that run on."""
    told = len(load.acknowledged())
    if way == "kill":
        store.hold_log_writer()
    load.start([server.port for server in servers])
    load.stopping.wait(numbers.uniform(0.3, 1.5))
    if way == "styrehus":
        servers[0].kill()
    elif way == "kill":
        store.kill()
    else:
        store.stop(way)
    if way != "styrehus":
        store.start()
        # The same servers go on by themselves: they find the database again.
        load.stopping.wait(numbers.uniform(0.3, 1.5))
    load.stop()
    if way == "styrehus":
        servers = [started(store, plant), *servers[1:]]
    for server in servers:
        if not server.ready(30):
            arm.fault("wrong", where, f"a server does not come back: {server.words}")
    judge(arm, where, Found(store.rows), load.acknowledged(), load.writes)
    retry(arm, where, load, servers[0].port, store.rows)
    judge(arm, f"{where}, sent again", Found(store.rows), load.acknowledged(), load.writes)
    arm.end(way)
    arm.tally["acknowledged"] += len(load.acknowledged()) - told
    return servers


def started(store, plant=None):
    server = Server(store.address(), plant=plant)
    if not server.ready():
        raise RuntimeError(f"the server does not start: {server.words}")
    return server


def break_again_and_again(arm, breaks, seed, ways, plant=None):
    numbers = random.Random(seed)
    for first in range(0, breaks, EPOCH):
        # Without waiting for its disk the server would lose ten seconds at a crash; the product must not let it.
        store = Postgres("restart-server", ["synchronous_commit = off", "wal_writer_delay = 10s"])
        servers = []
        try:
            must("migrate", "--database", store.address())
            seat(store.rows)
            servers = [started(store, plant) for _ in range(2)]
            load = Load(seed + first)
            for number in range(first, min(first + EPOCH, breaks)):
                way = ways[number % len(ways)]
                where = f"break {number + 1}, {way}"
                servers = break_once(arm, store, servers, load, way, numbers, where, plant)
                if plant and arm.faults["lost"]:
                    return
            verified = run("verify", "--database", store.address())
            if not verified.acknowledged:
                arm.fault("half-written", where, f"verify: {verified.text[-300:]}")
        finally:
            for server in servers:
                server.kill()
            store.remove()


def arms():
    arm = Arm("restart", tells=True)
    break_again_and_again(arm, 8 if QUICK else 200, SEED, WAYS)
    yield arm.finish()
    off = Arm("off")
    break_again_and_again(off, 4, SEED + 1, ("kill",), plant="pg-off")
    yield Control("connections that do not wait for the server's disk, server killed", off, ["lost"])
