"""PostgreSQL servers in folders of their own, with the settings of real ones. Where this is root, they run as the user
`postgres`, since PostgreSQL refuses root."""

import glob
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from rig import PASSING, ROOM

PORT = 5432
# The product's user, and its database.
USER = "styrehus"
PLAIN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGOPTIONS": "-c client_min_messages=error"}
# Between the columns of an answer, and after its last line.
BETWEEN, END = "\x1f", "-- that was all --"


def split(lines):
    return [line.split(BETWEEN) for line in lines if line]


def programs():
    """The folder of PostgreSQL's programs, of the newest version; none where it is not installed."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    return str(Path(max(found, key=lambda path: int(path.split("/")[4]))).parent) if found else None


def absent():
    return None if programs() else "PostgreSQL is not installed: apt-get install postgresql"


def as_server(*words):
    """Runs a program as the user that the servers run as."""
    words = [str(word) for word in words]
    if os.geteuid() == 0:
        words = ["/usr/sbin/runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(
        words, env=PLAIN, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stdout.decode(errors='replace')}")
    return done.stdout.decode()


def status_of(process):
    """A process' state and parent; none where it is gone."""
    try:
        rest = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return rest[0], int(rest[1])
    except (OSError, IndexError):
        return None


def commands():
    """The command lines of all processes."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            pass


class Postgres:
    """A server. `folder` holds its socket, and `data` in it."""

    SETTINGS = ["listen_addresses = ''", "max_connections = 100", "shared_buffers = 64MB"]

    def __init__(self, name, settings=(), copy_of=None):
        self.folder = ROOM / name
        self.data = self.folder / "data"
        self.session = None
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        if copy_of:
            as_server(f"{programs()}/pg_basebackup", "-h", copy_of.folder, "-p", PORT, "-U", "postgres",
                      "-D", self.data, "--checkpoint=fast", "--write-recovery-conf", "--no-sync")
        else:
            as_server(f"{programs()}/initdb", f"--pgdata={self.data}", "--username=postgres", "--encoding=UTF8",
                      "--locale=C", "--auth=trust", "--data-checksums", "--no-sync")
        self.configure(*self.SETTINGS, f"port = {PORT}", f"unix_socket_directories = '{self.folder}'", *settings)
        self.start()
        if not copy_of:
            self.psql_once("postgres", f"CREATE ROLE {USER} LOGIN")
            self.psql_once("postgres", f"CREATE DATABASE {USER} OWNER {USER}")

    def address(self, database=USER):
        """The address for the product, as an ordinary user that owns the database."""
        return f"postgres://{USER}@/{database}?host={self.folder}&port={PORT}"

    def configure(self, *lines):
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write("".join(f"\n{line}" for line in lines))

    def start(self):
        as_server(f"{programs()}/pg_ctl", "start", "--wait", f"--pgdata={self.data}", f"--log={self.folder}/log")

    def stop(self, mode="fast"):
        as_server(f"{programs()}/pg_ctl", "stop", "--wait", f"--mode={mode}", f"--pgdata={self.data}")

    def reload(self):
        as_server(f"{programs()}/pg_ctl", "reload", f"--pgdata={self.data}")

    def promote(self):
        as_server(f"{programs()}/pg_ctl", "promote", "--wait", f"--pgdata={self.data}")

    @property
    def processes(self):
        """The server's first process and all that it has started."""
        try:
            first = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return []
        others = [int(name) for name in os.listdir("/proc") if name.isdigit()]
        return [first] + [one for one in others if (status_of(one) or ("", 0))[1] == first]

    def hold_log_writer(self):
        """Stops the process that writes the log to the disk now and then, until the server is killed: what nobody
        waits for stays in memory."""
        for process in self.processes:
            if b"walwriter" in Path(f"/proc/{process}/cmdline").read_bytes():
                os.kill(process, signal.SIGSTOP)

    def kill(self):
        """Kills the server and all that belongs to it, as a crash would."""
        everyone = self.processes
        for process in everyone:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        # A new server cannot start while one of the old still holds the shared memory.
        while any((status_of(process) or ("Z",))[0] != "Z" for process in everyone):
            time.sleep(0.005)
        for trace in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            trace.unlink(missing_ok=True)

    def remove(self):
        self.hang_up()
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def psql_once(self, database, sql):
        words = [*self.psql(database), "-v", "ON_ERROR_STOP=1", "-c", "SET lock_timeout = 2000", "-c", sql]
        done = subprocess.run(
            words, env=PLAIN, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{sql[:80]}: {done.stdout}")
        return split(done.stdout.split("\n"))

    def rows(self, sql, database=USER):
        """Runs a query as the superuser, who sees every row; rows of texts. To the product's own database the
        connection is kept."""
        sql = " ".join(sql.split())
        if database != USER:
            return self.psql_once(database, sql)
        for _ in range(20):
            if self.session is None:
                self.session = subprocess.Popen(
                    self.psql(database), env=PLAIN, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT, text=True)
            lines = self.ask(sql)
            if lines is not None:
                return split(lines)
            # The server was restarted meanwhile, or is about to be there again.
            self.hang_up()
            time.sleep(0.25)
        raise RuntimeError(f"{sql[:80]}: no connection")

    def psql(self, database):
        return [f"{programs()}/psql", "-h", str(self.folder), "-p", str(PORT), "-U", "postgres", "-d", database,
                "-XAtq", "-F", BETWEEN]

    def ask(self, sql):
        """The lines that the kept connection answers; none where it is gone."""
        try:
            # Asked of the server too: a connection that breaks in between gives no end.
            self.session.stdin.write(f"{sql};\nSELECT '{END}';\n")
            self.session.stdin.flush()
        except OSError:
            return None
        lines = []
        for line in self.session.stdout:
            line = line.rstrip("\n")
            if line == END:
                return lines
            if line.startswith("ERROR:"):
                self.hang_up()
                raise RuntimeError(f"{sql[:80]}: {line}")
            lines.append(line)
        return None

    def hang_up(self):
        if self.session:
            self.session.kill()
            self.session.wait()
            self.session.stdin.close()
            self.session.stdout.close()
        self.session = None

    def fingerprint(self, database=USER):
        """A digest of every table's columns and values, but for the moments at which things were written, and the
        tables whose keys are random."""
        columns = self.rows("""
            SELECT table_name, string_agg(column_name || ' ' || data_type, ',' ORDER BY ordinal_position),
              string_agg(format('%I::text', column_name), ',' ORDER BY ordinal_position)
                FILTER (WHERE column_name NOT LIKE '%\\_at')
            FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name ORDER BY table_name
            """, database)
        if not columns:
            return "empty"
        parts = [
            f"SELECT '{table}' AS name, md5('{shape}' || coalesce(string_agg(one, '' ORDER BY one), '')) AS sum"
            f" FROM (SELECT md5(row({values})::text) AS one FROM {table}) AS {table}_rows"
            for table, shape, values in columns if table not in PASSING]
        all_tables = " UNION ALL ".join(parts)
        whole = f"SELECT left(md5(string_agg(sum, '' ORDER BY name)), 16) FROM ({all_tables}) a"
        return self.rows(whole, database)[0][0]

    def settle(self, scripts):
        """Waits until none of these programs is at work any longer, and sees to it that the server is there: one that
        was cut off in the middle, or came late, leaves none."""
        end = time.monotonic() + 60
        while time.monotonic() < end and any(str(script) in words for script in scripts for words in commands()):
            time.sleep(0.01)
        if not self.processes:
            self.start()

    def wait_until_alone(self, database):
        """Waits until nobody is connected to the database any longer: what a client that is gone has sent may still
        be running."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.rows(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'")[0][0] == "0":
                return
            time.sleep(0.01)
        raise RuntimeError(f"somebody stays connected to {database}")

    def crash_script(self, path, starts_again):
        """A program that kills the server as a crash would, and starts it again where that is asked for."""
        start = f"{programs()}/pg_ctl start --wait --pgdata={self.data} --log={self.folder}/log"
        if os.geteuid() == 0:
            start = f"/usr/sbin/runuser -u postgres -- {start}"
        path.write_text(f"""#!/bin/sh
cd /
first=$(head -n 1 {self.data}/postmaster.pid)
everyone="$first $(ps -o pid= --ppid "$first")"
kill -9 $everyone
for one in $everyone; do
  while [ -e /proc/$one ] && ! grep -q '^State:.Z' /proc/$one/status 2>/dev/null; do sleep 0.01; done
done
rm -f {self.data}/postmaster.pid {self.folder}/.s.PGSQL.*
{f"{start} >/dev/null 2>&1 </dev/null" if starts_again else ""}
""")
        path.chmod(0o755)
        return path
