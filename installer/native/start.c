#include "launcher.h"

#include <stdio.h>
#include <wchar.h>

static bool leads_astray(const WCHAR *variable)
{
    return _wcsnicmp(variable, L"PYTHON", 6) == 0 || _wcsnicmp(variable, L"__PYVENV_LAUNCHER__=", 20) == 0;
}

WCHAR *clean_environment(void)
{
    WCHAR *all = GetEnvironmentStringsW();
    if (all == NULL)
        return NULL;
    size_t size = 1;
    for (const WCHAR *at = all; *at != L'\0'; at += wcslen(at) + 1)
        size += wcslen(at) + 1;
    WCHAR *kept = HeapAlloc(GetProcessHeap(), 0, (size + 1) * sizeof *kept), *to = kept;
    for (const WCHAR *at = all; kept != NULL && *at != L'\0'; at += wcslen(at) + 1) {
        if (leads_astray(at))
            continue;
        memcpy(to, at, (wcslen(at) + 1) * sizeof *at);
        to += wcslen(at) + 1;
    }
    if (kept != NULL)
        to[0] = to[1] = L'\0'; /* an empty environment ends with two */
    FreeEnvironmentStringsW(all);
    return kept;
}

HANDLE start_app(const WCHAR *root)
{
    WCHAR *folder = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *folder);
    WCHAR *command = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *command);
    WCHAR *python = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *python);
    WCHAR *environment = clean_environment();
    STARTUPINFOW how = {.cb = sizeof how};
    PROCESS_INFORMATION process = {0};
    if (folder != NULL && command != NULL && python != NULL && environment != NULL && version_folder(root, true, folder) &&
        swprintf(python, PATH_ROOM, L"%ls\\python\\pythonw.exe", folder) > 0 &&
        swprintf(command, PATH_ROOM, L"\"%ls\" -m desktop app --await", python) > 0 &&
        CreateProcessW(python, command, NULL, NULL, FALSE, CREATE_UNICODE_ENVIRONMENT | CREATE_DEFAULT_ERROR_MODE, environment,
                       folder, &how, &process))
        CloseHandle(process.hThread);
    else
        process.hProcess = NULL;
    HeapFree(GetProcessHeap(), 0, environment);
    HeapFree(GetProcessHeap(), 0, python);
    HeapFree(GetProcessHeap(), 0, command);
    HeapFree(GetProcessHeap(), 0, folder);
    return process.hProcess;
}
