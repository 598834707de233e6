"""What all themes stand on: the product as a server, what its database holds, and how a check ends."""

import atexit
import copy
import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path

PRODUCT = os.environ["STYREHUS"]
QUICK = os.environ.get("SECURITY_QUICK", "") not in ("", "0")
ROOM = Path(os.environ["SECURITY_ROOM"])
SOURCES = Path(__file__).resolve().parent.parent / "Sources"

# What changes by coming and going: sessions, failures at the door, and the trail itself.
PASSING = {
    "login_session", "login_failure", "database_audit", "database_audit_personal", "database_audit_head"}


def say(*words):
    print(*words, flush=True)


def environment():
    """The environment of the product: in English, without what this shell carries."""
    result = {
        "PATH": "/usr/bin:/bin", "HOME": str(ROOM), "TMPDIR": str(ROOM), "LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8",
        # A process that crashes shall end, not start a debugger.
        "SWIFT_BACKTRACE": "enable=no",
    }
    if "LD_LIBRARY_PATH" in os.environ:
        result["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return result


def run(*words, limit=120):
    """Runs a command of the product to its end; its exit code and what it said."""
    done = subprocess.run(
        [PRODUCT, *map(str, words)], env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=limit)
    return done.returncode, done.stdout.decode(errors="replace")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """`styrehus serve` on a database of its own. None is left behind, however the driver ends."""

    running = set()
    serial = 0

    def __init__(self, *words, of=None):
        House.serial += 1
        self.folder = ROOM / f"house-{House.serial}"
        self.folder.mkdir()
        self.path = self.folder / "styrehus.sqlite"
        if of:
            copy_database(of, self.path)
        self.words = words
        self.log_path = self.folder / "log"
        self.process = None
        # Where visitors knock: the server's own port, or a meddler's in front of it.
        self.port = 0
        # The house itself, where this is one behind a meddler.
        self.base = self

    def start(self):
        if self.base is not self:
            self.base.start()
            return self
        self.port = free_port()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [PRODUCT, "serve", "--port", str(self.port), "--database", f"sqlite:{self.path}", *self.words],
                env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        House.running.add(self.process)
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as probe:
                    probe.sendall(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    if b" 200 " in probe.recv(100):
                        return self
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError(f"the server does not answer: {self.log}")

    def stop(self):
        """Stops it in good order."""
        if self.base is not self:
            self.base.stop()
            return
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        House.running.discard(self.process)

    def away(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def is_alive(self):
        return self.base.process.poll() is None

    @property
    def memory(self):
        """How much memory the server holds, in bytes."""
        words = Path(f"/proc/{self.base.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", words).group(1)) * 1024

    @property
    def log(self):
        return self.log_path.read_text(errors="replace")

    def through(self, port):
        """The same house behind another port."""
        other = copy.copy(self)
        other.port = port
        return other

    def select(self, statement, *values):
        """Asks the database, beside the server, without a right to write."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(statement, values).fetchall()

    def edit(self, *statements):
        """Changes the database file; the server must be stopped."""
        with closing(sqlite3.connect(self.path)) as connection:
            for statement in statements:
                connection.execute(*statement) if isinstance(statement, tuple) else connection.execute(statement)
            connection.commit()

    def content(self):
        """A SHA-256 of every table but those that change by coming and going."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)) as connection:
            connection.text_factory = bytes
            connection.execute("BEGIN")
            result = {}
            names = [row[0].decode() for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
            for name in names:
                if name in PASSING:
                    continue
                digest = hashlib.sha256()
                for row in connection.execute(f'SELECT * FROM "{name}"'):
                    digest.update(repr(row).encode())
                result[name] = digest.hexdigest()
            return result

    def trail(self, after=0):
        """The entries of the audit trail after a number: number, person, action, object."""
        return self.select(
            "SELECT number, person, action, object FROM database_audit WHERE number > ? ORDER BY number", after)

    def last_entry(self):
        return (self.select("SELECT max(number) FROM database_audit")[0][0]) or 0


def changed(before, after):
    """The tables that differ."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def copy_database(path, to):
    """Copies a database file with its log, as they lie there."""
    for ending in ("", "-wal"):
        if Path(f"{path}{ending}").exists():
            shutil.copyfile(f"{path}{ending}", f"{to}{ending}")


@atexit.register
def stop_all():
    for process in list(House.running):
        process.kill()


def is_whole(house):
    """What `styrehus audit verify` says of a stopped house's trail: whether it is whole, and its words."""
    code, words = run("audit", "verify", "--database", f"sqlite:{house.path}")
    return code == 0, words.strip()


_demo = []


def demo(*words):
    """A house with the invented municipality, loaded once and copied after that."""
    if not _demo:
        first = House("--demo", "invented").start()
        first.stop()
        _demo.append(first.path)
    return House("--demo", "invented", *words, of=_demo[0]).start()


# How checks end.

class Arm:
    """The figures of a check, or of a planted fault that it must find."""

    def __init__(self, name, is_control=False):
        self.name = name
        # A control needs no long form: what is planted shows soon.
        self.is_short = QUICK or is_control
        self.points = 0
        self.told = []
        self.notes = []
        self.began = time.monotonic()

    def look(self, is_well, where, what=""):
        """A point: all is well there, or it is told."""
        self.points += 1
        if not is_well:
            self.told.append(f"{where}: {what}" if what else str(where))
        return is_well

    def note(self, text):
        self.notes.append(text)

    @property
    def seconds(self):
        return time.monotonic() - self.began

    def lines(self):
        yield f"   {self.name}: {self.points} points in {self.seconds:.0f} s" + (
            f", {len(self.told)} FOUND" if self.told else "")
        for note in self.notes:
            yield f"     {note}"
        for line in self.told[:12]:
            yield f"     ! {' '.join(line.split())[:300]}"
        if len(self.told) > 12:
            yield f"     ! and {len(self.told) - 12} more"


class Plant:
    """A fault that is planted in front of a check, and the words by which the check must tell of it. `make` is a
    context that gives the house with the fault."""

    def __init__(self, name, check, make, wanted=""):
        self.name = name
        self.check = check
        self.make = make
        self.wanted = wanted

    def run(self, house, known):
        """Runs the check on the house with the fault. What is told without the fault does not count."""
        arm = Arm(self.name, is_control=True)
        with self.make(house) as planted:
            self.check(arm, planted)
        found = [told for told in arm.told if told not in known and self.wanted in told]
        word = "caught" if found else "NOT CAUGHT"
        say(f"   planted: {self.name}: {word} at {arm.points} points in {arm.seconds:.0f} s")
        if found:
            say(f"     such as {' '.join(found[0].split())[:200]}")
        else:
            for line in arm.lines():
                say(line)
        return bool(found)


@contextmanager
def as_it_is(house):
    yield house
