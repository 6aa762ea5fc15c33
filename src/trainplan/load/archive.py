"""A workbook's bytes made safe to open: what is in them is counted before anything is built from it."""

from __future__ import annotations

import io

from trainplan.load.notes import Reason

MOST_PACKED = 32_000_000
MOST_UNPACKED = 200_000_000
MOST_PARTS = 2_000

_CHUNK = 1 << 18
_READ = (".xml", ".rels")  # pictures, macros and print settings say nothing about a programme
_OLD, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_SEALED = "EncryptedPackage".encode("utf-16-le")


class Parts(dict[str, bytes]):
    """The texts inside a workbook, by their names in it."""

    def packed(self) -> io.BytesIO:
        """Return them as an archive again: one that holds what was counted, and nothing else."""
        import zipfile

        into = io.BytesIO()
        with zipfile.ZipFile(into, "w") as archive:
            for name, content in self.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        into.seek(0)
        return into


def unpacked(raw: bytes) -> Parts | Reason:
    """Return the texts inside a workbook's bytes, or why it is none that can be read."""
    if raw.startswith(_OLD):
        if _SEALED in raw:
            said = "is protected by a password; save it without one (File, Info, Protect Workbook)"
            return Reason("locked-workbook", said)
        return Reason("not-workbook", "is an old Excel workbook; save it as .xlsx")
    if not raw.startswith(_ZIP):
        what = "is empty" if not raw else "is no Excel workbook, whatever its name says"
        return Reason("not-workbook", f"{what}; save it as .xlsx")
    if len(raw) > MOST_PACKED:
        return _large(f"is {len(raw) // 1_000_000} MB; at most {MOST_PACKED // 1_000_000} MB are read")
    return _inflated(raw)


def _inflated(raw: bytes) -> Parts | Reason:
    import zipfile

    parts = Parts()
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS:
                return _large(f"holds {len(entries):,} parts; at most {MOST_PARTS:,} are read")
            for entry in entries:
                if not entry.filename.lower().endswith(_READ):
                    continue
                if entry.filename in parts:
                    return Reason("bad-workbook", f"is damaged: it holds {entry.filename!r} twice")
                content = bytearray()
                with archive.open(entry) as part:
                    while chunk := part.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            most = MOST_UNPACKED // 1_000_000
                            return _large(f"unpacks to more than {most} MB, as no real workbook does")
                        content += chunk
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
                    return Reason("bad-workbook", "holds definitions that no workbook has, so it is not read")
                parts[entry.filename] = bytes(content)
    except Exception as problem:  # zipfile and each of its compressions have errors of their own
        return damaged(problem)
    return parts


def damaged(problem: BaseException) -> Reason:
    """Return what is said of a workbook that can't be opened because of ``problem``."""
    why = "".join(one if one.isprintable() else " " for one in str(problem))[:100].strip()
    said = f"is damaged and can't be opened ({why})" if why else "is damaged and can't be opened"
    return Reason("bad-workbook", f"{said}; open it in a spreadsheet and save it again")


def _large(said: str) -> Reason:
    return Reason("too-large", said)
