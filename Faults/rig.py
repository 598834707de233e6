"""What all arms stand on: the product as a process, files to import, a database's fingerprint, and how a point ends."""

import hashlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

PRODUCT = os.environ["STYREHUS"]
SHIM = os.environ["FAULTS_SHIM"]
PLANTS = os.environ["FAULTS_PLANTS"]
QUICK = os.environ.get("FAULTS_QUICK", "") not in ("", "0")
SEED = int(os.environ.get("FAULTS_SEED", "20250131"))
ROOM = Path(os.environ["FAULTS_ROOM"])
TENANT = "municipality"
YEAR = 2025


def say(*words):
    print(*words, flush=True)


def environment(plant=None, **fault):
    """The environment of the product: in English, without what this shell carries, with a fault or a plant."""
    result = {
        "PATH": "/usr/bin:/bin", "HOME": str(ROOM), "TMPDIR": str(ROOM), "LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8",
        # A process that crashes shall end, not start a debugger.
        "SWIFT_BACKTRACE": "enable=no",
    }
    if "LD_LIBRARY_PATH" in os.environ:
        result["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    preload = []
    if plant:
        preload.append(PLANTS)
        result["PLANT"] = plant
    if fault:
        preload.append(SHIM)
        result.update({name: str(value) for name, value in fault.items()})
    if preload:
        result["LD_PRELOAD"] = " ".join(preload)
    return result


class Ended:
    """How a command ended."""

    def __init__(self, code, text):
        self.code = code
        self.text = text

    @property
    def acknowledged(self):
        return self.code == 0

    @property
    def killed(self):
        return self.code == -9

    @property
    def says_unchanged(self):
        """Whether a person reads that nothing was stored."""
        return bool(re.search(r"[Nn]othing (was|has) (changed|imported|moved)|[Nn]othing stored", self.text))

    @property
    def is_crash(self):
        return self.code < 0 and self.code != -9 or self.code > 128


HANGS = 999


def run(*words, plant=None, limit=120, **fault):
    """Runs the product to its end."""
    try:
        done = subprocess.run(
            [PRODUCT, *map(str, words)], env=environment(plant, **fault), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit)
    except subprocess.TimeoutExpired as late:
        return Ended(HANGS, (late.stdout or b"").decode(errors="replace"))
    return Ended(done.returncode, done.stdout.decode(errors="replace"))


def must(*words, **options):
    """Runs the product where it must succeed."""
    ended = run(*words, **options)
    if not ended.acknowledged:
        raise RuntimeError(f"styrehus {' '.join(map(str, words))} ended with {ended.code}: {ended.text}")
    return ended


# Files to import. Everything in them is invented.

def budget_text(units=40, first=1001, pay=1_000_000):
    lines = ["Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel"]
    lines += [f"{first + unit};Enhed {unit + 1};{pay},00;500000,00;0,00" for unit in range(units)]
    return "\n".join(lines) + "\n"


def ledger_text(postings, year=YEAR, units=40, first=1001, voucher=1, seed=SEED):
    numbers = random.Random(seed)
    lines = ["Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb"]
    for number in range(postings):
        month = 1 + number * 12 // postings
        lines.append(
            f"{voucher + number // 3};15.{month:02}.{year};{first + numbers.randrange(units)};3.22.01;"
            f"{1 + number % 4}.{number % 9};Bilag {number};{numbers.randrange(1000)},{numbers.randrange(100):02}")
    return "\n".join(lines) + "\n"


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


# What a database file holds.

def copy_database(path, to):
    """Copies a database file with its log, as they lie there, to a folder; the index beside it is made anew."""
    to.mkdir(parents=True, exist_ok=True)
    for old in to.glob(path.name + "*"):
        old.unlink()
    for ending in ("", "-wal", "-journal"):
        if Path(f"{path}{ending}").exists():
            shutil.copyfile(f"{path}{ending}", to / (path.name + ending))
    return to / path.name


def rows_of(cursor, table, columns):
    names = ", ".join(f'"{name}"' for name in columns)
    return cursor.execute(f'SELECT {names} FROM "{table}" ORDER BY {names}')


# Their keys or times are random: files that wait for a yes, jobs, what was asked for once, who was there and what the
# trail says of it.
PASSING = {
    "ledger_import_draft", "database_job", "database_command", "database_audit", "database_audit_personal",
    "database_audit_head", "people_person", "people_position", "people_holding", "login_account", "login_session",
    "login_invitation", "login_failure"}

# What the session of the one who visits holds in its forms, and in its cookie.
TOKEN = "faults0123456789faults"
SESSION = "5" * 64


def seat(run_statement):
    """Lets the one who visits in: a finance director who is signed in, in the municipality of a new database."""
    # Seen a while from now, so that the session outlives the longest arm.
    later = int(time.time()) + 8 * 3600
    session = hashlib.sha256(SESSION.encode()).hexdigest()
    for statement in (
        f"INSERT INTO people_person (tenant, person_id, person_name, email, is_removed)"
        f" VALUES ('{TENANT}', 1, 'Frida', '', 0)",
        f"INSERT INTO people_position (tenant, position_id, version, kind, place, valid_from, recorded_at)"
        f" VALUES ('{TENANT}', 1, 1, 'financeDirector', '', '2020-01-01', 0)",
        f"INSERT INTO people_holding (tenant, holding_id, version, position_id, person_id, valid_from, recorded_at)"
        f" VALUES ('{TENANT}', 1, 1, 1, 1, '2020-01-01', 0)",
        f"INSERT INTO login_account (tenant, user_name, person_id, password, changed_at)"
        f" VALUES ('{TENANT}', 'frida', 1, '', 0)",
        f"INSERT INTO login_session (tenant, session_hash, person_id, form_token, way, started_at, seen_at)"
        f" VALUES ('{TENANT}', '{session}', 1, '{TOKEN}', 'password', {later}, {later})",
    ):
        run_statement(statement)


def seat_in_file(path):
    """As `seat`, in a database file that nobody has open."""
    with closing(sqlite3.connect(path)) as connection:
        seat(connection.execute)
        connection.commit()


def fingerprint(connection):
    """A SHA-256 over every table's definition and every value, but for the moments at which things were written, and
    the tables whose keys are random."""
    cursor = connection.cursor()
    digest = hashlib.sha256()
    tables = cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name").fetchall()
    for name, sql in tables:
        digest.update(f"\n{name}\n{sql}\n".encode())
    for name, sql in tables:
        if name in PASSING or not (sql or "").startswith("CREATE TABLE"):
            continue
        columns = [row[1] for row in cursor.execute(f'PRAGMA table_info("{name}")').fetchall()]
        digest.update(f"\n{name}\n".encode())
        for row in rows_of(cursor, name, [column for column in columns if not column.endswith("_at")]):
            digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


EMPTY = "empty"


def state_of(path, scratch):
    """The fingerprint of a database file, or a text that begins with "damaged"; taken of a copy, so that nothing is
    mended in the file itself."""
    if not path.exists() or (path.stat().st_size == 0 and not Path(f"{path}-wal").exists()):
        return EMPTY
    copy = copy_database(path, scratch)
    try:
        with closing(sqlite3.connect(copy)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            problems += [f"foreign key of {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
            if problems != ["ok"]:
                return f"damaged: {problems[:3]}"
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                return EMPTY
            return fingerprint(connection)
    except sqlite3.DatabaseError as error:
        return f"damaged: {error}"


# How points end.

class Arm:
    """The figures of an arm, or of its control."""

    def __init__(self, name, tells=False):
        self.name = name
        self.tells = tells
        self.points = 0
        self.ends = Counter()
        # What visitors did at those points.
        self.tally = Counter()
        self.faults = Counter()
        self.told = []
        self.lock = threading.Lock()
        self.began = time.monotonic()
        self.seconds = 0.0
        self.spoke = self.began
        self.notes = []

    def finish(self):
        self.seconds = time.monotonic() - self.began
        return self

    def end(self, how, points=1):
        with self.lock:
            self.points += points
            self.ends[how] += 1
            if time.monotonic() - self.spoke > 60:
                self.spoke = time.monotonic()
                say(f"   … {self.name}: {self.points} points, {sum(self.faults.values())} faults")

    def fault(self, kind, where, what):
        """Notes a fault: lost, half-written or wrong."""
        with self.lock:
            self.faults[kind] += 1
            self.told.append(f"{kind}: {where}: {what}")
            # As they come, so that they are known also where the arm does not come to its end.
            if self.tells and len(self.told) <= 10:
                say(f"   ! {self.told[-1]}")

    @property
    def is_well(self):
        return not self.faults

    def judge(self, where, ended, state, before, after, between=()):
        """Judges what a point left behind. `between` are states on the way that are whole as well."""
        if ended.code == HANGS:
            self.fault("wrong", where, "the command did not end")
        if ended.is_crash:
            self.fault("wrong", where, f"the program crashed with {ended.code}: {ended.text[-300:]}")
        if state not in (before, after, *between):
            self.fault("half-written", where, f"the state is {state}, not {before} or {after}; {ended.text[-200:]}")
        elif ended.acknowledged and state != after:
            self.fault("lost", where, "the command said that it was done, and it is not there")
        elif ended.says_unchanged and state == after:
            self.fault("wrong", where, f"the command said that nothing was changed, and it was: {ended.text[-300:]}")
        kept = state == after
        if ended.acknowledged:
            self.end("acknowledged")
        elif ended.killed:
            self.end("killed, kept" if kept else "killed, not kept")
        else:
            self.end("refused, kept" if kept else "refused")

    def lines(self):
        ends = ", ".join(f"{how} {count}" for how, count in sorted(self.ends.items()))
        yield f"   {self.name}: {self.points} points in {self.seconds:.0f} s ({ends or 'nothing'})"
        if self.tally:
            yield "   writes: " + ", ".join(f"{what} {count}" for what, count in sorted(self.tally.items()))
        for note in self.notes:
            yield f"   {note}"
        for line in self.told[:10]:
            yield f"   - {line}"
        if len(self.told) > 10:
            yield f"   - and {len(self.told) - 10} more"


class Control:
    """A planted fault: what was planted, whether it was caught, and by which finding."""

    def __init__(self, name, arm, wanted):
        self.name = name
        self.arm = arm.finish()
        self.wanted = wanted

    @property
    def caught(self):
        return any(self.arm.faults[kind] for kind in self.wanted)

    def lines(self):
        found = ", ".join(f"{kind} {count}" for kind, count in sorted(self.arm.faults.items())) or "nothing"
        word = "caught" if self.caught else "NOT CAUGHT"
        example = next((told for told in self.arm.told if told.startswith(tuple(self.wanted))), "")
        yield f"   planted: {self.name}: {word} ({found}) at {self.arm.points} points"
        if example:
            yield f"     such as {' '.join(example.split())[:200]}"
        elif self.arm.faults:
            yield from self.arm.lines()
