"""What was found out about devices on this computer, kept in one small file: verdicts, strikes, quarantines, times."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from engines.runtime.closing import Closing
from engines.runtime.contract import Device, Reason
from engines.runtime.proof.alive import is_alive, same_boot, started
from engines.runtime.proof.cleaning import cleaned
from engines.runtime.proof.records import (
    Interrupted,
    Quarantine,
    Verdict,
    device_of,
    device_text,
    driver_key,
    quarantine_of,
    verdict_of,
)
from engines.runtime.proof.rows import Rows, read_as

DAY = 86_400.0
QUARANTINE = 7 * DAY
LONGEST_QUARANTINE = 56 * DAY

COUNTED = {Reason.CRASH: 7 * DAY, Reason.HANG: 7 * DAY, Reason.DEVICE_LOST: 600.0}
"""What brings a device into quarantine, and the seconds within which two of it do. Two different ones: in `CLOSE`."""

CLOSE = 600.0
STRIKES = 2
FINGERPRINTS = 3
"""So many different ones in quarantine put the whole provider with that driver there."""

VERDICTS = 2_000
PER_FINGERPRINT = 20
EVENTS = 2_000
TIMES = 64
"""Rows that are kept: verdicts, verdicts of one fingerprint, strikes and liftings, durations of one fingerprint."""

FLUSH_AFTER = 32
FLUSH_EVERY = 30.0
"""Durations, or seconds, between two writes of what a device takes."""

TABLES = """
CREATE TABLE IF NOT EXISTS verdicts (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, at REAL NOT NULL,
  model TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS verdicts_of ON verdicts (fingerprint, id);
CREATE TABLE IF NOT EXISTS probing (fingerprint TEXT NOT NULL, pid INTEGER NOT NULL, started REAL NOT NULL,
  boot TEXT NOT NULL, model TEXT NOT NULL, device TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (fingerprint, pid));
CREATE TABLE IF NOT EXISTS interrupted (fingerprint TEXT PRIMARY KEY, times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, at REAL NOT NULL, what TEXT NOT NULL,
  fingerprint TEXT NOT NULL, of TEXT NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS events_of ON events (fingerprint, at);
CREATE TABLE IF NOT EXISTS quarantines (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, of TEXT NOT NULL,
  device TEXT NOT NULL, reason TEXT NOT NULL, since REAL NOT NULL, until REAL, text TEXT NOT NULL,
  strikes INTEGER NOT NULL, times INTEGER NOT NULL, lifted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS timings (fingerprint TEXT PRIMARY KEY, at REAL NOT NULL, seconds TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS hashes (stamp TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
"""

HASHES = 500


class Ledger(Closing):
    """The file at `path`. Several threads and processes may use it at once.

    Nothing that is wrong with the file stops a run (see `Rows`); `note` then says what happened.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._rows = Rows(path, TABLES, _check)
        self._clock = clock
        self._lock = threading.RLock()
        self._begun: dict[str, int] = {}
        self._rings: dict[str, deque[float]] = {}
        self._fresh: dict[str, list[float]] = {}
        self._waiting = 0
        self._flushed = clock()

    @property
    def note(self) -> str:
        """What is wrong with the file, in a sentence for a person; nothing when all is well."""
        return self._rows.note

    def close(self) -> None:
        """Write what waits and let go of the file."""
        with self._lock:
            self.flush()
            self._rows.close()

    # Verdicts

    def record(self, verdict: Verdict) -> None:
        """Add a verdict; its text is cleaned. The oldest go when there are too many."""
        body = json.dumps(asdict(verdict) | {"text": cleaned(verdict.text)})

        def write(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT INTO verdicts (fingerprint, at, model, body) VALUES (?, ?, ?, ?)",
                (verdict.fingerprint, verdict.at, verdict.model, body),
            )
            db.execute(
                "DELETE FROM verdicts WHERE fingerprint = ? AND id NOT IN"
                " (SELECT id FROM verdicts WHERE fingerprint = ? ORDER BY id DESC LIMIT ?)",
                (verdict.fingerprint, verdict.fingerprint, PER_FINGERPRINT),
            )
            db.execute(
                "DELETE FROM verdicts WHERE id <= (SELECT id FROM verdicts ORDER BY id DESC LIMIT 1 OFFSET ?)",
                (VERDICTS,),
            )

        self._rows.write(write)

    def verdict(self, fingerprint: str) -> Verdict | None:
        """The newest verdict of a fingerprint."""
        found = self._rows.all(
            lambda row: verdict_of(row[0]),
            "SELECT body FROM verdicts WHERE fingerprint = ? ORDER BY id DESC LIMIT 1",
            (fingerprint,),
        )
        return found[0] if found else None

    def verdicts(self, model: str | None = None) -> list[Verdict]:
        """The newest verdict of each fingerprint (of `model`), the newest first."""
        return self._rows.all(
            lambda row: verdict_of(row[0]),
            "SELECT body FROM verdicts WHERE id IN (SELECT max(id) FROM verdicts GROUP BY fingerprint)"
            " AND (? IS NULL OR model = ?) ORDER BY id DESC",
            (model, model),
        )

    # The guard around a probe

    def begin(self, fingerprint: str, device: Device, model: str, owner_pid: int, boot: str) -> None:
        """Say that a probe begins; it is on the disk when this returns. `boot` names this start of the computer."""
        row = (fingerprint, owner_pid, started(owner_pid), boot, model, device_text(device), self._clock())
        self._begun[fingerprint] = owner_pid
        self._rows.write(lambda db: db.execute("INSERT OR REPLACE INTO probing VALUES (?, ?, ?, ?, ?, ?, ?)", row))

    def finish(self, fingerprint: str) -> None:
        """Say that the probe came to an end, whatever it found."""
        pid = self._begun.pop(fingerprint, os.getpid())

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM probing WHERE fingerprint = ? AND pid = ?", (fingerprint, pid))
            db.execute("DELETE FROM interrupted WHERE fingerprint = ?", (fingerprint,))

        self._rows.write(write)

    def interrupted(self, boot: str) -> list[Interrupted]:
        """Probes that were cut off: call it at start.

        If the computer was started since then, the probe may have taken it down: that is a crash. If only the process
        is gone, a person may have closed it: the second time of one fingerprint is a crash.
        """

        def write(db: sqlite3.Connection) -> list[Interrupted]:
            found = []
            rows = db.execute(
                "SELECT fingerprint, pid, started, boot, model, device FROM probing ORDER BY at"
            ).fetchall()
            for fingerprint, pid, began, its_boot, model, told in rows:
                again = same_boot(its_boot, boot)
                if again and is_alive(pid, began):
                    continue
                db.execute("DELETE FROM probing WHERE fingerprint = ? AND pid = ?", (fingerprint, pid))
                db.execute(
                    "INSERT INTO interrupted VALUES (?, 1) ON CONFLICT (fingerprint) DO UPDATE SET times = times + 1",
                    (fingerprint,),
                )
                (times,) = db.execute("SELECT times FROM interrupted WHERE fingerprint = ?", (fingerprint,)).fetchone()
                device = read_as(device_of, told)
                struck = not again or times >= STRIKES
                put = None
                if struck:
                    db.execute("DELETE FROM interrupted WHERE fingerprint = ?", (fingerprint,))
                    text = "The program ended" if again else "The computer was restarted"
                    put = self._struck(db, fingerprint, device, Reason.CRASH, f"{text} during the probe.", probing=True)
                found.append(Interrupted(fingerprint, device, model, struck, put))
            return found

        return self._rows.write(write)

    # Strikes and quarantine

    def strike(
        self, fingerprint: str, device: Device, reason: Reason, text: str, *, probing: bool
    ) -> Quarantine | None:
        """Count a failure of a device; the quarantine that it led to.

        A crash in a probe counts at once; in production two crashes or hangs in a week, two lost devices in ten
        minutes, or any two of these in ten minutes. Other reasons are not counted.
        """
        return self._rows.write(lambda db: self._struck(db, fingerprint, device, reason, text, probing=probing))

    def quarantines(self) -> list[Quarantine]:
        """All that hold now."""
        return self._rows.all(quarantine_of, f"{_HOLD} ORDER BY since", (self._clock(),))

    def quarantined(self, fingerprint: str, device: Device) -> Quarantine | None:
        """What keeps `device` from running this, if anything."""
        found = self._rows.all(
            quarantine_of,
            f"{_HOLD} AND key IN (?, ?) ORDER BY until IS NOT NULL",
            (self._clock(), f"model:{fingerprint}", f"driver:{driver_key(device)}"),
        )
        return found[0] if found else None

    def forgive(self, name: str = "") -> list[Quarantine]:
        """End the quarantines of the device, or of the key, `name`; all of them without one. Those that were ended."""
        return [one for one in self.quarantines() if name in ("", one.device, one.key) and self.lift(one.key)]

    def lift(self, key: str) -> bool:
        """End a quarantine, and with one of a whole driver those that led to it. False when there is none of that key."""
        now = self._clock()

        def write(db: sqlite3.Connection) -> bool:
            row = db.execute("SELECT fingerprint, of FROM quarantines WHERE key = ? AND lifted = 0", (key,)).fetchone()
            if row is None:
                return False
            fingerprint, of = row
            keys = [(key, fingerprint)]
            if not fingerprint:
                keys += db.execute(
                    "SELECT key, fingerprint FROM quarantines WHERE of = ? AND fingerprint != '' AND lifted = 0", (of,)
                ).fetchall()
            for each, whose in keys:
                db.execute("UPDATE quarantines SET lifted = 1 WHERE key = ?", (each,))
                _log(db, now, "lifted", whose, of, "", "Lifted by hand.")
            return True

        return self._rows.write(write)

    def events(self) -> list[tuple[float, str, str, str, str]]:
        """The log, the newest first: when, `struck` or `quarantined` or `lifted`, fingerprint, reason, text."""
        return self._rows.all(tuple, "SELECT at, what, fingerprint, reason, text FROM events ORDER BY id DESC", ())

    def _struck(
        self, db: sqlite3.Connection, fingerprint: str, device: Device, reason: Reason, text: str, *, probing: bool
    ) -> Quarantine | None:
        if reason not in COUNTED:
            return None
        now, of, text = self._clock(), driver_key(device), cleaned(text)
        _log(db, now, "struck", fingerprint, of, reason, text)
        strikes = [
            (at, Reason(why))
            for at, why in db.execute(
                "SELECT at, reason FROM events WHERE fingerprint = ? AND what = 'struck' AND id > coalesce("
                "(SELECT max(id) FROM events WHERE fingerprint = ? AND what IN ('lifted', 'quarantined')), 0)",
                (fingerprint, fingerprint),
            )
        ]
        counted = [why for at, why in strikes if now - at <= (COUNTED[reason] if why == reason else CLOSE)]
        if not (probing and reason == Reason.CRASH) and len(counted) < STRIKES:
            return None
        times = self._times(db, f"model:{fingerprint}")
        until = now + min(QUARANTINE * 2**times, LONGEST_QUARANTINE)
        put = self._put(db, f"model:{fingerprint}", fingerprint, device, reason, until, text, len(counted))
        (others,) = db.execute(
            "SELECT count(*) FROM quarantines WHERE of = ? AND fingerprint != '' AND lifted = 0 AND until > ?",
            (of, now),
        ).fetchone()
        if others < FINGERPRINTS:
            return put
        return self._put(db, f"driver:{of}", "", device, reason, None, text, others)

    def _times(self, db: sqlite3.Connection, key: str) -> int:
        row = db.execute("SELECT times FROM quarantines WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def _put(
        self,
        db: sqlite3.Connection,
        key: str,
        fingerprint: str,
        device: Device,
        reason: Reason,
        until: float | None,
        text: str,
        strikes: int,
    ) -> Quarantine:
        now, of = self._clock(), driver_key(device)
        row = (key, fingerprint, of, device.name, reason, now, until, text, strikes, self._times(db, key) + 1)
        db.execute("INSERT OR REPLACE INTO quarantines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", row)
        _log(db, now, "quarantined", fingerprint, of, reason, text)
        return quarantine_of(db.execute(f"{_QUARANTINE} WHERE q.key = ?", (key,)).fetchone())

    # Times

    def timing(self, fingerprint: str, seconds: float) -> None:
        """Remember how long a call took; written now and then, not at each call."""
        with self._lock:
            self._ring(fingerprint).append(seconds)
            self._fresh.setdefault(fingerprint, []).append(seconds)
            self._waiting += 1
            if self._waiting >= FLUSH_AFTER or self._clock() - self._flushed >= FLUSH_EVERY:
                self.flush()

    def p95(self, fingerprint: str) -> float | None:
        """The time, in seconds, that 95 of 100 calls stay below; None before the first call."""
        with self._lock:
            ordered = sorted(self._ring(fingerprint))
        return ordered[-(-95 * len(ordered) // 100) - 1] if ordered else None

    def flush(self) -> None:
        """Write the times that wait."""
        with self._lock:
            fresh, self._fresh = self._fresh, {}
            self._waiting, self._flushed = 0, self._clock()
            if not fresh:
                return

            def write(db: sqlite3.Connection) -> None:
                for fingerprint, seconds in fresh.items():
                    kept = _times_of(db, fingerprint)  # what another process wrote meanwhile is kept too
                    text = json.dumps([*kept, *seconds][-TIMES:])
                    db.execute("INSERT OR REPLACE INTO timings VALUES (?, ?, ?)", (fingerprint, self._clock(), text))

            self._rows.write(write)

    def _ring(self, fingerprint: str) -> deque[float]:
        if fingerprint not in self._rings:
            stored = self._rows.read(lambda db: _times_of(db, fingerprint))
            self._rings[fingerprint] = deque(stored, maxlen=TIMES)
        return self._rings[fingerprint]

    # Hashes of files

    def known_hash(self, stamp: str) -> str | None:
        """The sha256 kept for a file of that stamp (see `fingerprint.file_sha256`)."""
        found = self._rows.all(lambda row: str(row[0]), "SELECT sha256 FROM hashes WHERE stamp = ?", (stamp,))
        return found[0] if found else None

    def keep_hash(self, stamp: str, sha256: str) -> None:
        """Remember the sha256 of a file."""

        def write(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO hashes VALUES (?, ?)", (stamp, sha256))
            db.execute(
                "DELETE FROM hashes WHERE rowid <= (SELECT rowid FROM hashes ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
                (HASHES,),
            )

        self._rows.write(write)


_QUARANTINE = """
SELECT q.key, q.device, q.reason, q.until, q.text, q.strikes, q.fingerprint,
  coalesce((SELECT v.model FROM verdicts v WHERE v.fingerprint = q.fingerprint ORDER BY v.id DESC LIMIT 1), '')
FROM quarantines q"""

_HOLD = f"{_QUARANTINE} WHERE q.lifted = 0 AND (q.until IS NULL OR q.until > ?)"


def _log(db: sqlite3.Connection, at: float, what: str, fingerprint: str, of: str, reason: str, text: str) -> None:
    db.execute(
        "INSERT INTO events (at, what, fingerprint, of, reason, text) VALUES (?, ?, ?, ?, ?, ?)",
        (at, what, fingerprint, of, str(reason), text),
    )
    db.execute("DELETE FROM events WHERE id <= (SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET ?)", (EVENTS,))


def _times_of(db: sqlite3.Connection, fingerprint: str) -> list[float]:
    row = db.execute("SELECT seconds FROM timings WHERE fingerprint = ?", (fingerprint,)).fetchone()
    return read_as(_seconds, row[0]) if row else []


def _seconds(text: str) -> list[float]:
    return [float(each) for each in json.loads(text)]


def _check(db: sqlite3.Connection) -> None:
    """Raises `sqlite3.DatabaseError` for a table that is not there and a row that can't be read."""
    for made, column in (
        (verdict_of, "body FROM verdicts"),
        (device_of, "device FROM probing"),
        (_seconds, "seconds FROM timings"),
    ):
        for (stored,) in db.execute(f"SELECT {column}"):
            read_as(made, stored)
    for row in db.execute(_QUARANTINE):
        read_as(quarantine_of, row)
    db.execute("SELECT 1 FROM interrupted, events, hashes LIMIT 1").fetchone()
