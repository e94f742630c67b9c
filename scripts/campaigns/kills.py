"""Kill every writing command in the middle (SIGKILL), again and again: nothing may be lost or half-written.

    .venv/bin/python scripts/campaigns/kills.py --kills 60 --builds 60 --only digest

A part is a command. Half of the kills come at a random moment, half before a random change of a file
(dying.py). Afterwards each file is the old or the new one, the site is one of two that are known, the next
run of the command succeeds, and nobody has a digest twice. A kill takes the whole group of processes or, for
builds at a random moment, every other time the first alone.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import shared
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from shared import demand

from support.daily_papers import write_page

DYING = Path(__file__).with_name("dying.py")
PARTIAL = ".papershelf-partial-"
DAY = 24 * 3600
ORPHANED = 0.2  # seconds that processes of a killed build go on alone before the next run
RECIPIENTS = 3
MAIL = {
    "PAPERSHELF_SMTP_HOST": "127.0.0.1",
    "PAPERSHELF_SMTP_TLS": "none",
    "PAPERSHELF_SMTP_FROM": "shelf@example.org",
    "PAPERSHELF_SMTP_TO": ", ".join(f"reader{number}@example.org" for number in range(RECIPIENTS)),
    "PAPERSHELF_LEDGER_KEY": "00112233" * 8,
}


@dataclass(frozen=True)
class Command:
    """A command to kill: what it begins with, its arguments, and what it may leave apart from its result."""

    make: Callable[[Path], object]
    arguments: tuple[str, ...]
    refuses_twice: bool = False


def main(options: Namespace, chance: Random, work: Path) -> None:
    """Kill each command so many times."""
    commands = quick_commands(work)
    for part in options.only or [*commands, "digest", "build"]:
        if part == "digest":
            kill_digests(options.kills, chance, work)
        elif part == "build":
            kill_builds(options.builds, chance, work)
        else:
            kill_command(part, commands[part], options.kills, chance, work)


def quick_commands(work: Path) -> dict[str, Command]:
    """All but build and digest; they are told the folder by -C, as init is by its argument."""
    shipped = sorted((shared.ROOT / "content/papers").glob("*.jsonl"))
    pages = [str(write_page(path, work)) for path in shipped[:3]]
    return {
        "import": Command(with_listing(shipped[0]), ("import", *pages)),
        "new-paper": Command(small, ("new", "paper", "2501.12345"), refuses_twice=True),
        "new-topic": Command(small, ("new", "topic", "Cold brews"), refuses_twice=True),
        "new-collection": Command(small, ("new", "collection", "First steps"), refuses_twice=True),
        "schema": Command(small, ("schema",)),
        "init": Command(lambda folder: folder.mkdir(), ("init", ".")),
    }


def small(folder: Path) -> None:
    """A small list."""
    shutil.copytree(shared.ROOT / "tests/small", folder)


def with_listing(records: Path) -> Callable[[Path], None]:
    """A small list with a part of the records of a listing."""

    def make(folder: Path) -> None:
        small(folder)
        lines = records.read_text("utf-8").splitlines(keepends=True)
        (folder / "content/papers" / records.name).write_text("".join(lines[:5]), "utf-8")

    return make


def kill_command(name: str, command: Command, kills: int, chance: Random, work: Path) -> None:
    """Kill a command whose result is files."""
    folder = work / name / "list"
    begin_anew(command, folder)
    before = shared.tree(folder)
    victim = measured(folder, command.arguments, work)
    after = shared.tree(folder)
    demand(before != after, f"{name} changes nothing")
    died, outcomes = 0, Counter[str]()
    for number in range(kills):
        begin_anew(command, folder)
        how = f"{name}, kill {number + 1}: {victim.kill(chance, at_step=number % 2 == 1)}"
        found = {path: data for path, data in shared.tree(folder).items() if PARTIAL not in path}
        wrong = [path for path, data in found.items() if data not in (before.get(path), after.get(path))]
        demand(not wrong and found.keys() >= before.keys(), f"{how}: neither old nor new: {wrong}")
        outcomes["old" if found == before else "new" if found == after else "between"] += 1
        died += "killed" in how
        age(folder)
        again = victim.again()
        may_refuse = command.refuses_twice and found == after
        demand(
            again.code == 0 or (may_refuse and again.code == 2), f"{how}: then {again.code}: {again.output}"
        )
        demand(not (lost := shared.difference(shared.tree(folder), after)), f"{how}: then differs: {lost}")
    shared.say(
        f"{name}: {kills} runs, {died} killed, {victim.steps} steps, files afterwards: {dict(outcomes)}"
    )


def begin_anew(command: Command, folder: Path) -> None:
    """Make the list as it is before the command."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    command.make(folder)


