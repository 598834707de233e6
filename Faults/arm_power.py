"""Power cuts: while visitors write, the disk is copied as it is at one moment (a reflink of its image), and the copy is
mounted and examined as after a cut. The ledger of what was acknowledged is read before the copy begins."""

import random
import sqlite3
from contextlib import closing

import mounts
from rig import QUICK, ROOM, SEED, Arm, Control, must, run, seat_in_file
from visitors import Found, Load, Server, judge


def absent():
    return mounts.absent("mount", "mkfs.ext4", "mkfs.xfs")


class Rig:
    """An XFS file system in a file, with the image of an ext4 file system in it, where the database lies. Both lie on a
    real disk where FAULTS_DISK names one."""

    def __init__(self):
        self.outer = mounts.Disk(ROOM / "outer.xfs", 2 << 30, "xfs")
        self.inner = None

    def fresh(self):
        if self.inner:
            self.inner.remove()
        self.inner = mounts.Disk(self.outer.place / "disk.ext4", 256 << 20)
        folder = self.inner.place / "data"
        folder.mkdir()
        return folder / "styrehus.sqlite"

    def cut(self):
        """The disk as it is at this moment."""
        copy = self.outer.place / "cut.ext4"
        mounts.command("cp", "--reflink=always", self.inner.image, copy)
        return copy

    def remove(self):
        if self.inner:
            self.inner.remove()
        self.outer.remove()


def examine(arm, where, copy, acknowledged):
    """Mounts the copy, which plays the file system's own journal, and opens the database with the product."""
    disk = mounts.Disk.__new__(mounts.Disk)
    disk.image, disk.place, disk.options = copy, ROOM / "mount-cut", "loop"
    disk.mount()
    try:
        path = disk.place / "data" / "styrehus.sqlite"
        verified = run("verify", "--database", f"sqlite:{path}")
        if not verified.acknowledged:
            arm.fault("half-written", where, f"verify: {verified.text[-300:]}")
            return

        def rows(sql):
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                return [[str(value) for value in row] for row in connection.execute(sql)]

        judge(arm, where, Found(rows), acknowledged, [])
    finally:
        disk.remove()


def cut_again_and_again(arm, rig, cuts, seed, plant=None):
    numbers = random.Random(seed)
    done = 0
    while done < cuts:
        path = rig.fresh()
        must("migrate", "--database", f"sqlite:{path}")
        seat_in_file(path)
        # So that what is examined begins with a file system that has been written.
        mounts.command("sync", "-f", rig.inner.place)
        load = Load(seed + done)
        server = Server(f"sqlite:{path}", plant=plant)
        if not server.ready():
            raise RuntimeError(f"the server does not start: {server.words}")
        load.start([server.port])
        # Five cuts in the life of one database.
        for _ in range(min(5, cuts - done)):
            load.stopping.wait(numbers.uniform(0.3, 1.5))
            acknowledged = load.acknowledged()
            copy = rig.cut()
            lost = arm.faults["lost"]
            examine(arm, f"cut {done + 1}", copy, acknowledged)
            arm.end("with losses" if arm.faults["lost"] > lost else "sound")
            arm.tally["acknowledged at the cuts"] += len(acknowledged)
            done += 1
        load.stop()
        server.kill()


def arms():
    rig = Rig()
    try:
        arm = Arm("power", tells=True)
        cut_again_and_again(arm, rig, 10 if QUICK else 100, SEED)
        yield arm.finish()
        normal = Arm("normal")
        cut_again_and_again(normal, rig, 5 if QUICK else 20, SEED + 1, plant="normal")
        normal.finish()
        yield Control(
            f"synchronous = NORMAL: {normal.ends['with losses']} of {normal.points} cuts with losses", normal, ["lost"])
    finally:
        rig.remove()
