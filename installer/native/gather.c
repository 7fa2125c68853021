#include "launcher.h"

#include <stdio.h>
#include <string.h>

/* Milliseconds. A test under wine, where a process takes longer to start than on Windows, compiles larger ones in. */
#ifndef GATHER_QUIET
#define GATHER_QUIET 200
#endif
#ifndef GATHER_MOST
#define GATHER_MOST 1500
#endif
enum { FOR_ONE = 500, FOR_ALL = 3000, MESSAGE_MOST = 8 + 4 * PATH_ROOM };

/* When a process was started. Explorer starts them in the order of the selection, but the system lets them run in any. */
static uint64_t started(void)
{
    FILETIME created, other;
    if (!GetProcessTimes(GetCurrentProcess(), &created, &other, &other, &other))
        return 0;
    return (uint64_t)created.dwHighDateTime << 32 | created.dwLowDateTime;
}

/* A name that those without the key can't guess, one for each session and verb. */
static bool gathering_place(const WCHAR *home, const char *verb, WCHAR name[96])
{
    uint8_t key[KEY_SIZE], digest[DIGEST_SIZE];
    WCHAR digits[2 * DIGEST_SIZE + 1];
    char words[80];
    DWORD session = 0;
    ProcessIdToSessionId(GetCurrentProcessId(), &session);
    if (!app_key(home, key) && !sha256(home, wcslen(home) * sizeof *home, key)) /* the app has never run yet */
        return false;
    int size = snprintf(words, sizeof words, "gather %lu %s", (unsigned long)session, verb);
    if (!hmac_sha256(key, words, (size_t)size, digest))
        return false;
    hex(digest, 16, digits);
    return swprintf(name, 96, L"\\\\.\\pipe\\homespun-gather-%ls", digits) > 0;
}

static void take_in(HANDLE pipe, struct names *names, char *room)
{
    ULONGLONG until = GetTickCount64() + FOR_ONE;
    uint64_t rank;
    size_t size;
    char nothing;
    if (!pipe_hear(pipe, room, MESSAGE_MOST, &size, until) || size < sizeof rank)
        return;
    memcpy(&rank, room, sizeof rank);
    if (names_unpack(names, room + sizeof rank, size - sizeof rank, rank) && pipe_say(pipe, "", 1, until))
        pipe_hear(pipe, &nothing, 1, &size, until); /* until it has read that and left: disconnecting would lose it */
}

static void gather_here(HANDLE pipe, struct names *names)
{
    ULONGLONG end = GetTickCount64() + GATHER_MOST, quiet = GetTickCount64() + GATHER_QUIET;
    char *room = HeapAlloc(GetProcessHeap(), 0, MESSAGE_MOST);
    OVERLAPPED call = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    while (room != NULL && call.hEvent != NULL) {
        DWORD moved;
        ResetEvent(call.hEvent);
        bool here = ConnectNamedPipe(pipe, &call) || GetLastError() == ERROR_PIPE_CONNECTED;
        if (!here && GetLastError() == ERROR_IO_PENDING)
            here = pipe_finish(pipe, &call, quiet < end ? quiet : end, &moved);
        if (!here)
            break;
        take_in(pipe, names, room);
        DisconnectNamedPipe(pipe);
        quiet = GetTickCount64() + GATHER_QUIET;
    }
    if (call.hEvent != NULL)
        CloseHandle(call.hEvent);
    HeapFree(GetProcessHeap(), 0, room);
    names_sort(names);
}

/* Whether the process that gathers has taken our names. */
static bool bring(HANDLE pipe, const struct names *names)
{
    ULONGLONG until = GetTickCount64() + FOR_ONE + FOR_ONE;
    struct bytes packed = {NULL, 0, 0};
    uint64_t rank = started();
    ULONG process;
    size_t size;
    char taken;
    bool brought = bytes_add(&packed, &rank, sizeof rank) && names_pack(names, &packed) && packed.size <= MESSAGE_MOST;
    if (brought && GetNamedPipeServerProcessId(pipe, &process))
        AllowSetForegroundWindow(process);
    brought = brought && pipe_say(pipe, packed.data, packed.size, until) && pipe_hear(pipe, &taken, 1, &size, until);
    bytes_free(&packed);
    return brought;
}

bool gather(const WCHAR *home, const char *verb, struct names *names)
{
    WCHAR place[96];
    ULONGLONG until = GetTickCount64() + FOR_ALL;
    uint64_t rank = started();
    for (size_t at = 0; at < names->count; at++)
        names->items[at].rank = rank;
    if (!gathering_place(home, verb, place))
        return true;
    while (GetTickCount64() < until) {
        HANDLE pipe = CreateNamedPipeW(place, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE | FILE_FLAG_OVERLAPPED,
                                       PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1,
                                       4096, MESSAGE_MOST, 0, only_mine());
        if (pipe != INVALID_HANDLE_VALUE) {
            gather_here(pipe, names);
            CloseHandle(pipe);
            return true;
        }
        switch (pipe_open(place, until, &pipe)) {
        case OPENED: {
            bool brought = bring(pipe, names);
            CloseHandle(pipe);
            if (brought)
                return false;
            break;
        }
        case STRANGER:
            return true; /* then each file goes by itself */
        case NOBODY:
        case TOO_LATE:
            Sleep(1);
        }
    }
    return true;
}
