"""A filter of system calls for the reader process: it can read files and talk through its pipes, and little else.

No sockets, no other programs, no new processes or threads, no file opened for writing, nothing renamed, removed or made.
The program is written out as classic BPF (see the kernel's Documentation/userspace-api/seccomp_filter.rst) so that no
library is needed. Refused calls fail with EPERM, or with ENOSYS where the C library then takes an older call.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_KILL = 0x80000000

# Offsets in struct seccomp_data: the call, the architecture, the low halves of the arguments (both are little-endian).
_NR, _ARCH, _ARGUMENTS = 0, 4, 16

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

# Any of write, read-write, create and truncate: O_TMPFILE needs one of the first two.
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_TIOCSTI = 0x5412
"""Types into the terminal of whoever started the app."""

_ARCHITECTURES: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {
            "open": 2,
            "ioctl": 16,
            "shmget": 29,
            "socket": 41,
            "connect": 42,
            "accept": 43,
            "sendto": 44,
            "recvfrom": 45,
            "sendmsg": 46,
            "recvmsg": 47,
            "shutdown": 48,
            "bind": 49,
            "listen": 50,
            "socketpair": 53,
            "clone": 56,
            "fork": 57,
            "vfork": 58,
            "execve": 59,
            "kill": 62,
            "semget": 64,
            "msgget": 68,
            "truncate": 76,
            "ftruncate": 77,
            "rename": 82,
            "mkdir": 83,
            "rmdir": 84,
            "creat": 85,
            "link": 86,
            "unlink": 87,
            "symlink": 88,
            "chmod": 90,
            "fchmod": 91,
            "chown": 92,
            "fchown": 93,
            "lchown": 94,
            "ptrace": 101,
            "rt_sigqueueinfo": 129,
            "utime": 132,
            "mknod": 133,
            "pivot_root": 155,
            "chroot": 161,
            "mount": 165,
            "umount2": 166,
            "init_module": 175,
            "setxattr": 188,
            "lsetxattr": 189,
            "fsetxattr": 190,
            "removexattr": 197,
            "lremovexattr": 198,
            "fremovexattr": 199,
            "tkill": 200,
            "utimes": 235,
            "mq_open": 240,
            "kexec_load": 246,
            "add_key": 248,
            "request_key": 249,
            "keyctl": 250,
            "openat": 257,
            "mkdirat": 258,
            "mknodat": 259,
            "fchownat": 260,
            "futimesat": 261,
            "unlinkat": 263,
            "renameat": 264,
            "linkat": 265,
            "symlinkat": 266,
            "fchmodat": 268,
            "unshare": 272,
            "utimensat": 280,
            "fallocate": 285,
            "accept4": 288,
            "rt_tgsigqueueinfo": 297,
            "perf_event_open": 298,
            "recvmmsg": 299,
            "name_to_handle_at": 303,
            "open_by_handle_at": 304,
            "sendmmsg": 307,
            "setns": 308,
            "process_vm_readv": 310,
            "process_vm_writev": 311,
            "finit_module": 313,
            "renameat2": 316,
            "memfd_create": 319,
            "bpf": 321,
            "execveat": 322,
            "userfaultfd": 323,
            "tgkill": 234,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "setxattr": 5,
            "lsetxattr": 6,
            "fsetxattr": 7,
            "removexattr": 14,
            "lremovexattr": 15,
            "fremovexattr": 16,
            "ioctl": 29,
            "mknodat": 33,
            "mkdirat": 34,
            "unlinkat": 35,
            "symlinkat": 36,
            "linkat": 37,
            "renameat": 38,
            "umount2": 39,
            "mount": 40,
            "pivot_root": 41,
            "truncate": 45,
            "ftruncate": 46,
            "fallocate": 47,
            "chroot": 51,
            "fchmod": 52,
            "fchmodat": 53,
            "fchownat": 54,
            "fchown": 55,
            "openat": 56,
            "utimensat": 88,
            "unshare": 97,
            "kexec_load": 104,
            "init_module": 105,
            "ptrace": 117,
            "kill": 129,
            "tkill": 130,
            "tgkill": 131,
            "rt_sigqueueinfo": 138,
            "mq_open": 180,
            "msgget": 186,
            "semget": 190,
            "shmget": 194,
            "socket": 198,
            "socketpair": 199,
            "bind": 200,
            "listen": 201,
            "accept": 202,
            "connect": 203,
            "sendto": 206,
            "recvfrom": 207,
            "shutdown": 210,
            "sendmsg": 211,
            "recvmsg": 212,
            "add_key": 217,
            "request_key": 218,
            "keyctl": 219,
            "clone": 220,
            "execve": 221,
            "rt_tgsigqueueinfo": 240,
            "perf_event_open": 241,
            "accept4": 242,
            "recvmmsg": 243,
            "name_to_handle_at": 264,
            "open_by_handle_at": 265,
            "setns": 268,
            "sendmmsg": 269,
            "process_vm_readv": 270,
            "process_vm_writev": 271,
            "finit_module": 273,
            "renameat2": 276,
            "memfd_create": 279,
            "bpf": 280,
            "execveat": 281,
            "userfaultfd": 282,
        },
    ),
}
# Calls since Linux 5.1 have one number everywhere.
_EVERYWHERE: dict[str, int] = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "pidfd_open": 434, "clone3": 435, "openat2": 437, "pidfd_getfd": 438,
    "fchmodat2": 452,
}  # fmt: skip
_ABSENT = frozenset({"clone3", "openat2", "io_uring_setup"})
_BY_ARGUMENT = frozenset({"open", "openat", "ioctl", "tgkill"})


def install(libc: ctypes.CDLL) -> str:
    """Put the filter on this process for good: "on", or why it can't be. Needs PR_SET_NO_NEW_PRIVS."""
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        return f"not written for {machine}"
    program = build(machine, os.getpid())
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: a count, and after padding the address.
    fprog = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_char_p(fprog), 0, 0) != 0:
        return f"refused by the kernel ({os.strerror(ctypes.get_errno())})"
    return "on"


