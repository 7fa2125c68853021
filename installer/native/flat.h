/* A reader for the JSON that this program has to understand: one flat object of texts, whole numbers and words.
   Whatever is not exactly that is refused. Plain C, so that it is tried on Linux too (tests/packaging/native). */
#ifndef HOMESPUN_FLAT_H
#define HOMESPUN_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FLAT_NAME = 16, FLAT_TEXT_MOST = 2048, FLAT_FIELDS = 16 };

enum flat_kind { FLAT_NULL, FLAT_TRUE, FLAT_FALSE, FLAT_NUMBER, FLAT_TEXT };

struct flat_field {
    char name[FLAT_NAME];
    enum flat_kind kind;
    long number;
    uint16_t text[FLAT_TEXT_MOST]; /* UTF-16, not ended by a zero */
    size_t length;
};

/* Called with each field in turn; false ends the reading, which then counts as refused. */
typedef bool (*flat_take)(void *context, const struct flat_field *field);

/* Whether `data` is one flat object, all of whose fields were taken. */
bool flat_read(const char *data, size_t size, flat_take take, void *context);

/* Whether a text is exactly `word` (ASCII). */
bool flat_is(const struct flat_field *field, const char *word);

#endif
