"""The disk is full during an import: through the pages and from the command line, on a small file system."""

import os
import shutil

import mounts
from rig import (
    QUICK, ROOM, YEAR, Arm, Control, budget_text, copy_database, ledger_text, must, run, seat_in_file, state_of,
    write)
from visitors import Lost, Server, Visitor

SIZE = 96 << 20
# How much more room there is each time, in bytes.
STEP = 256 << 10


def absent():
    return mounts.absent("mount", "mkfs.ext4")


class Bench:
    """A database with a budget on the small disk, and a ballast that takes the room."""

    def __init__(self, disk):
        self.folder = disk.place / "data"
        self.path = self.folder / "styrehus.sqlite"
        self.ballast = disk.place / "ballast"
        files = ROOM / "full"
        files.mkdir()
        self.budget = write(files / "budget.csv", budget_text())
        self.text = ledger_text(60_000)
        self.ledger = write(files / "ledger.csv", self.text)
        base = files / "base"
        base.mkdir()
        place = ("--database", f"sqlite:{base}/styrehus.sqlite")
        must("import", "budget", self.budget, "--year", YEAR, *place)
        self.base = base / "styrehus.sqlite"
        seat_in_file(self.base)
        self.look = files / "look"
        self.before = state_of(self.base, self.look)
        after = copy_database(self.base, files / "after")
        must("import", "ledger", self.ledger, "--year", YEAR, "--database", f"sqlite:{after}")
        self.after = state_of(after, self.look)
        self.log_size = after.stat().st_size

    def lay(self):
        self.ballast.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        copy_database(self.base, self.folder)

    def fill(self, leaving):
        """Takes all room but so many bytes, as nearly as the file system's own needs allow."""
        self.ballast.unlink(missing_ok=True)
        for piece in (1 << 20, 64 << 10, 4 << 10):
            with open(self.ballast, "ab") as file:
                while self.free() - piece >= leaving:
                    try:
                        os.posix_fallocate(file.fileno(), file.tell(), piece)
                    except OSError:
                        break
                    file.seek(0, os.SEEK_END)

    def free(self):
        room = os.statvfs(self.folder)
        return room.f_bavail * room.f_frsize

    def state(self):
        return state_of(self.path, self.look)


def by_command(arm, bench, leaving, **lies):
    where = f"command, {leaving >> 10} kB left"
    bench.lay()
    bench.fill(leaving)
    words = ("import", "ledger", bench.ledger, "--year", YEAR, "--database", f"sqlite:{bench.path}")
    ended = run(*words, **lies)
    bench.ballast.unlink()
    arm.judge(where, ended, bench.state(), bench.before, bench.after)
    if not ended.acknowledged and "no room left on the disk" not in ended.text:
        arm.fault("wrong", where, f"no clear word: {ended.code} {ended.text[-300:]}")
    again = run(*words)
    if not again.acknowledged or bench.state() != bench.after:
        arm.fault("wrong", where, f"with room again: {again.code} {again.text[-300:]}")
    return ended.acknowledged


def counts(visitor):
    """What the page of imports and the front page answer."""
    return [visitor.get(path).status for path in ("/", "/import", "/organisation")]


def by_page(arm, bench, leaving):
    """The server goes on: it refuses, shows its pages, and takes the same file when there is room."""
    where = f"server, {leaving >> 10} kB left"
    bench.lay()
    server = Server(f"sqlite:{bench.path}")
    try:
        if not server.ready():
            raise RuntimeError(f"the server does not start: {server.words}")
        visitor = Visitor(server.port)
        bench.fill(leaving)
        looked = visitor.upload("ledger", YEAR, "ledger.csv", bench.text)
        answer = looked
        if looked.status == 200:
            answer = visitor.form("/import/confirm", ticket=looked.hidden("ticket"))
        told = answer.status == 507 and "no room left on the disk" in answer.text
        if not told and answer.status != 303:
            arm.fault("wrong", where, f"the answer is {answer.status} {answer.plain}")
        if counts(visitor) != [200, 200, 200]:
            arm.fault("wrong", where, f"the pages answer {counts(visitor)}")
        arm.end("acknowledged" if answer.status == 303 else "refused")
        bench.ballast.unlink()
        looked = visitor.upload("ledger", YEAR, "ledger.csv", bench.text)
        if looked.hidden("ticket"):
            again = visitor.form("/import/confirm", ticket=looked.hidden("ticket"))
            if again.status != 303:
                arm.fault("wrong", where, f"with room again: {again.status} {again.plain}")
        visitor.close()
    except Lost as error:
        arm.fault("wrong", where, f"the server broke off: {error} {server.words}")
    finally:
        code = server.stop()
    if code != 0:
        arm.fault("wrong", where, f"the server ended with {code}")
    verified = run("verify", "--database", f"sqlite:{bench.path}")
    if not verified.acknowledged:
        arm.fault("half-written", where, verified.text[-300:])
    return answer.status == 303


def arms():
    disk = mounts.Disk(ROOM / "small.ext4", SIZE)
    try:
        bench = Bench(disk)
        # From no room at all to more than enough, which is what an undisturbed import takes.
        most = 3 * bench.log_size + (4 << 20)
        step = STEP * 8 if QUICK else STEP
        arm = Arm("full", tells=True)
        arm.notes.append(f"from 0 to {most >> 10} kB left, {step >> 10} kB more each time, by command and by server")
        ends = {True: 0, False: 0}
        for leaving in range(0, most, step):
            ends[by_command(arm, bench, leaving)] += 1
            ends[by_page(arm, bench, leaving)] += 1
        if not all(ends.values()):
            arm.fault("wrong", "the range", f"it must hold refusals and imports, and holds {ends}")
        yield arm.finish()
        lies = Arm("lies")
        for leaving in range(0, most // 2, step):
            by_command(lies, bench, leaving, FAULT_UNDER=f"{bench.folder}/", FAULT_SWALLOW="enospc")
        yield Control("a full disk that says that it has written", lies, ["lost", "half-written"])
    finally:
        disk.remove()
