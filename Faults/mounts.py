"""Small file systems in files, for the arms that need root."""

import os
import shutil
import subprocess

from rig import ROOM


def command(*words):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stdout.decode(errors='replace')}")
    return done.stdout.decode()


def absent(*tools):
    """Why nothing can be mounted here; none where it can."""
    if os.geteuid() != 0:
        return "it mounts file systems, which needs root: sudo make faults"
    lacking = [tool for tool in tools if not shutil.which(tool, path="/usr/sbin:/usr/bin:/sbin:/bin")]
    if lacking:
        return f"{' and '.join(lacking)} missing: apt-get install e2fsprogs xfsprogs"
    return None


class Disk:
    """A file system in a file, mounted at a folder until `remove`."""

    def __init__(self, image, size, kind="ext4", options="loop"):
        self.image = image
        self.place = ROOM / f"mount-{image.name}"
        self.options = options
        with open(image, "wb") as file:
            file.truncate(size)
        if kind == "ext4":
            # No room is kept for root: the server may run as anybody.
            command("mkfs.ext4", "-q", "-F", "-m", "0", image)
        else:
            command("mkfs.xfs", "-q", "-f", "-m", "reflink=1", image)
        self.mount()

    def mount(self):
        self.place.mkdir(exist_ok=True)
        command("mount", "-o", self.options, self.image, self.place)

    def remove(self):
        subprocess.run(["umount", "-l", self.place], stderr=subprocess.DEVNULL)
        self.image.unlink(missing_ok=True)
