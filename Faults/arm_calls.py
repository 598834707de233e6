"""The embedded database: a fault at every call with which a command changes its files."""

import itertools
import os
import random
import shutil
import struct
from concurrent.futures import ThreadPoolExecutor

from rig import (
    QUICK, ROOM, SEED, YEAR, Arm, Control, budget_text, copy_database, ledger_text, must, run, state_of, write)

KINDS = ("kill", "torn", "enospc", "full", "eio", "short")
WRITES = ("write", "pwrite", "writev", "pwritev")


class Flow:
    """A command, the database before it, and the whole states on the way to the one after it."""

    def __init__(self, name, room, words, base=None):
        self.name = name
        self.room = room / name
        self.words = words
        self.base = base
        self.room.mkdir(parents=True)
        self.lay("still")
        self.before = self.state("still")
        self.calls = self.log("count")
        self.after = self.state("count")
        self.states = self.commits()
        if self.states[-1] != self.after or self.before == self.after:
            raise RuntimeError(f"{name}: the log of the undisturbed run does not lead to its end")
        self.between = [state for state in self.states if state not in (self.before, self.after)]

    def path(self, place):
        return self.room / place / "db" / "styrehus.sqlite"

    def lay(self, place):
        """Puts the database before the command in place."""
        shutil.rmtree(self.room / place, ignore_errors=True)
        self.path(place).parent.mkdir(parents=True)
        if self.base:
            copy_database(self.base, self.path(place).parent)

    def state(self, place):
        return state_of(self.path(place), self.room / place / "look")

    def run(self, place, **options):
        return run(*self.words, "--database", f"sqlite:{self.path(place)}", **options)

    def fault(self, place, **fault):
        return dict(FAULT_UNDER=f"{self.path(place).parent}/", FAULT_LOG=self.room / place / "log", **fault)

    def counted(self, place):
        with open(self.room / place / "log", encoding="utf-8") as log:
            return [line.split(" ", 3) for line in log.read().splitlines()]

    def log(self, place, plant=None):
        """The calls of an undisturbed run."""
        self.lay(place)
        ended = self.run(place, plant=plant, **self.fault(place))
        if not ended.acknowledged:
            raise RuntimeError(f"{self.name}: {ended.code} {ended.text}")
        return self.counted(place)

    def commits(self):
        """The states that the undisturbed run commits, in order, read from SQLite's log: the run is stopped when it has
        written its last page there, and the log is cut after each commit."""
        last = max(index for index, call in enumerate(self.calls) if call[1] == "pwrite" and call[3].endswith("-wal"))
        moved = next(call[0] for call in self.calls[last:] if call[3].endswith(".sqlite"))
        self.lay("cut")
        self.run("cut", **self.fault("cut", FAULT_AT=moved, FAULT_KIND="kill"))
        path = self.path("cut")
        log = path.with_name(path.name + "-wal").read_bytes()
        page = struct.unpack(">I", log[8:12])[0]
        states = []
        for start in range(32, len(log), 24 + page):
            _, size, salt = struct.unpack(">II8s", log[start:start + 16])
            if salt != log[16:24]:
                break
            if size:
                path.with_name(path.name + "-wal").write_bytes(log[:start + 24 + page])
                state = self.state("cut")
                if state not in (self.before, *states):
                    states.append(state)
        return states


def flows(room):
    """The commands that are disturbed, each on the database that the ones before it have made."""
    files = room / "files"
    files.mkdir(parents=True)
    budget = write(files / "budget.csv", budget_text())
    ledger = write(files / "ledger.csv", ledger_text(1500 if QUICK else 3000))
    year = ("--year", YEAR)
    base = room / "base"
    base.mkdir()
    path = base / "styrehus.sqlite"

    def keep(name, *words):
        must(*words, "--database", f"sqlite:{path}")
        return copy_database(path, room / f"base-{name}")

    yield Flow("migration", room, ("migrate",))
    keep("tables", "migrate")
    budgeted = keep("budget", "import", "budget", budget, *year)
    yield Flow("import", room, ("import", "ledger", ledger, *year), budgeted)
    imported = keep("ledger", "import", "ledger", ledger, *year)
    yield Flow("closing", room, ("rounds", "make", *year, "--final"), imported)


def points(flow, kinds, sample):
    """Every call with every kind of fault that means something for it; a few of them, evenly, where `sample` says."""
    every = [
        (int(number), kind, call) for number, call, _, _ in flow.calls for kind in kinds
        if kind != "short" or call in WRITES]
    if sample is None or sample >= len(every):
        return every
    numbers = random.Random(SEED)
    return sorted(numbers.sample(every, sample))


def disturb(arm, flow, number, kind, place, plant=None):
    """One point: the fault, what it left, the product's own examination, and the same command again."""
    where = f"{flow.name}, call {number}, {kind}"
    flow.lay(place)
    ended = flow.run(place, plant=plant, **flow.fault(place, FAULT_AT=number, FAULT_KIND=kind))
    if len(flow.counted(place)) < number:
        arm.end("not reached", points=0)
        return
    arm.judge(where, ended, flow.state(place), flow.before, flow.after, flow.between)
    if flow.name != "migration":
        examined = run("verify", "--database", f"sqlite:{flow.path(place)}")
        if not examined.acknowledged:
            arm.fault("wrong", where, f"verify: {examined.text[-300:]}")
    again = flow.run(place)
    state = flow.state(place)
    if not again.acknowledged or state != flow.after:
        arm.fault("wrong", where, f"the same command again: {again.code}, {state}, {again.text[-300:]}")


def work_through(arm, todo, plant=None):
    places = itertools.count()
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        free = []

        def one(flow, number, kind):
            try:
                place = free.pop()
            except IndexError:
                place = f"w{next(places)}"
            try:
                disturb(arm, flow, number, kind, place, plant)
            finally:
                free.append(place)

        tasks = [pool.submit(one, *point) for point in todo]
        try:
            for task in tasks:
                task.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return arm


def arms():
    room = ROOM / "calls"
    all_flows = list(flows(room))
    arm = Arm("calls", tells=True)
    for flow in all_flows:
        arm.notes.append(f"{flow.name}: {len(flow.calls)} calls")
    todo = [
        (flow, number, kind) for flow in all_flows
        for number, kind, _ in points(flow, KINDS, 40 if QUICK else None)]
    work_through(arm, todo)
    yield arm.finish()

    importing = all_flows[1]
    numbers = random.Random(SEED + 1)
    halves = Arm("halves")
    count = len(importing.log("halves", plant="halves"))
    sample = sorted(numbers.sample(range(1, count), 12 if QUICK else 40))
    work_through(halves, [(importing, number, "kill") for number in sample], plant="halves")
    yield Control("an import without a transaction, killed", halves, ["half-written"])
    forget = Arm("forget")
    importing.lay("forget")
    ended = importing.run("forget", plant="forget")
    forget.judge("forget", ended, importing.state("forget"), importing.before, importing.after)
    yield Control("a commit that is rolled back and reported as done", forget, ["lost"])
    drop = Arm("drop")
    log_writes = [int(call[0]) for call in importing.calls if call[1] == "pwrite" and call[3].endswith("-wal")]
    work_through(drop, [(importing, number, "drop") for number in log_writes[-12 if QUICK else -60:]])
    yield Control("a write that is left out and reported as done", drop, ["lost", "half-written", "wrong"])