def build(machine: str, pid: int) -> bytes:
    """The filter for `machine` as an array of struct sock_filter; `pid` may signal itself (abort does)."""
    architecture, calls = _ARCHITECTURES[machine]
    calls = calls | _EVERYWHERE
    program = [
        _one(_LOAD, _ARCH),
        _one(_EQUAL, architecture, 1, 0),
        _one(_RETURN, _KILL),
        _one(_LOAD, _NR),
    ]
    if machine == "x86_64":
        # The x32 numbers would walk around the list below.
        program += [_one(_AT_LEAST, 0x40000000, 0, 1), _one(_RETURN, _ERRNO | errno.EPERM)]
    for name, number in calls.items():
        if name not in _BY_ARGUMENT:
            refusal = errno.ENOSYS if name in _ABSENT else errno.EPERM
            program += [_one(_EQUAL, number, 0, 1), _one(_RETURN, _ERRNO | refusal)]
    for name, argument in (("open", 1), ("openat", 2)):
        if name in calls:
            program += _by_argument(calls[name], argument, _ANY_BIT, _WRITING, refuse_if=True)
    program += _by_argument(calls["ioctl"], 1, _EQUAL, _TIOCSTI, refuse_if=True)
    program += _by_argument(calls["tgkill"], 0, _EQUAL, pid, refuse_if=False)
    program.append(_one(_RETURN, _ALLOW))
    return b"".join(program)


def _by_argument(number: int, argument: int, test: int, value: int, *, refuse_if: bool) -> list[bytes]:
    """Instructions that decide on call `number` by one of its arguments: EPERM if the test's answer is `refuse_if`."""
    return [
        _one(_EQUAL, number, 0, 4),
        _one(_LOAD, _ARGUMENTS + 8 * argument),
        _one(test, value, 0, 1) if refuse_if else _one(test, value, 1, 0),
        _one(_RETURN, _ERRNO | errno.EPERM),
        _one(_RETURN, _ALLOW),
    ]


def _one(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """One struct sock_filter."""
    return struct.pack("=HBBI", code, if_true, if_false, value)
