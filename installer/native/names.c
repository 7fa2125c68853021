#include "names.h"

#include <stdlib.h>
#include <string.h>

bool bytes_add(struct bytes *to, const void *data, size_t size)
{
    if (size > to->room - to->size) {
        size_t room = to->room * 2 + size + 256;
        char *grown = realloc(to->data, room);
        if (grown == NULL)
            return false;
        to->data = grown;
        to->room = room;
    }
    if (size > 0)
        memcpy(to->data + to->size, data, size);
    to->size += size;
    return true;
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    memset(bytes, 0, sizeof *bytes);
}

static uint32_t hash_of(const uint16_t *units, size_t length)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t at = 0; at < length; at++)
        hash = (hash ^ units[at]) * 16777619u;
    return hash;
}

static struct name *find(struct names *names, const uint16_t *units, size_t length, uint32_t hash)
{
    for (size_t at = 0; at < names->count; at++) {
        struct name *item = &names->items[at];
        if (item->hash == hash && item->length == length && memcmp(item->units, units, length * 2) == 0)
            return item;
    }
    return NULL;
}

bool names_add(struct names *names, const uint16_t *units, size_t length, uint64_t rank)
{
    uint32_t hash = hash_of(units, length);
    if (length == 0 || length > NAME_MOST)
        return true;
    struct name *twin = find(names, units, length, hash);
    if (twin != NULL) {
        if (rank < twin->rank)
            twin->rank = rank;
        return true;
    }
    if (names->count == NAMES_MOST)
        return false;
    if (names->count == names->room) {
        size_t room = names->room * 2 + 16;
        struct name *grown = realloc(names->items, room * sizeof *grown);
        if (grown == NULL)
            return false;
        names->items = grown;
        names->room = room;
    }
    uint16_t *kept = malloc((length + 1) * 2);
    if (kept == NULL)
        return false;
    memcpy(kept, units, length * 2);
    kept[length] = 0;
    names->items[names->count++] = (struct name){kept, length, rank, hash};
    return true;
}

void names_sort(struct names *names)
{
    for (size_t at = 1; at < names->count; at++) { /* they arrive nearly in order */
        struct name moved = names->items[at];
        size_t to = at;
        for (; to > 0 && names->items[to - 1].rank > moved.rank; to--)
            names->items[to] = names->items[to - 1];
        names->items[to] = moved;
    }
}

void names_free(struct names *names)
{
    for (size_t at = 0; at < names->count; at++)
        free(names->items[at].units);
    free(names->items);
    memset(names, 0, sizeof *names);
}

static int tail(const unsigned char *at, const unsigned char *end, int count, uint32_t *sign)
{
    if (end - at <= count)
        return 0;
    for (int byte = 1; byte <= count; byte++) {
        if ((at[byte] & 0xc0) != 0x80)
            return 0;
        *sign = *sign << 6 | (at[byte] & 0x3f);
    }
    return count + 1;
}

/* The sign at `at` and how many bytes it has; 0 for what is no UTF-8. Surrogates are let through, one by one. */
static int decode(const unsigned char *at, const unsigned char *end, uint32_t *sign)
{
    int size;
    *sign = *at;
    if (*at < 0x80)
        return 1;
    if (*at >= 0xc2 && *at < 0xe0) {
        *sign = *at & 0x1f;
        return tail(at, end, 1, sign);
    }
    if (*at >= 0xe0 && *at < 0xf0) {
        *sign = *at & 0x0f;
        size = tail(at, end, 2, sign);
        return *sign < 0x800 ? 0 : size;
    }
    if (*at >= 0xf0 && *at < 0xf5) {
        *sign = *at & 0x07;
        size = tail(at, end, 3, sign);
        return *sign < 0x10000 || *sign > 0x10ffff ? 0 : size;
    }
    return 0;
}

bool names_unpack(struct names *names, const char *data, size_t size, uint64_t rank)
{
    const unsigned char *at = (const unsigned char *)data, *end = at + size;
    if (size > 0 && end[-1] != '\0')
        return false;
    uint16_t *units = malloc((NAME_MOST + 2) * sizeof *units);
    bool whole = units != NULL;
    size_t length = 0;
    while (whole && at < end) {
        uint32_t sign;
        int bytes = decode(at, end, &sign);
        if (bytes == 0) {
            whole = false;
        } else if (sign == 0) {
            whole = names_add(names, units, length, rank);
            length = 0;
        } else if (length >= NAME_MOST) {
            whole = false;
        } else if (sign >= 0x10000) {
            units[length++] = (uint16_t)(0xd800 + ((sign - 0x10000) >> 10));
            units[length++] = (uint16_t)(0xdc00 + ((sign - 0x10000) & 0x3ff));
        } else {
            units[length++] = (uint16_t)sign;
        }
        at += bytes;
    }
    free(units);
    return whole;
}

bool utf8_add(struct bytes *to, const uint16_t *units, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        uint32_t sign = units[at];
        char out[4];
        size_t size;
        if (sign >= 0xd800 && sign < 0xdc00 && at + 1 < length && units[at + 1] >= 0xdc00 && units[at + 1] < 0xe000)
            sign = 0x10000 + ((sign - 0xd800) << 10) + (units[++at] - 0xdc00u);
        if (sign < 0x80) {
            out[0] = (char)sign;
            size = 1;
        } else if (sign < 0x800) {
            out[0] = (char)(0xc0 | sign >> 6);
            out[1] = (char)(0x80 | (sign & 0x3f));
            size = 2;
        } else if (sign < 0x10000) {
            out[0] = (char)(0xe0 | sign >> 12);
            out[1] = (char)(0x80 | (sign >> 6 & 0x3f));
            out[2] = (char)(0x80 | (sign & 0x3f));
            size = 3;
        } else {
            out[0] = (char)(0xf0 | sign >> 18);
            out[1] = (char)(0x80 | (sign >> 12 & 0x3f));
            out[2] = (char)(0x80 | (sign >> 6 & 0x3f));
            out[3] = (char)(0x80 | (sign & 0x3f));
            size = 4;
        }
        if (!bytes_add(to, out, size))
            return false;
    }
    return true;
}

bool names_pack(const struct names *names, struct bytes *to)
{
    for (size_t at = 0; at < names->count; at++)
        if (!utf8_add(to, names->items[at].units, names->items[at].length) || !bytes_add(to, "", 1))
            return false;
    return true;
}
