"""The embedded database in the server: killed with signal 9 at random moments while visitors write.

What is judged first is a copy of what the kill left, before any server mends it: one that finds a job without its end
does it again."""

import os
import random
import shutil
import sqlite3
from contextlib import closing

from rig import QUICK, ROOM, SEED, Arm, Control, copy_database, must, seat_in_file, state_of
from visitors import Found, Load, Server, judge, retry

# A new database now and then, so that none grows large.
EPOCH = 20


def reader(path):
    """Runs queries on a database file beside the server, for reading only."""
    def rows(sql):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return [[str(value) for value in row] for row in connection.execute(sql)]
    return rows


def kill_again_and_again(arm, kills, seed, plant=None, shortens=False, longest=0.6):
    numbers = random.Random(seed)
    room = ROOM / "kills"
    path = room / "styrehus.sqlite"
    load = None
    for number in range(kills):
        where = f"kill {number + 1}"
        if number % EPOCH == 0:
            shutil.rmtree(room, ignore_errors=True)
            room.mkdir(parents=True)
            must("migrate", "--database", f"sqlite:{path}")
            seat_in_file(path)
            load = Load(seed + number)
        server = Server(f"sqlite:{path}", plant=plant)
        if not server.ready():
            if plant:
                raise RuntimeError(f"the planted server does not start: {server.words}")
            # A server that refuses to start on what was left has found it itself.
            arm.fault("half-written", where, f"the server does not start: {server.words}")
            server.kill()
            return
        told = len(load.acknowledged())
        load.start([server.port])
        load.stopping.wait(numbers.uniform(0.02, longest))
        if server.process.poll() is not None:
            arm.fault("wrong", where, f"the server ended by itself: {server.words}")
        server.process.kill()
        load.stop()
        server.kill()
        if shortens:
            shorten(path)
        damage = state_of(path, room / "look")
        if damage.startswith("damaged"):
            arm.fault("half-written", where, damage)
        else:
            left = copy_database(path, room / "left")
            with closing(sqlite3.connect(left)):
                judge(arm, where, Found(reader(left)), load.acknowledged(), load.writes)
        after = Server(f"sqlite:{path}")
        if not after.ready():
            arm.fault("half-written", where, f"the server does not start: {after.words}")
            after.kill()
            return
        rows = reader(path)
        retry(arm, where, load, after.port, rows)
        judge(arm, f"{where}, sent again", Found(rows), load.acknowledged(), load.writes)
        if after.stop() != 0:
            arm.fault("wrong", where, "the server did not stop in good order")
        arm.end("killed")
        arm.tally["acknowledged"] += len(load.acknowledged()) - told
        if (plant or shortens) and arm.faults:
            return


def shorten(path):
    """Takes away the end of the log, as if it had never reached the disk."""
    log = f"{path}-wal"
    os.truncate(log, os.path.getsize(log) // 2)


def arms():
    arm = Arm("kills", tells=True)
    kill_again_and_again(arm, 20 if QUICK else 1000, SEED)
    yield arm.finish()
    halves = Arm("halves")
    kill_again_and_again(halves, 40, SEED + 1, plant="halves")
    yield Control("a server without transactions, killed", halves, ["half-written"])
    short = Arm("short")
    kill_again_and_again(short, 20, SEED + 2, shortens=True)
    yield Control("half of the log is gone after the kill", short, ["lost"])
