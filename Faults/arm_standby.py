"""PostgreSQL with a streaming standby: the primary is killed and the standby promoted while visitors write. The link
between the two is cut a moment before, as when a network fails: with a synchronous standby nothing may be acknowledged
from then on, and all that was is there."""

import random

from postgres import PORT, USER, Postgres, absent
from rig import QUICK, SEED, Arm, Control, must, run, seat
from visitors import Found, Load, Server, judge, retry

__all__ = ["absent", "arms"]


class Pair:
    def __init__(self, synchronous):
        self.primary = Postgres("primary", ["wal_level = replica", "max_wal_senders = 4"])
        self.standby = Postgres("standby", ["hot_standby = on"], copy_of=self.primary)
        if synchronous:
            self.primary.configure("synchronous_standby_names = '*'")
            self.primary.reload()
        while self.links() != 1:
            pass

    def links(self):
        return int(self.primary.rows("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")[0][0])

    @property
    def address(self):
        """Both servers; the one that can be written to is used."""
        return (f"postgres://{USER}@/{USER}?host={self.primary.folder},{self.standby.folder}"
                f"&port={PORT},{PORT}")

    def cut_link(self):
        self.standby.rows("ALTER SYSTEM SET primary_conninfo = ''")
        self.standby.reload()
        while self.links():
            pass

    def remove(self):
        self.primary.remove()
        self.standby.remove()


def fail_over(arm, number, seed, synchronous):
    numbers = random.Random(f"{seed} {number}")
    where = f"promotion {number + 1}"
    must_cut = number % 2 == 0
    pair = Pair(synchronous)
    servers = []
    try:
        must("migrate", "--database", pair.address)
        seat(pair.primary.rows)
        servers = [Server(pair.address) for _ in range(2)]
        if not all(server.ready() for server in servers):
            raise RuntimeError(f"the server does not start: {servers[0].words}")
        load = Load(seed + number)
        load.start([server.port for server in servers])
        load.stopping.wait(numbers.uniform(0.5, 2))
        if must_cut:
            pair.cut_link()
            load.stopping.wait(0.5)
        pair.primary.kill()
        pair.standby.promote()
        before = len(load.acknowledged())
        load.stopping.wait(4)
        load.stop()
        after = len(load.acknowledged())
        if after == before:
            arm.fault("wrong", where, "nothing was accepted after the promotion")
        judge(arm, where, Found(pair.standby.rows), load.acknowledged(), load.writes)
        retry(arm, where, load, servers[0].port, pair.standby.rows)
        judge(arm, f"{where}, sent again", Found(pair.standby.rows), load.acknowledged(), load.writes)
        verified = run("verify", "--database", pair.address)
        if not verified.acknowledged:
            arm.fault("half-written", where, f"verify: {verified.text[-300:]}")
        arm.end("link cut first" if must_cut else "killed")
        arm.tally["acknowledged before"] += before
        arm.tally["acknowledged after"] += after - before
    finally:
        for server in servers:
            server.kill()
        pair.remove()


def arms():
    arm = Arm("standby", tells=True)
    for number in range(2 if QUICK else 20):
        fail_over(arm, number, SEED, synchronous=True)
    yield arm.finish()
    loose = Arm("loose")
    for number in range(0, 2 if QUICK else 6, 2):
        fail_over(loose, number, SEED + 1, synchronous=False)
    yield Control("a standby that the primary does not wait for", loose, ["lost"])
