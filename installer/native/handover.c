#include "launcher.h"

#include <string.h>

static ULONGLONG in(DWORD milliseconds)
{
    return GetTickCount64() + milliseconds;
}

/* Prove that we can read the key, and have it proved. Nothing is said before the other end has done so. `wrong` is for an
   end that says what the app would not; one that only breaks off is an app that ends. */
static bool meet(HANDLE pipe, const uint8_t key[KEY_SIZE], ULONGLONG until, bool *wrong)
{
    uint8_t heard[CHALLENGE_MOST], said[CHALLENGE_MOST], random[CHALLENGE_RANDOM];
    size_t size, length;
    *wrong = false;
    if (!pipe_hear(pipe, heard, sizeof heard, &size, until))
        return false;
    length = challenge_reply(key, heard, size, said);
    *wrong = length == 0;
    if (*wrong || !pipe_say(pipe, said, length, until) || !pipe_hear(pipe, heard, sizeof heard, &size, until))
        return false;
    *wrong = size != strlen(WELCOME) || memcmp(heard, WELCOME, size) != 0;
    if (*wrong || !random_bytes(random, sizeof random))
        return false;
    length = challenge_make(random, said);
    if (!pipe_say(pipe, said, length, until) || !pipe_hear(pipe, heard, sizeof heard, &size, until))
        return false;
    *wrong = !challenge_holds(key, said, length, heard, size);
    const char *verdict = *wrong ? FAILURE : WELCOME;
    return pipe_say(pipe, verdict, strlen(verdict), until) && !*wrong;
}

/* Explorer gave us the right to take the focus, because the person has just clicked. The app gets it. */
static void let_come_forward(HANDLE pipe)
{
    ULONG process;
    if (GetNamedPipeServerProcessId(pipe, &process))
        AllowSetForegroundWindow(process);
}

static outcome ask(HANDLE pipe, const uint8_t key[KEY_SIZE], const struct bytes *line, ULONGLONG until, struct answer *answer)
{
    char heard[ANSWER_MOST];
    size_t size;
    bool wrong;
    if (!meet(pipe, key, until, &wrong))
        return wrong ? FOREIGN : GetTickCount64() >= until ? SILENT : LEAVING;
    let_come_forward(pipe);
    if (!pipe_say(pipe, line->data, line->size, until) || !pipe_hear(pipe, heard, sizeof heard, &size, until))
        return GetTickCount64() >= until ? SILENT : LEAVING; /* it ended in the middle */
    if (!answer_read(heard, size, answer))
        return FOREIGN;
    return answer->taken ? TAKEN : answer->leaving ? LEAVING : REFUSED;
}

outcome hand_over(const WCHAR *home, const struct bytes *line, DWORD patience, struct answer *answer)
{
    WCHAR name[64];
    uint8_t key[KEY_SIZE];
    HANDLE pipe;
    ULONGLONG until = in(patience);
    if (!app_pipe(home, name) || !app_key(home, key))
        return ABSENT;
    switch (pipe_open(name, until, &pipe)) {
    case NOBODY:
        return ABSENT;
    case STRANGER:
        return FOREIGN;
    case TOO_LATE:
        return SILENT;
    case OPENED:
        break;
    }
    outcome found = ask(pipe, key, line, until, answer);
    CloseHandle(pipe);
    return found;
}
