/* Versions, and `current.json` that says which one runs: the same rules as installer/versions.py. */
#ifndef HOMESPUN_POINTER_H
#define HOMESPUN_POINTER_H

#include <stdbool.h>
#include <stddef.h>

enum { VERSION_ROOM = 40, POINTER_MOST = 65536, FAILED_STARTS = 2 };

struct pointer {
    char version[VERSION_ROOM];
    char previous[VERSION_ROOM]; /* "" for none */
};

/* Whether `text` is a version (1.2.0, 1.2.0rc1): never a path or a device. */
bool is_version(const char *text);

/* < 0, 0, > 0 as version `a` is older than, as old as, or newer than `b`; both must be versions. */
int version_order(const char *a, const char *b);

/* Whether `data` is a pointer; then `found` is it. */
bool pointer_read(const char *data, size_t size, struct pointer *found);

/* The pointer that takes `refused` back and lets `version` run; the bytes written to `out`. */
size_t pointer_write_back(const char *version, const char *refused, char out[256]);

/* What choosing knows of the disk. */
struct there {
    bool pointed;           /* there is a pointer */
    struct pointer pointer;
    bool version_there;     /* the pointer's version has its folder */
    bool previous_there;
    unsigned long long failed_starts;
    char newest[VERSION_ROOM]; /* the newest version that has a folder, or "" */
};

/* The version to start, or "" for none; `go_back` tells whether the pointer has to be switched back to it first. */
const char *choose(const struct there *there, bool *go_back);

#endif
