#include "launcher.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

bool program_root(WCHAR root[PATH_ROOM])
{
    DWORD length = GetModuleFileNameW(NULL, root, PATH_ROOM);
    if (length == 0 || length >= PATH_ROOM)
        return false;
    WCHAR *last = wcsrchr(root, L'\\');
    if (last == NULL)
        return false;
    *last = L'\0';
    return true;
}

/* ROOT\folder\name; false when it is too long. A version is ASCII, and never a path. */
static bool below(const WCHAR *root, const WCHAR *format, const char *version, WCHAR path[PATH_ROOM])
{
    int length = swprintf(path, PATH_ROOM, L"%ls", root);
    return length > 0 && swprintf(path + length, (size_t)(PATH_ROOM - length), format, version) > 0;
}

static bool is_folder(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

static bool version_there(const WCHAR *root, const char *version, WCHAR path[PATH_ROOM])
{
    return version[0] != '\0' && below(root, L"\\versions\\%hs", version, path) && is_folder(path);
}

static bool read_pointer(const WCHAR *root, struct pointer *found, WCHAR path[PATH_ROOM])
{
    if (!below(root, L"\\current.json", "", path))
        return false;
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                              0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    char *data = HeapAlloc(GetProcessHeap(), 0, POINTER_MOST + 1);
    DWORD size = 0;
    bool read = data != NULL && ReadFile(file, data, POINTER_MOST + 1, &size, NULL) && pointer_read(data, size, found);
    HeapFree(GetProcessHeap(), 0, data);
    CloseHandle(file);
    return read;
}

/* The newest version that has a folder, or "". */
static void find_newest(const WCHAR *root, char newest[VERSION_ROOM], WCHAR path[PATH_ROOM])
{
    WIN32_FIND_DATAW found;
    newest[0] = '\0';
    if (!below(root, L"\\versions\\*", "", path))
        return;
    HANDLE search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE)
        return;
    do {
        char name[VERSION_ROOM] = "";
        size_t length = wcslen(found.cFileName);
        if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) || length >= VERSION_ROOM)
            continue;
        for (size_t at = 0; at < length; at++)
            name[at] = found.cFileName[at] < 0x7f ? (char)found.cFileName[at] : '?';
        if (is_version(name) && (newest[0] == '\0' || version_order(name, newest) > 0))
            strcpy(newest, name);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

static unsigned long long failed_starts(const WCHAR *root, const char *version, WCHAR path[PATH_ROOM])
{
    WIN32_FILE_ATTRIBUTE_DATA about;
    if (!below(root, L"\\starts-%hs", version, path) || !GetFileAttributesExW(path, GetFileExInfoStandard, &about))
        return 0;
    return (unsigned long long)about.nFileSizeHigh << 32 | about.nFileSizeLow;
}

static void forget_starts(const WCHAR *root, const char *version, WCHAR path[PATH_ROOM])
{
    if (below(root, L"\\starts-%hs", version, path))
        DeleteFileW(path);
}

static void note_start(const WCHAR *root, const char *version, WCHAR path[PATH_ROOM])
{
    DWORD written;
    if (!below(root, L"\\starts-%hs", version, path))
        return;
    HANDLE file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return; /* a folder that can't be written must not keep the app from starting */
    WriteFile(file, ".", 1, &written, NULL);
    CloseHandle(file);
}

/* Replace current.json, all or nothing. If that can't be, the older version is started all the same. */
static void switch_back(const WCHAR *root, const struct pointer *pointer, WCHAR path[PATH_ROOM])
{
    char words[256];
    WCHAR *temporary = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *temporary);
    DWORD written, size = (DWORD)pointer_write_back(pointer->previous, pointer->version, words);
    char unique[32];
    snprintf(unique, sizeof unique, "%lu", (unsigned long)GetCurrentProcessId());
    if (temporary != NULL && size > 0 && below(root, L"\\.current.%hs.tmp", unique, temporary) &&
        below(root, L"\\current.json", "", path)) {
        forget_starts(root, pointer->previous, path);
        below(root, L"\\current.json", "", path);
        HANDLE file = CreateFileW(temporary, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
        if (file != INVALID_HANDLE_VALUE) {
            bool whole = WriteFile(file, words, size, &written, NULL) && written == size && FlushFileBuffers(file);
            CloseHandle(file);
            if (whole && MoveFileExW(temporary, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
                forget_starts(root, pointer->version, path);
            else
                DeleteFileW(temporary);
        }
    }
    HeapFree(GetProcessHeap(), 0, temporary);
}

bool version_folder(const WCHAR *root, bool counted, WCHAR folder[PATH_ROOM])
{
    struct there there = {0};
    bool go_back;
    there.pointed = read_pointer(root, &there.pointer, folder);
    if (there.pointed) {
        there.version_there = version_there(root, there.pointer.version, folder);
        there.previous_there = version_there(root, there.pointer.previous, folder);
        there.failed_starts = counted ? failed_starts(root, there.pointer.version, folder) : 0;
    }
    find_newest(root, there.newest, folder);
    const char *chosen = choose(&there, &go_back);
    if (chosen[0] == '\0')
        return false;
    if (go_back)
        switch_back(root, &there.pointer, folder);
    if (counted)
        note_start(root, chosen, folder);
    return below(root, L"\\versions\\%hs", chosen, folder);
}
