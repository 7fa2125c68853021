/* homespun.exe ARGUMENTS…   the command line: runs Python with the program's current version, and ends as it ends. */
#include "launcher.h"

#include <stdio.h>
#include <wchar.h>

/* The rest of the command line after the program's own name, exactly as it was typed. For the name alone a backslash means
   nothing special. */
static const WCHAR *after_name(const WCHAR *line)
{
    bool quoted = false;
    for (; *line != L'\0' && (quoted || (*line != L' ' && *line != L'\t')); line++)
        if (*line == L'"')
            quoted = !quoted;
    return line;
}

/* Ctrl-C goes to everybody on this console, Python included, and we wait for what it does. */
static BOOL WINAPI stay(DWORD event)
{
    return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
}

/* Let Python end when we are ended; what it starts itself, like the app, stays. */
static void tie(HANDLE process)
{
    HANDLE job = CreateJobObjectW(NULL, NULL);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
    if (job != NULL && SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits))
        AssignProcessToJobObject(job, process); /* the handle is closed when we end */
}

static void say(told what)
{
    WCHAR text[1024];
    char bytes[4096];
    DWORD written;
    HANDLE stream = GetStdHandle(STD_ERROR_HANDLE);
    tell_text(what, L"", text, 1023);
    wcscat(text, L"\n");
    if (WriteConsoleW(stream, text, (DWORD)wcslen(text), &written, NULL))
        return;
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    if (size > 1)
        WriteFile(stream, bytes, (DWORD)size - 1, &written, NULL);
}

static HANDLE run(const WCHAR *rest)
{
    static WCHAR root[PATH_ROOM], folder[PATH_ROOM], python[PATH_ROOM];
    size_t room = PATH_ROOM + wcslen(rest);
    WCHAR *command = HeapAlloc(GetProcessHeap(), 0, room * sizeof *command), *environment = clean_environment();
    STARTUPINFOW how = {.cb = sizeof how};
    PROCESS_INFORMATION process = {0};
    GetStartupInfoW(&how);
    how.lpReserved = NULL;
    if (command == NULL || environment == NULL || !program_root(root) || !version_folder(root, false, folder) ||
        swprintf(python, PATH_ROOM, L"%ls\\python\\python.exe", folder) < 0 ||
        swprintf(command, room, L"\"%ls\" -m desktop%ls", python, rest) < 0 ||
        !CreateProcessW(python, command, NULL, NULL, TRUE, CREATE_UNICODE_ENVIRONMENT, environment, NULL, &how, &process))
        return NULL;
    tie(process.hProcess);
    CloseHandle(process.hThread);
    return process.hProcess;
}

int wmain(void)
{
    DWORD code = 1;
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
    SetConsoleCtrlHandler(stay, TRUE);
    HANDLE process = run(after_name(GetCommandLineW()));
    if (process == NULL) {
        say(TOLD_NO_PROGRAM);
        return 1;
    }
    WaitForSingleObject(process, INFINITE);
    GetExitCodeProcess(process, &code);
    return (int)code;
}
