#include "launcher.h"

#include <initguid.h>
#include <knownfolders.h>
#include <shlobj.h>
#include <stdio.h>
#include <wchar.h>

static bool append(WCHAR *path, const WCHAR *more)
{
    size_t length = wcslen(path), added = wcslen(more);
    if (length + added + 1 > PATH_ROOM)
        return false;
    memcpy(path + length, more, (added + 1) * sizeof *more);
    return true;
}

/* As pathlib writes a path: backslashes, none twice or at the end, no "." parts. The root (`anchor` signs) stays. */
static void tidy(WCHAR *path, size_t anchor)
{
    WCHAR *to = path + anchor;
    for (const WCHAR *from = path + anchor; *from != L'\0';) {
        size_t part = wcscspn(from, L"\\");
        if (part > 0 && !(part == 1 && *from == L'.')) {
            if (to > path && to[-1] != L'\\')
                *to++ = L'\\';
            memmove(to, from, part * sizeof *from);
            to += part;
        }
        from += part + (from[part] == L'\\');
    }
    *to = L'\0';
}

/* How many signs the root of a path has: `C:\` or `\\server\share\`; 0 for one that is not absolute. */
static size_t anchor_of(const WCHAR *path)
{
    if (path[0] != L'\0' && path[1] == L':' && path[2] == L'\\')
        return 3;
    if (path[0] != L'\\' || path[1] != L'\\')
        return 0;
    size_t server = 2 + wcscspn(path + 2, L"\\");
    return path[server] == L'\0' ? server : server + 1 + wcscspn(path + server + 1, L"\\");
}

/* HOMESPUN_HOME as Path(…).expanduser().absolute() reads it. */
static bool named_home(const WCHAR *named, WCHAR *home)
{
    WCHAR *whole = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *whole);
    bool found = whole != NULL;
    home[0] = L'\0';
    if (found && named[0] == L'~' && (named[1] == L'\0' || named[1] == L'\\' || named[1] == L'/')) {
        DWORD length = GetEnvironmentVariableW(L"USERPROFILE", home, PATH_ROOM);
        found = length > 0 && length < PATH_ROOM;
        named++;
    }
    if (found)
        found = append(home, named);
    for (WCHAR *at = home; found && *at != L'\0'; at++)
        if (*at == L'/')
            *at = L'\\';
    if (found && anchor_of(home) == 0) {
        DWORD length;
        if (home[0] == L'\\') { /* below the root of the drive that we are on */
            length = GetCurrentDirectoryW(PATH_ROOM, whole);
            if (length >= 2 && length < PATH_ROOM)
                whole[anchor_of(whole) ? anchor_of(whole) - 1 : 2] = L'\0';
        } else if (home[0] != L'\0' && home[1] == L':') { /* where we are on another drive */
            WCHAR drive[3] = {home[0], L':', L'\0'};
            length = GetFullPathNameW(drive, PATH_ROOM, whole, NULL);
            memmove(home, home + 2, (wcslen(home + 2) + 1) * sizeof *home);
        } else {
            length = GetCurrentDirectoryW(PATH_ROOM, whole);
        }
        found = length > 0 && length < PATH_ROOM && append(whole, L"\\") && append(whole, home);
        if (found)
            memcpy(home, whole, (wcslen(whole) + 1) * sizeof *home);
    }
    if (found)
        tidy(home, anchor_of(home));
    HeapFree(GetProcessHeap(), 0, whole);
    return found;
}

bool app_home(WCHAR home[PATH_ROOM])
{
    WCHAR *named = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *named);
    if (named == NULL)
        return false;
    DWORD length = GetEnvironmentVariableW(L"HOMESPUN_HOME", named, PATH_ROOM);
    bool found = length < PATH_ROOM;
    if (length > 0 && found) {
        found = named_home(named, home) && append(home, L"\\data\\app");
    } else if (found) {
        PWSTR local = NULL;
        found = SHGetKnownFolderPath(&FOLDERID_LocalAppData, KF_FLAG_DONT_VERIFY, NULL, &local) == S_OK;
        home[0] = L'\0';
        found = found && append(home, local) && append(home, L"\\homespun\\app");
        CoTaskMemFree(local);
    }
    HeapFree(GetProcessHeap(), 0, named);
    return found;
}

bool app_key(const WCHAR *home, uint8_t key[KEY_SIZE])
{
    WCHAR *path = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *path);
    if (path == NULL)
        return false;
    path[0] = L'\0';
    bool found = false;
    if (append(path, home) && append(path, L"\\key")) {
        HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                  OPEN_EXISTING, 0, NULL);
        if (file != INVALID_HANDLE_VALUE) {
            uint8_t more[KEY_SIZE + 1];
            DWORD size = 0;
            found = ReadFile(file, more, sizeof more, &size, NULL) && size == KEY_SIZE;
            memcpy(key, more, found ? KEY_SIZE : 0);
            CloseHandle(file);
        }
    }
    HeapFree(GetProcessHeap(), 0, path);
    return found;
}

bool app_pipe(const WCHAR *home, WCHAR name[64])
{
    WCHAR digits[2 * DIGEST_SIZE + 1];
    uint8_t digest[DIGEST_SIZE];
    struct bytes utf8 = {NULL, 0, 0};
    int length = (int)wcslen(home);
    WCHAR *lower = HeapAlloc(GetProcessHeap(), 0, ((size_t)length + 1) * sizeof *lower);
    bool done = lower != NULL && /* os.path.normcase */
                LCMapStringEx(LOCALE_NAME_INVARIANT, LCMAP_LOWERCASE, home, length, lower, length, NULL, NULL, 0) == length &&
                utf8_add(&utf8, lower, (size_t)length) && sha256(utf8.data, utf8.size, digest);
    if (done) {
        hex(digest, DIGEST_SIZE, digits);
        digits[32] = L'\0';
        done = swprintf(name, 64, L"\\\\.\\pipe\\homespun-%ls", digits) > 0;
    }
    bytes_free(&utf8);
    HeapFree(GetProcessHeap(), 0, lower);
    return done;
}
