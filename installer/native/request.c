#include "request.h"

#include <stdio.h>
#include <string.h>

#include "flat.h"

/* As Python's json does it: ASCII, and everything else by its unit, so that no name is too odd to arrive. */
static bool add_text(struct bytes *to, const uint16_t *units, size_t length)
{
    bool added = bytes_add(to, "\"", 1);
    for (size_t at = 0; added && at < length; at++) {
        char out[8];
        int size;
        if (units[at] == '"' || units[at] == '\\')
            size = snprintf(out, sizeof out, "\\%c", (char)units[at]);
        else if (units[at] >= 0x20 && units[at] < 0x7f)
            size = snprintf(out, sizeof out, "%c", (char)units[at]);
        else
            size = snprintf(out, sizeof out, "\\u%04x", units[at]);
        added = bytes_add(to, out, (size_t)size);
    }
    return added && bytes_add(to, "\"", 1);
}

static const char END[] = "]}\n";

bool request_line(const char *verb, const struct names *names, size_t *next, struct bytes *line)
{
    char start[96];
    int size = snprintf(start, sizeof start, "{\"v\":1,\"do\":\"%.40s\",\"paths\":[", verb);
    line->size = 0;
    if (!bytes_add(line, start, (size_t)size))
        return false;
    for (size_t taken = 0; *next < names->count && taken < REQUEST_PATHS; taken++) {
        size_t before = line->size;
        if (taken > 0 && !bytes_add(line, ",", 1))
            return false;
        if (!add_text(line, names->items[*next].units, names->items[*next].length))
            return false;
        if (line->size + strlen(END) > REQUEST_MOST) {
            line->size = before;
            break;
        }
        ++*next;
    }
    return bytes_add(line, END, strlen(END));
}

struct reading {
    struct answer *found;
    bool version, taken;
};

static bool take(void *context, const struct flat_field *field)
{
    struct reading *reading = context;
    if (strcmp(field->name, "v") == 0) {
        reading->version = field->kind == FLAT_NUMBER && field->number == 1;
    } else if (strcmp(field->name, "taken") == 0) {
        reading->taken = field->kind == FLAT_TRUE || field->kind == FLAT_FALSE;
        reading->found->taken = field->kind == FLAT_TRUE;
    } else if (strcmp(field->name, "why") == 0) {
        size_t length = field->length < WHY_ROOM - 1 ? field->length : WHY_ROOM - 1;
        if (field->kind != FLAT_TEXT)
            return false;
        memcpy(reading->found->why, field->text, length * 2);
        reading->found->why[length] = 0;
        reading->found->leaving = flat_is(field, "it is leaving");
    }
    return true;
}

bool answer_read(const char *data, size_t size, struct answer *found)
{
    struct reading reading = {found, false, false};
    memset(found, 0, sizeof *found);
    if (size == 0 || size > ANSWER_MOST || data[size - 1] != '\n' || memchr(data, '\n', size - 1) != NULL)
        return false;
    return flat_read(data, size, take, &reading) && reading.version && reading.taken;
}