def in_folder(folder: Path) -> list[str]:
    """The beginning of a command that works in a folder, which init knows by the working directory alone."""
    return ["env", "-C", str(folder), *shared.papershelf(Path())]


def dying(folder: Path, step: int) -> list[str]:
    """The same for one that dies at a step."""
    return ["env", "-C", str(folder), sys.executable, str(DYING), str(step), "-C", "."]


@dataclass(frozen=True)
class Victim:
    """A command in a folder, how often it changes a file, and how many seconds it takes."""

    folder: Path
    arguments: tuple[str, ...]
    work: Path
    steps: int
    seconds: float

    def again(self) -> shared.Outcome:
        """Run it to its end."""
        return shared.run([*in_folder(self.folder), *self.arguments], self.work)

    def kill(self, chance: Random, *, at_step: bool, slower: float = 1) -> str:
        """Kill it at a random step or moment; how it was done and ended."""
        step = chance.randint(1, self.steps) if at_step and self.steps else 0
        moment = 2 * shared.PATIENCE if step else chance.uniform(0.3, 1.05) * slower * self.seconds
        alone = not step and chance.random() < 0.5
        command = dying(self.folder, step) if step else in_folder(self.folder)
        process = shared.start([*command, *self.arguments], self.work / "output.txt")
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        if alone:
            process.kill()
            time.sleep(ORPHANED)
        else:
            shared.kill_group(process)
        code = process.wait()
        text = (self.work / "output.txt").read_text("utf-8", errors="replace")
        demand(shared.TRACEBACK not in text, text)
        where = f"step {step}" if step else f"{moment:.3f} s{', the first process alone' if alone else ''}"
        return f"{where}, {'killed' if code == -signal.SIGKILL else f'ended with {code}'}"


def measured(folder: Path, arguments: tuple[str, ...], work: Path) -> Victim:
    """A command that has run once, after which it is known how."""
    log = work / "steps.txt"
    log.write_bytes(b"")
    outcome = shared.run([*dying(folder, 0), *arguments], work, CAMPAIGN_STEPS=str(log))
    demand(outcome.code == 0, outcome.output)
    return Victim(folder, arguments, work, log.stat().st_size, outcome.seconds)


def age(folder: Path) -> None:
    """Make left-overs a day old, so that the next run may remove them."""
    for path in folder.rglob(f"{PARTIAL}*"):
        old = path.stat().st_mtime - DAY
        os.utime(path, (old, old))


def kill_builds(kills: int, chance: Random, work: Path) -> None:
    """Kill builds of a list that is changed to and fro, now and then without a cache or a site."""
    folder = work / "build" / "list"
    folder.parent.mkdir()
    shutil.copytree(shared.ROOT / "tests/full", folder)
    arguments = ("build", "-q")
    seen = [{}]
    for version in range(2):
        write_version(folder, version)
        victim = measured(folder, arguments, work)
        seen.append(shared.tree(folder / "site"))
    content = shared.tree(folder, "site", "build")
    version, died, outcomes = 1, 0, Counter[str]()
    for number in range(kills):
        if cold := chance.random() < 0.25:
            shutil.rmtree(folder / "build")
        before = seen[version + 1]
        if chance.random() < 0.15:
            shutil.rmtree(folder / "site")
            before = {}
        version = 1 - version
        write_version(folder, version)
        after = seen[version + 1]
        how = f"build, kill {number + 1}{', cold' if cold else ''}: "
        how += victim.kill(chance, at_step=number % 2 == 1, slower=1 + cold)
        found = shared.tree(folder / "site")
        demand(found in (before, after), f"{how}: the site is neither: {shared.difference(found, after)}")
        outcomes["old" if found == before else "new"] += 1
        died += "killed" in how
        again = victim.again()
        demand(again.code == 0, f"{how}: then {again.code}: {again.output}")
        lost = shared.difference(shared.tree(folder / "site"), after)
        demand(not lost, f"{how}: the next site differs: {lost}")
        write_version(folder, 1)
        demand(shared.tree(folder, "site", "build") == content, f"{how}: content changed")
        write_version(folder, version)
    shared.say(
        f"build: {kills} runs, {died} killed, {victim.steps} steps, sites afterwards: {dict(outcomes)}"
    )


