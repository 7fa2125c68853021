/* What is asked of the running app, and what it answers: one line of JSON each, as desktop/handoff.py has them. */
#ifndef HOMESPUN_REQUEST_H
#define HOMESPUN_REQUEST_H

#include "names.h"

enum { REQUEST_MOST = 1048576, REQUEST_PATHS = 4096, ANSWER_MOST = 8192, WHY_ROOM = 1024 };

/* The line that asks to do `verb` with the names from `*next` on, as many as a request may hold; `*next` moves on. */
bool request_line(const char *verb, const struct names *names, size_t *next, struct bytes *line);

struct answer {
    bool taken;
    bool leaving;           /* not taken because the app ends just now */
    uint16_t why[WHY_ROOM]; /* a zero follows */
};

/* Whether `data` is an answer; then `found` is it. */
bool answer_read(const char *data, size_t size, struct answer *found);

#endif
