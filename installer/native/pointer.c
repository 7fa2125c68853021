#include "pointer.h"

#include <stdio.h>
#include <string.h>

#include "flat.h"

struct parsed {
    unsigned long numbers[4];
    int stage; /* a, b, r(c), and z for a release */
    unsigned long stage_number;
};

/* Up to `most` digits; how many there were, 0 for none or too many. */
static size_t digits(const char **text, size_t most, unsigned long *value)
{
    size_t count = 0;
    *value = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++) {
        if (count++ == most)
            return 0;
        *value = *value * 10 + (unsigned long)(**text - '0');
    }
    return count;
}

static bool parse(const char *text, struct parsed *found)
{
    size_t numbers = 0;
    memset(found, 0, sizeof *found);
    found->stage = 'z';
    for (;;) {
        if (numbers == 4 || !digits(&text, 6, &found->numbers[numbers++]))
            return false;
        if (*text != '.')
            break;
        text++;
    }
    if (*text == 'a' || *text == 'b') {
        found->stage = *text++;
    } else if (text[0] == 'r' && text[1] == 'c') {
        found->stage = 'r';
        text += 2;
    }
    if (found->stage != 'z' && !digits(&text, 3, &found->stage_number))
        return false;
    return numbers >= 2 && *text == '\0';
}

bool is_version(const char *text)
{
    struct parsed found;
    return strlen(text) < VERSION_ROOM && parse(text, &found);
}

static int compare(unsigned long a, unsigned long b)
{
    return (a > b) - (a < b);
}

int version_order(const char *a, const char *b)
{
    struct parsed first, second;
    if (!parse(a, &first) || !parse(b, &second))
        return 0;
    for (int at = 0; at < 4; at++)
        if (first.numbers[at] != second.numbers[at])
            return compare(first.numbers[at], second.numbers[at]);
    if (first.stage != second.stage)
        return compare((unsigned long)first.stage, (unsigned long)second.stage);
    return compare(first.stage_number, second.stage_number);
}

struct reading {
    struct pointer *found;
    bool schema, version;
};

/* The version that the field holds, else "". */
static void copy_version(const struct flat_field *field, char version[VERSION_ROOM])
{
    version[0] = '\0';
    if (field->kind != FLAT_TEXT || field->length >= VERSION_ROOM)
        return;
    for (size_t at = 0; at < field->length; at++) {
        if (field->text[at] < 0x21 || field->text[at] > 0x7e) {
            version[0] = '\0';
            return;
        }
        version[at] = (char)field->text[at];
        version[at + 1] = '\0';
    }
    if (!is_version(version))
        version[0] = '\0';
}

static bool take(void *context, const struct flat_field *field)
{
    struct reading *reading = context;
    if (strcmp(field->name, "schema") == 0) {
        reading->schema = field->kind == FLAT_NUMBER && field->number == 1;
    } else if (strcmp(field->name, "version") == 0) {
        copy_version(field, reading->found->version);
        reading->version = reading->found->version[0] != '\0';
    } else if (strcmp(field->name, "previous") == 0) {
        copy_version(field, reading->found->previous);
    }
    return true;
}

bool pointer_read(const char *data, size_t size, struct pointer *found)
{
    struct reading reading = {found, false, false};
    memset(found, 0, sizeof *found);
    return size <= POINTER_MOST && flat_read(data, size, take, &reading) && reading.schema && reading.version;
}

size_t pointer_write_back(const char *version, const char *refused, char out[256])
{
    int size = snprintf(out, 256, "{\"schema\": 1, \"version\": \"%.*s\", \"previous\": null, \"refused\": \"%.*s\"}\n",
                        VERSION_ROOM - 1, version, VERSION_ROOM - 1, refused);
    return size > 0 && size < 256 ? (size_t)size : 0;
}

const char *choose(const struct there *there, bool *go_back)
{
    *go_back = false;
    if (there->pointed && there->version_there) {
        *go_back = there->failed_starts >= FAILED_STARTS && there->previous_there;
        return *go_back ? there->pointer.previous : there->pointer.version;
    }
    if (there->pointed && there->previous_there)
        return there->pointer.previous;
    return there->newest;
}