def write_version(folder: Path, version: int) -> None:
    """Change a setting and a page of the list."""
    config = (shared.ROOT / "tests/full/site_config.yml").read_text("utf-8")
    config = f"{config}\nlook:\n  accent: {('pink', 'teal')[version]}\n"
    (folder / "site_config.yml").write_text(config, "utf-8")
    page = (shared.ROOT / "tests/full/content/pages/about.md").read_text("utf-8")
    (folder / "content/pages/about.md").write_text(f"{page}\nVersion {version}.\n", "utf-8")


@dataclass
class Server:
    """A mail server that kills the client before or after it accepts its so-and-so-manieth message."""

    accepted: list[tuple[str, str]] = field(default_factory=list)
    victim: subprocess.Popen[bytes] | None = None
    moment: str = ""

    def strike(self, moment: str) -> None:
        """Kill the client if this is the moment."""
        if self.victim and moment == self.moment:
            shared.kill_group(self.victim)
            self.victim.wait()
            self.victim = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        del server, session, options
        self.strike("recipient")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a message."""
        del server, session
        self.strike("before")
        content = bytes(envelope.content or b"").decode()
        subject = next(line for line in content.splitlines() if line.startswith("Subject:"))
        self.accepted += [(address, subject) for address in envelope.rcpt_tos]
        self.strike("after")
        return "250 OK"


@contextmanager
def running(server: Server) -> Iterator[int]:
    """Serve on a port of this computer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def kill_digests(kills: int, chance: Random, work: Path) -> None:
    """Kill digests at a random moment, at a step, and while the server has the message."""
    folder, arguments = work / "digest" / "list", ("digest", "--since", "2000-01-01", "--send")
    folder.parent.mkdir()
    small(folder)
    server = Server()
    sent, unknown, died = Counter[str](), 0, 0
    with running(server) as port:
        os.environ.update({**MAIL, "PAPERSHELF_SMTP_PORT": str(port)})
        victim = measured(folder, arguments, work)
        demand(len(server.accepted) == RECIPIENTS, "not all digests are sent")
        for number in range(kills):
            (folder / "digest-ledger.jsonl").unlink(missing_ok=True)
            server.accepted.clear()
            if number % 3 == 2:
                how = kill_while_sending(victim, server, chance)
            else:
                how = victim.kill(chance, at_step=number % 3 == 1)
            how = f"digest, kill {number + 1}: {how}"
            died += "killed" in how
            again = victim.again()
            unsure = again.output.count("may have arrived")
            demand(again.code == (2 if unsure else 0), f"{how}: then {again.code}: {again.output}")
            victim.again()
            got = Counter(address for address, _ in server.accepted)
            demand(max(got.values(), default=0) <= 1, f"{how}: sent twice: {got}")
            demand(len(got) + unsure >= RECIPIENTS, f"{how}: {got} and {unsure} unsure: {again.output}")
            unknown += unsure
            sent["all" if len(got) == RECIPIENTS else "all but one"] += 1
    shared.say(
        f"digest: {kills} runs, {died} killed, {victim.steps} steps, sent: {dict(sent)}, unsure: {unknown}"
    )


def kill_while_sending(victim: Victim, server: Server, chance: Random) -> str:
    """Let the server kill the client at a moment of the first conversation."""
    server.moment = chance.choice(("recipient", "before", "after"))
    command = [*in_folder(victim.folder), *victim.arguments]
    process = server.victim = shared.start(command, victim.work / "output.txt")
    return f"{server.moment}, {'killed' if process.wait(shared.PATIENCE) == -signal.SIGKILL else 'ended'}"


if __name__ == "__main__":
    shared.campaign(__doc__, main, kills=60, builds=60)
