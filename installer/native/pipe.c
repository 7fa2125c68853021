#include "launcher.h"

#include <aclapi.h>
#include <sddl.h>

static DWORD left(ULONGLONG until)
{
    ULONGLONG now = GetTickCount64();
    return until > now ? (DWORD)(until - now) : 0;
}

/* Whether the SID that our token tells as `kind` is `owner`. Both structures hold nothing but a pointer to the SID. */
static bool token_tells(HANDLE token, TOKEN_INFORMATION_CLASS kind, PSID owner)
{
    union {
        TOKEN_OWNER is;
        BYTE room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } told;
    DWORD size;
    return GetTokenInformation(token, kind, &told, sizeof told, &size) && EqualSid(owner, told.is.Owner);
}

/* Whether `owner` is this person, or somebody whom nothing here keeps out anyway: administrators and the system.
   Windows lets nobody without such rights make an object in another's name. */
static bool is_trusted(PSID owner)
{
    HANDLE token;
    if (IsWellKnownSid(owner, WinBuiltinAdministratorsSid) || IsWellKnownSid(owner, WinLocalSystemSid))
        return true;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return false;
    bool mine = token_tells(token, TokenUser, owner) || token_tells(token, TokenOwner, owner);
    CloseHandle(token);
    return mine;
}

/* Windows gives every pipe an owner; wine gives it none, and there nobody else is. */
static bool is_of_somebody_trusted(HANDLE pipe)
{
    PSID owner = NULL;
    PSECURITY_DESCRIPTOR about = NULL;
    bool trusted =
        GetSecurityInfo(pipe, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL, &about) == ERROR_SUCCESS &&
        (owner == NULL || is_trusted(owner));
    LocalFree(about);
    return trusted;
}

opening pipe_open(const WCHAR *name, ULONGLONG until, HANDLE *pipe)
{
    for (;;) {
        /* Identification: who listens learns who we are, and can't act in our name. */
        *pipe = CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
        if (*pipe != INVALID_HANDLE_VALUE)
            break;
        DWORD error = GetLastError();
        if (error == ERROR_ACCESS_DENIED)
            return STRANGER;
        if (error != ERROR_PIPE_BUSY)
            return NOBODY;
        if (left(until) == 0)
            return TOO_LATE;
        WaitNamedPipeW(name, left(until) < 50 ? left(until) : 50);
    }
    DWORD mode = PIPE_READMODE_MESSAGE;
    bool trusted = is_of_somebody_trusted(*pipe);
    if (trusted && SetNamedPipeHandleState(*pipe, &mode, NULL, NULL))
        return OPENED;
    CloseHandle(*pipe);
    *pipe = INVALID_HANDLE_VALUE;
    return trusted ? NOBODY : STRANGER;
}

bool pipe_finish(HANDLE pipe, OVERLAPPED *call, ULONGLONG until, DWORD *moved)
{
    if (WaitForSingleObject(call->hEvent, left(until)) != WAIT_OBJECT_0) {
        CancelIoEx(pipe, call);
        GetOverlappedResult(pipe, call, moved, TRUE); /* `call` is on the stack: Windows must be done with it */
        return false;
    }
    return GetOverlappedResult(pipe, call, moved, FALSE);
}

bool pipe_say(HANDLE pipe, const void *data, size_t size, ULONGLONG until)
{
    OVERLAPPED call = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    DWORD moved = 0;
    bool said = call.hEvent != NULL;
    if (said && !WriteFile(pipe, data, (DWORD)size, NULL, &call) && GetLastError() != ERROR_IO_PENDING)
        said = false;
    else if (said)
        said = pipe_finish(pipe, &call, until, &moved) && moved == size;
    if (call.hEvent != NULL)
        CloseHandle(call.hEvent);
    return said;
}

bool pipe_hear(HANDLE pipe, void *data, size_t room, size_t *size, ULONGLONG until)
{
    OVERLAPPED call = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    DWORD moved = 0;
    bool heard = call.hEvent != NULL;
    /* A message that is longer than the room ends with ERROR_MORE_DATA, which counts as failed. */
    if (heard && !ReadFile(pipe, data, (DWORD)room, NULL, &call) && GetLastError() != ERROR_IO_PENDING)
        heard = false;
    else if (heard)
        heard = pipe_finish(pipe, &call, until, &moved);
    if (call.hEvent != NULL)
        CloseHandle(call.hEvent);
    *size = heard ? moved : 0;
    return heard;
}

SECURITY_ATTRIBUTES *only_mine(void)
{
    static SECURITY_ATTRIBUTES found;
    static const WCHAR START[] = L"D:P(A;;FA;;;SY)(A;;FA;;;", END[] = L")";
    HANDLE token;
    union {
        TOKEN_USER user;
        BYTE room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } me;
    DWORD size;
    WCHAR *sid = NULL, words[320] = L"";
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return NULL;
    bool known = GetTokenInformation(token, TokenUser, &me, sizeof me, &size) && ConvertSidToStringSidW(me.user.User.Sid, &sid);
    CloseHandle(token);
    if (known && lstrlenW(START) + lstrlenW(sid) + lstrlenW(END) < 320) {
        lstrcpyW(words, START);
        lstrcatW(words, sid);
        lstrcatW(words, END);
        found.nLength = sizeof found;
        known = ConvertStringSecurityDescriptorToSecurityDescriptorW(words, SDDL_REVISION_1, &found.lpSecurityDescriptor, NULL);
    }
    LocalFree(sid);
    return known ? &found : NULL;
}
