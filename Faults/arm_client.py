"""PostgreSQL: a fault at every call with which a command talks to the database server."""

import os
import random
import subprocess
import time

from postgres import USER, Postgres, absent
from rig import (
    HANGS, PRODUCT, QUICK, ROOM, SEED, YEAR, Arm, Control, Ended, budget_text, environment, ledger_text, must,
    run, seat, write)
from visitors import Lost, Server, Visitor

__all__ = ["absent", "arms"]
# The command is killed; the connection breaks; the database server is killed and started again; it is killed and stays
# away until the command has ended.
KINDS = ("kill", "reset", "restart", "gone")
WORK = "work"
KINDS = [kind for kind in KINDS if kind in os.environ.get("FAULTS_KINDS", " ".join(KINDS))]
WANTED = [name.strip() for name in os.environ.get("FAULTS_FLOWS", "").split(",") if name.strip()]


class Flow:
    """A command on a database that is copied anew from a template for every point, and the states that an undisturbed
    run of it commits."""

    def __init__(self, server, name, words, template):
        self.server = server
        self.name = name
        self.words = words
        self.template = template
        self.log = ROOM / "client.log"
        self.lay()
        self.before = self.state()
        ended = self.run(FAULT_PEER=self.server.folder)
        if not ended.acknowledged:
            raise RuntimeError(f"{name}: {ended.code} {ended.text}")
        self.calls = self.counted()
        self.after = self.state()
        self.states = self.watch()
        self.between = [state for state in self.states if state not in (self.before, self.after)]
        if self.before == self.after or (self.between and name != "migration"):
            raise RuntimeError(f"{name}: the states of an undisturbed run are {self.states}")

    def lay(self):
        self.server.wait_until_alone(WORK)
        self.server.rows(f"DROP DATABASE IF EXISTS {WORK}")
        self.server.rows(f"CREATE DATABASE {WORK} TEMPLATE {self.template} OWNER {USER}")

    def state(self):
        self.server.wait_until_alone(WORK)
        return self.server.fingerprint(WORK)

    @property
    def all_words(self):
        return [*self.words, "--database", self.server.address(WORK)]

    def run(self, plant=None, **fault):
        self.log.unlink(missing_ok=True)
        return run(*self.all_words, plant=plant, FAULT_LOG=self.log, **fault)

    def counted(self):
        return [line.split(" ", 3) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def watch(self):
        """The states that others see while the command runs undisturbed: it is held up at one sending after another."""
        states = [self.before]
        held, script = ROOM / "held", ROOM / "hold.sh"
        script.write_text(f"#!/bin/sh\n: > {held}\nwhile [ -e {held} ]; do sleep 0.01; done\n")
        script.chmod(0o755)
        for number, call, _, _ in self.calls:
            if call != "send":
                continue
            self.lay()
            words = [PRODUCT, *map(str, self.all_words)]
            fault = dict(FAULT_PEER=self.server.folder, FAULT_AT=number, FAULT_KIND="run", FAULT_RUN=script)
            with open(ROOM / "held.log", "wb") as said:
                process = subprocess.Popen(
                    words, env=environment(**fault), stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            while not held.exists() and process.poll() is None:
                pass
            try:
                state = self.server.fingerprint(WORK)
                if state not in states:
                    states.append(state)
            except RuntimeError:
                # The command holds a table for itself at that moment.
                pass
            held.unlink(missing_ok=True)
            process.wait()
        return states


class PageFlow(Flow):
    """The same through the pages: a server is started, a visitor reads back what is to be done, and only then the calls
    count, while the visitor says yes."""

    def __init__(self, server, name, prepare, confirm, template):
        self.prepare = prepare
        self.confirm = confirm
        super().__init__(server, name, (), template)

    def run(self, plant=None, **fault):
        self.log.unlink(missing_ok=True)
        begun = ROOM / "begun"
        begun.unlink(missing_ok=True)
        page = Server(self.server.address(WORK), plant=plant, FAULT_LOG=self.log, FAULT_FROM=begun, **fault)
        visitor = Visitor(page.port)
        try:
            if not page.ready():
                raise RuntimeError(f"the server does not start: {page.words}")
            read_back = self.prepare(visitor)
            begun.touch()
            answer = self.confirm(visitor, read_back)
            return Ended(0 if answer.status == 303 else 1, f"{answer.status} {answer.plain}")
        except Lost as error:
            # Killed as wished, or crashed by itself; a server that lives must answer.
            end = page.process.poll()
            for _ in range(300):
                if end is None:
                    time.sleep(0.01)
                    end = page.process.poll()
            return Ended(HANGS if end is None else end, str(error))
        finally:
            visitor.close()
            page.kill()

    def watch(self):
        return [self.before, self.after]


def flows(server):
    files = ROOM / "client"
    files.mkdir()
    budget = write(files / "budget.csv", budget_text())
    ledger = write(files / "ledger.csv", ledger_text(1500))
    year = ("--year", YEAR)

    def template(name, made_of, *words):
        server.rows(f"CREATE DATABASE {name} TEMPLATE {made_of} OWNER {USER}")
        must(*words, "--database", server.address(name))
        if made_of == "template0":
            seat(lambda statement: server.rows(statement, name))
        server.wait_until_alone(name)
        return name

    yield Flow(server, "migration", ("migrate",), "template0")
    budgeted = template("budgeted", "template0", "import", "budget", budget, *year)
    yield Flow(server, "import", ("import", "ledger", ledger, *year), budgeted)
    imported = template("imported", budgeted, "import", "ledger", ledger, *year)
    yield Flow(server, "closing", ("rounds", "make", *year, "--final"), imported)
    yield PageFlow(
        server, "import by page",
        lambda visitor: visitor.upload("ledger", YEAR, "ledger.csv", ledger.read_text()).hidden("ticket"),
        lambda visitor, ticket: visitor.form("/import/confirm", ticket=ticket), budgeted)
    yield PageFlow(
        server, "closing by page",
        lambda visitor: visitor.form("/rounds/make", year=YEAR, kind="final").hidden("inputs"),
        lambda visitor, inputs: visitor.form("/rounds/make/confirm", year=YEAR, kind="final", inputs=inputs), imported)


def disturb(arm, flow, number, kind, scripts, plant=None):
    where = f"{flow.name}, call {number}, {kind}"
    flow.lay()
    fault = dict(FAULT_PEER=flow.server.folder, FAULT_AT=number, FAULT_KIND=kind)
    if kind in scripts:
        fault.update(FAULT_KIND="run", FAULT_RUN=scripts[kind])
    ended = flow.run(plant, **fault)
    flow.server.settle(scripts.values())
    if len(flow.counted()) < number:
        arm.end("not reached", points=0)
        return
    arm.judge(where, ended, flow.state(), flow.before, flow.after, flow.between)
    if plant:
        return
    again = flow.run()
    state = flow.state()
    if not again.acknowledged or state != flow.after:
        arm.fault("wrong", where, f"the same command again: {again.code}, {state}, {again.text[-300:]}")
    if flow.name != "migration":
        examined = run("verify", "--database", flow.server.address(WORK))
        if not examined.acknowledged:
            arm.fault("wrong", where, f"verify: {examined.text[-300:]}")


def crash_after(arm, flow, count, plant=None):
    """The server is told not to wait for its disk, and is killed at once after the command has said that it is done."""
    for number in range(count):
        flow.lay()
        flow.server.hold_log_writer()
        ended = flow.run(plant)
        flow.server.kill()
        flow.server.start()
        arm.judge(f"{flow.name}, server killed after it, {number + 1}", ended, flow.state(), flow.before, flow.after)


def arms():
    # The server itself would lose the last ten seconds at a crash; the product must not let it.
    server = Postgres("client-server", ["synchronous_commit = off", "wal_writer_delay = 10s"])
    try:
        scripts = {
            "restart": server.crash_script(ROOM / "restart.sh", True),
            "gone": server.crash_script(ROOM / "gone.sh", False),
        }
        arm = Arm("client", tells=True)
        all_flows = list(flows(server))
        numbers = random.Random(SEED)
        for flow in all_flows:
            # FAULTS_FLOWS and FAULTS_KINDS name some of them, with commas, where the rest has been seen.
            if WANTED and flow.name not in WANTED:
                continue
            arm.notes.append(f"{flow.name}: {len(flow.calls)} calls, {len(flow.states)} states")
            # A server that stays away costs eight seconds each time, so that happens at every fourth call.
            every = [
                (int(call[0]), kind) for call in flow.calls for kind in KINDS
                if kind != "gone" or int(call[0]) % 4 == len(flow.calls) % 4]
            for number, kind in sorted(numbers.sample(every, 15)) if QUICK else every:
                disturb(arm, flow, number, kind, scripts)
        crash_after(arm, all_flows[1], 3 if QUICK else 20)
        yield arm.finish()

        importing = all_flows[1]
        halves = Arm("halves")
        sends = [int(call[0]) for call in importing.calls if call[1] == "send"]
        for number in sends[-8:] if QUICK else sends:
            disturb(halves, importing, number, "kill", scripts, plant="pg-halves")
        yield Control("an import without a transaction, killed", halves, ["half-written"])
        off = Arm("off")
        crash_after(off, importing, 3, plant="pg-off")
        yield Control("connections that do not wait for the server's disk", off, ["lost"])
    finally:
        server.remove()
