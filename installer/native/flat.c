#include "flat.h"

#include <string.h>

struct reader {
    const char *at;
    const char *end;
};

static void skip_blanks(struct reader *from)
{
    while (from->at < from->end && (*from->at == ' ' || *from->at == '\t' || *from->at == '\r' || *from->at == '\n'))
        from->at++;
}

static bool take_sign(struct reader *from, char sign)
{
    skip_blanks(from);
    if (from->at == from->end || *from->at != sign)
        return false;
    from->at++;
    return true;
}

static bool take_word(struct reader *from, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(from->end - from->at) < length || memcmp(from->at, word, length) != 0)
        return false;
    from->at += length;
    return true;
}

static int hex_digit(char sign)
{
    if (sign >= '0' && sign <= '9')
        return sign - '0';
    if (sign >= 'a' && sign <= 'f')
        return sign - 'a' + 10;
    if (sign >= 'A' && sign <= 'F')
        return sign - 'A' + 10;
    return -1;
}

static bool take_escape(struct reader *from, uint16_t *unit)
{
    static const char SIGNS[] = "\"\\/bfnrt", MEANT[] = "\"\\/\b\f\n\r\t";
    if (from->at == from->end)
        return false;
    char sign = *from->at++;
    if (sign == 'u') {
        unsigned value = 0;
        for (int digit = 0; digit < 4; digit++) {
            int nibble = from->at < from->end ? hex_digit(*from->at++) : -1;
            if (nibble < 0)
                return false;
            value = value << 4 | (unsigned)nibble;
        }
        *unit = (uint16_t)value;
        return true;
    }
    const char *found = sign ? strchr(SIGNS, sign) : NULL;
    if (found == NULL)
        return false;
    *unit = (uint16_t)MEANT[found - SIGNS];
    return true;
}

/* Both ends write ASCII and escape the rest, so a byte beyond it is no text of ours. */
static bool take_text(struct reader *from, uint16_t *text, size_t room, size_t *length)
{
    *length = 0;
    if (!take_sign(from, '"'))
        return false;
    while (from->at < from->end) {
        char sign = *from->at++;
        uint16_t unit = (uint16_t)(unsigned char)sign;
        if (sign == '"')
            return true;
        if (unit < 0x20 || unit > 0x7e)
            return false;
        if (sign == '\\' && !take_escape(from, &unit))
            return false;
        if (*length == room)
            return false;
        text[(*length)++] = unit;
    }
    return false;
}

static bool take_number(struct reader *from, long *number)
{
    long value = 0;
    const char *first = from->at;
    while (from->at < from->end && *from->at >= '0' && *from->at <= '9') {
        if (from->at - first == 9)
            return false;
        value = value * 10 + (*from->at++ - '0');
    }
    *number = value;
    return from->at > first && (*first != '0' || from->at == first + 1);
}

static bool take_value(struct reader *from, struct flat_field *field)
{
    skip_blanks(from);
    field->length = 0;
    field->number = 0;
    if (from->at == from->end)
        return false;
    if (*from->at == '"') {
        field->kind = FLAT_TEXT;
        return take_text(from, field->text, FLAT_TEXT_MOST, &field->length);
    }
    if (*from->at >= '0' && *from->at <= '9') {
        field->kind = FLAT_NUMBER;
        return take_number(from, &field->number);
    }
    field->kind = FLAT_NULL;
    if (take_word(from, "null"))
        return true;
    field->kind = FLAT_TRUE;
    if (take_word(from, "true"))
        return true;
    field->kind = FLAT_FALSE;
    return take_word(from, "false");
}

static bool take_name(struct reader *from, char name[FLAT_NAME])
{
    uint16_t wide[FLAT_NAME - 1];
    size_t length;
    if (!take_text(from, wide, FLAT_NAME - 1, &length))
        return false;
    for (size_t at = 0; at < length; at++) {
        if (wide[at] < 0x20 || wide[at] > 0x7e)
            return false;
        name[at] = (char)wide[at];
    }
    name[length] = '\0';
    return true;
}

bool flat_read(const char *data, size_t size, flat_take take, void *context)
{
    struct reader from = {data, data + size};
    struct flat_field field;
    char seen[FLAT_FIELDS][FLAT_NAME];
    size_t fields = 0;
    if (!take_sign(&from, '{'))
        return false;
    if (!take_sign(&from, '}')) {
        do {
            if (fields == FLAT_FIELDS || !take_name(&from, field.name))
                return false;
            for (size_t other = 0; other < fields; other++)
                if (strcmp(seen[other], field.name) == 0)
                    return false;
            memcpy(seen[fields++], field.name, FLAT_NAME);
            if (!take_sign(&from, ':') || !take_value(&from, &field) || !take(context, &field))
                return false;
        } while (take_sign(&from, ','));
        if (!take_sign(&from, '}'))
            return false;
    }
    skip_blanks(&from);
    return from.at == from.end;
}

bool flat_is(const struct flat_field *field, const char *word)
{
    size_t length = strlen(word);
    if (field->kind != FLAT_TEXT || field->length != length)
        return false;
    for (size_t at = 0; at < length; at++)
        if (field->text[at] != (uint16_t)(unsigned char)word[at])
            return false;
    return true;
}
