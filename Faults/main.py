"""Runs the arms that are asked for, and prints what came of them. Ends with 1 where anything is wrong, or where a
planted fault was not caught."""

import importlib
import os
import signal
import sys
import time

from rig import QUICK, SEED, Control, say

ARMS = {
    "calls": "arm_calls",
    "kills": "arm_kills",
    "full": "arm_full",
    "power": "arm_power",
    "client": "arm_client",
    "restart": "arm_restart",
    "standby": "arm_standby",
    "races": "arm_races",
}


class Missing(Exception):
    """Why an arm cannot run here."""


def chosen():
    wanted = os.environ.get("ARM", "").replace(",", " ").split() or list(ARMS)
    unknown = [name for name in wanted if name not in ARMS]
    if unknown:
        say(f"There is no arm {', '.join(unknown)}. Choose among: {' '.join(ARMS)}.")
        sys.exit(64)
    return wanted


def run_arm(name):
    """Runs an arm and its controls; gives its row of the table."""
    say(f"\n== {name}")
    began = time.monotonic()
    module = importlib.import_module(ARMS[name])
    absent = getattr(module, "absent", lambda: None)()
    if absent:
        say(f"   left out: {absent}")
        return [name, "left out", "", "", "", "", ""], True
    rows, controls = [], []
    for result in module.arms():
        if isinstance(result, Control):
            for line in result.lines():
                say(line)
            controls.append(result)
        else:
            for line in result.lines():
                say(line)
            rows.append(result)
    caught = f"{sum(control.caught for control in controls)} of {len(controls)}"
    figures = [sum(row.faults[kind] for row in rows) for kind in ("lost", "half-written", "wrong")]
    well = not any(figures) and all(control.caught for control in controls) and sum(row.points for row in rows) > 0
    points = sum(row.points for row in rows)
    return [name, points, *figures, caught, round(time.monotonic() - began)], well


def main():
    # So that what was started and mounted is put away also then.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    say(f"Seed {SEED}, {'short' if QUICK else 'full'} form.")
    table, is_well = [["arm", "points", "lost", "half-written", "wrong", "controls caught", "seconds"]], True
    for name in chosen():
        row, well = run_arm(name)
        table.append([str(value) for value in row])
        is_well = is_well and well
    say("")
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        say("  ".join(value.ljust(width) if column == 0 else value.rjust(width)
                      for column, (value, width) in enumerate(zip(row, widths))))
    left_out = " Some arms were left out." if any(row[1] == "left out" for row in table) else ""
    say(f"\nAll is well.{left_out}" if is_well else "\nNot well: see above.")
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
