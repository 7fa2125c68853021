/* What the two launchers and the menu share of Windows. */
#ifndef HOMESPUN_LAUNCHER_H
#define HOMESPUN_LAUNCHER_H

#ifndef UNICODE
#define UNICODE
#endif
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "challenge.h"
#include "names.h"
#include "pointer.h"
#include "request.h"

enum { PATH_ROOM = 32768 };

/* --- home.c: the folder of the app of this person, and its key ----------------------------------------------------- */

/* The folder of the running app, as homespun/folders.py finds it. False when Windows tells no folder. */
bool app_home(WCHAR home[PATH_ROOM]);

/* The key that both ends of the pipe know; false when the app has never run. */
bool app_key(const WCHAR *home, uint8_t key[KEY_SIZE]);

/* `\\.\pipe\homespun-…` of that app, as desktop/pipes.py names it. */
bool app_pipe(const WCHAR *home, WCHAR name[64]);

/* --- hash.c ---------------------------------------------------------------------------------------------------------- */

bool sha256(const void *data, size_t size, uint8_t digest[DIGEST_SIZE]);
bool random_bytes(uint8_t *bytes, size_t size);
void hex(const uint8_t *bytes, size_t size, WCHAR *out);

/* --- pipe.c: messages with deadlines, in milliseconds of GetTickCount64 ------------------------------------------------ */

typedef enum { OPENED, NOBODY, STRANGER, TOO_LATE } opening;

/* Open the pipe `name` for messages. STRANGER: somebody else's, whose end may not be trusted with anything. */
opening pipe_open(const WCHAR *name, ULONGLONG until, HANDLE *pipe);
bool pipe_say(HANDLE pipe, const void *data, size_t size, ULONGLONG until);

/* One whole message of up to `room` bytes. */
bool pipe_hear(HANDLE pipe, void *data, size_t room, size_t *size, ULONGLONG until);

/* Wait for an overlapped call; false when it failed or was given up. */
bool pipe_finish(HANDLE pipe, OVERLAPPED *call, ULONGLONG until, DWORD *moved);

/* A security descriptor that lets this person and the system in and nobody else; NULL when there is none. LocalFree it. */
SECURITY_ATTRIBUTES *only_mine(void);

/* --- handover.c -------------------------------------------------------------------------------------------------------- */

typedef enum { TAKEN, REFUSED, LEAVING, ABSENT, SILENT, FOREIGN } outcome;

/* Ask the running app; `answer` is set for REFUSED. */
outcome hand_over(const WCHAR *home, const struct bytes *line, DWORD patience, struct answer *answer);

/* --- gather.c ---------------------------------------------------------------------------------------------------------- */

/* Explorer starts one process for each file. The first one of a verb gathers what the others bring: true for it, with all
   names in the order in which their processes were started. False for the others: theirs were taken. */
bool gather(const WCHAR *home, const char *verb, struct names *names);

/* --- layout.c: the program folder, as installer/versions.py has it ------------------------------------------------------ */

/* The folder of this program, without a backslash at its end. */
bool program_root(WCHAR root[PATH_ROOM]);

/* The folder of the version to start. False when none is there. With `counted`, a version that failed twice is left, and
   this start is counted. */
bool version_folder(const WCHAR *root, bool counted, WCHAR folder[PATH_ROOM]);

/* --- start.c ----------------------------------------------------------------------------------------------------------- */

/* The environment without what would send Python elsewhere. HeapFree it; NULL when there is no memory. */
WCHAR *clean_environment(void);

/* Start the app with nothing to do; its process, or NULL. */
HANDLE start_app(const WCHAR *root);

/* --- tell.c ------------------------------------------------------------------------------------------------------------ */

typedef enum { TOLD_USAGE, TOLD_LIST, TOLD_NO_PROGRAM, TOLD_NO_START, TOLD_SILENT, TOLD_FOREIGN, TOLD_REFUSED, TOLD_FOLDER } told;

/* What happened and what to do, in the person's language; `why` goes where the sentence has a %. */
void tell_text(told what, const WCHAR *why, WCHAR *text, size_t room);

/* The same in a window. */
void tell(told what, const WCHAR *why);

#endif
