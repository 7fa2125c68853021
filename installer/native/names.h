/* File names as Windows has them: UTF-16 units that need not be text. In pipes they travel as UTF-8 in which a lone
   surrogate has three bytes of its own, one zero byte after each name. */
#ifndef HOMESPUN_NAMES_H
#define HOMESPUN_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAME_MOST = 32767, NAMES_MOST = 16384 };

struct name {
    uint16_t *units; /* a zero follows */
    size_t length;
    uint64_t rank; /* names are sorted by this */
    uint32_t hash;
};

struct names {
    struct name *items;
    size_t count, room;
};

struct bytes {
    char *data;
    size_t size, room;
};

/* Append; false when there is no memory. */
bool bytes_add(struct bytes *to, const void *data, size_t size);
void bytes_free(struct bytes *bytes);

/* Append a name that is not there yet; one that is there twice, empty or too long is left out. False when there is no
   memory, or there are too many. */
bool names_add(struct names *names, const uint16_t *units, size_t length, uint64_t rank);

/* The lower ranks first; those of one rank stay in their order. */
void names_sort(struct names *names);
void names_free(struct names *names);

/* Append each name of a list from a pipe. False when the list is broken: then nothing of it may be used. */
bool names_unpack(struct names *names, const char *data, size_t size, uint64_t rank);

/* The list for a pipe. */
bool names_pack(const struct names *names, struct bytes *to);

/* Append UTF-8. */
bool utf8_add(struct bytes *to, const uint16_t *units, size_t length);

#endif
