/* homespun-launch.exe VERB [--] FILE…   hands a selection to the running app, and starts it if it isn't there.
   homespun-launch.exe VERB --stdin      the same for a list of UTF-8 names, each ended by a zero byte.
   It never moves, is quick to start, and treats file names as nothing but data. */
#include "launcher.h"

#include <shellapi.h>
#include <string.h>
#include <wchar.h>

/* Milliseconds. */
#ifndef ANSWER_PATIENCE
#define ANSWER_PATIENCE 10000
#endif
#ifndef START_PATIENCE
#define START_PATIENCE 30000
#endif
enum { FAREWELL = 5000, MOMENT = 50, LIST_MOST = 64 << 20 };

enum { NO_FILES = 0, ONE_FOLDER = 1, FILES = 2 };

struct verb {
    const WCHAR *word;
    const char *request;
    int takes;
};

static const struct verb VERBS[] = {
    {L"app", "app", NO_FILES},           {L"background", "background", NO_FILES}, {L"palette", "palette", NO_FILES},
    {L"open", "edit", FILES},            {L"edit", "edit", FILES},                {L"erase", "erase", FILES},
    {L"enlarge-2", "enlarge-2", FILES},  {L"enlarge-4", "enlarge-4", FILES},      {L"search", "search", ONE_FOLDER},
};

static const struct verb *find_verb(const WCHAR *word)
{
    for (size_t at = 0; at < sizeof VERBS / sizeof *VERBS; at++)
        if (wcscmp(VERBS[at].word, word) == 0)
            return &VERBS[at];
    return NULL;
}

/* Add a name, absolute and tidied. A quotation mark can't be in a name: at the end it was the backslash of a folder,
   which took the mark's meaning away ("C:\"). */
static bool add_name(struct names *names, const WCHAR *given)
{
    size_t length = wcslen(given);
    WCHAR *whole = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *whole);
    WCHAR *name = HeapAlloc(GetProcessHeap(), 0, (length + 1) * sizeof *name);
    bool added = whole != NULL && name != NULL;
    if (added) {
        memcpy(name, given, (length + 1) * sizeof *name);
        if (length > 1 && name[length - 1] == L'"')
            name[length - 1] = L'\\';
        DWORD size = wcsncmp(name, L"\\\\?\\", 4) == 0 ? 0 : GetFullPathNameW(name, PATH_ROOM, whole, NULL);
        added = size > 0 && size < PATH_ROOM ? names_add(names, whole, size, 0) : names_add(names, name, length, 0);
    }
    HeapFree(GetProcessHeap(), 0, name);
    HeapFree(GetProcessHeap(), 0, whole);
    return added;
}

static bool names_of_words(struct names *names, WCHAR **words, int count)
{
    bool only_names = false;
    for (int at = 0; at < count; at++) {
        if (!only_names && wcscmp(words[at], L"--") == 0)
            only_names = true;
        else if (!add_name(names, words[at]))
            return false;
    }
    return true;
}

static bool names_of_stream(struct names *names)
{
    HANDLE stream = GetStdHandle(STD_INPUT_HANDLE);
    struct bytes list = {NULL, 0, 0};
    char part[16384];
    DWORD size;
    bool whole = stream != NULL && stream != INVALID_HANDLE_VALUE;
    while (whole && ReadFile(stream, part, sizeof part, &size, NULL) && size > 0)
        whole = list.size + size <= LIST_MOST && bytes_add(&list, part, size);
    whole = whole && names_unpack(names, list.data, list.size, 0);
    bytes_free(&list);
    return whole;
}

/* Whether the line was taken; else the person was told why not. */
static bool deliver(const WCHAR *home, const WCHAR *root, const struct bytes *line)
{
    static HANDLE app; /* the one that we started, for all lines */
    static ULONGLONG give_up;
    static struct answer answer;
    ULONGLONG farewell = GetTickCount64() + FAREWELL;
    for (;;) {
        bool ended = app != NULL && WaitForSingleObject(app, 0) == WAIT_OBJECT_0;
        DWORD code = 0;
        switch (hand_over(home, line, app != NULL ? START_PATIENCE : ANSWER_PATIENCE, &answer)) {
        case TAKEN:
            return true;
        case REFUSED:
            tell(TOLD_REFUSED, answer.why);
            return false;
        case SILENT:
            tell(TOLD_SILENT, L"");
            return false;
        case FOREIGN:
            tell(TOLD_FOREIGN, L"");
            return false;
        case LEAVING:
            if (GetTickCount64() > farewell) {
                tell(TOLD_SILENT, L"");
                return false;
            }
            break;
        case ABSENT:
            if (app == NULL) {
                app = start_app(root);
                give_up = GetTickCount64() + START_PATIENCE;
                if (app == NULL) {
                    tell(TOLD_NO_PROGRAM, L"");
                    return false;
                }
            } else if (GetTickCount64() > give_up || (ended && GetExitCodeProcess(app, &code) && code != 0)) {
                tell(TOLD_NO_START, L"");
                return false;
            }
        }
        Sleep(MOMENT);
    }
}

static int hand_on(const struct verb *verb, struct names *names, bool gathers)
{
    WCHAR *home = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *home);
    WCHAR *root = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *root);
    struct bytes line = {NULL, 0, 0};
    size_t next = 0;
    bool done = home != NULL && root != NULL && app_home(home) && program_root(root);
    if (!done) {
        tell(TOLD_NO_PROGRAM, L"");
    } else if (!gathers || gather(home, verb->request, names)) {
        do {
            done = request_line(verb->request, names, &next, &line) && deliver(home, root, &line);
        } while (done && next < names->count);
    }
    bytes_free(&line);
    HeapFree(GetProcessHeap(), 0, root);
    HeapFree(GetProcessHeap(), 0, home);
    return done ? 0 : 1;
}

static int launch(int count, WCHAR **words)
{
    const struct verb *verb = count > 1 ? find_verb(words[1]) : find_verb(L"app");
    bool stream = count == 3 && wcscmp(words[2], L"--stdin") == 0;
    struct names names = {NULL, 0, 0};
    if (verb == NULL || (verb->takes == NO_FILES && count > 2)) {
        tell(TOLD_USAGE, L"");
        return 2;
    }
    if (!(stream ? names_of_stream(&names) : names_of_words(&names, words + 2, count - 2))) {
        tell(TOLD_LIST, L"");
        return 2;
    }
    if (verb->takes == ONE_FOLDER && names.count != 1) {
        tell(TOLD_FOLDER, L"");
        return 2;
    }
    if (verb->takes == FILES && names.count == 0) /* "open" with nothing to open */
        verb = find_verb(L"app");
    int code = hand_on(verb, &names, verb->takes == FILES && !stream);
    names_free(&names);
    return code;
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR line, int show)
{
    int count;
    (void)self, (void)before, (void)line, (void)show;
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32); /* nothing is loaded from where the pictures are */
    WCHAR **words = CommandLineToArgvW(GetCommandLineW(), &count);
    return words == NULL ? 2 : launch(count, words);
}
