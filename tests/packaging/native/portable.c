/* The launcher's plain C, tried on this machine (compiled with ASan and UBSan).
   portable choose             a pointer on standard input, then what is there: see tests/packaging/test_native_parts.py
   portable answer|names|reply one message on standard input
   portable request VERB       a list of names on standard input
   portable fuzz ROUNDS SEED   damaged messages of every kind; says how many were read */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "challenge.h"
#include "flat.h"
#include "names.h"
#include "pointer.h"
#include "request.h"

/* Not the real one, which Windows brings: any function of key and data shows what is signed. */
bool hmac_sha256(const uint8_t key[KEY_SIZE], const void *data, size_t size, uint8_t digest[DIGEST_SIZE])
{
    for (size_t at = 0; at < DIGEST_SIZE; at++)
        digest[at] = (uint8_t)(key[at] + (size > at ? ((const uint8_t *)data)[size - 1 - at] : 0) + size);
    return true;
}

static uint64_t state;
static uint32_t any(void) /* xorshift64* */
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * 2685821657736338717ull) >> 32);
}

/* Exactly `size` bytes of its own, so that reading one more is seen. */
static char *copied(const char *data, size_t size)
{
    char *copy = malloc(size + !size);
    if (copy == NULL)
        abort();
    memcpy(copy, data, size);
    return copy;
}

static const char *const SAMPLES[] = {
    "{\"schema\": 1, \"version\": \"1.2.0\", \"previous\": \"1.1.0rc1\", \"refused\": \"1.3.0\", \"by_hand\": true}\n",
    "{\"v\":1,\"taken\":false,\"why\":\"it is leaving\"}\n",
    "{\"v\":1,\"taken\":true,\"why\":\"\\u00e9\\ud83d\\\"\\\\\\n/\"}\n",
    "C:\\\xc3\xa9\\\xe6\x97\xa5\xf0\x9f\x96\xbc.jpg",
    "C:\\\xed\xa0\xbd x\xed\xb6\xbc.png",
    "#CHALLENGE#{sha256}0123456789012345678901234567890123456789",
    "{sha256}01234567890123456789012345678901",
};
enum { SAMPLE_COUNT = sizeof SAMPLES / sizeof *SAMPLES, ROOM = 6000 };

static size_t damaged(char *out)
{
    const char *from = SAMPLES[any() % SAMPLE_COUNT];
    size_t size = strlen(from) + (any() % 4 == 0);
    memcpy(out, from, size);
    for (uint32_t change = any() % 8; change > 0; change--) {
        size_t at = any() % (size + 1);
        uint32_t how = any() % 5;
        if (how == 0 && size > 0) {
            out[at % size] = (char)any();
        } else if (how == 1 && size > 0) {
            size = at;
        } else if (how == 2 && size < 3000) {
            memmove(out + at * 0 + size, out, size);
            size *= 2;
        } else if (how == 3 && size < ROOM - 1) {
            memmove(out + at + 1, out + at, size - at);
            out[at] = "\"\\{}[]:,0u\n\0 \xc3\xed"[any() % 15];
            size++;
        } else if (size > 0) {
            out[at % size] ^= (char)(1u << any() % 8);
        }
    }
    return size;
}

static unsigned try_all(const char *data, size_t size)
{
    static struct answer answer;
    static const uint8_t KEY[KEY_SIZE] = "key";
    uint8_t reply[CHALLENGE_MOST];
    struct pointer pointer;
    struct names names = {0};
    struct bytes line = {0};
    unsigned read = 0;
    size_t next = 0;
    char back[256];
    if (pointer_read(data, size, &pointer)) {
        read |= 1;
        if (!is_version(pointer.version) || (pointer.previous[0] && !is_version(pointer.previous)))
            abort();
        struct pointer again;
        size_t written = pointer_write_back(pointer.version, pointer.version, back);
        if (!pointer_read(back, written, &again) || strcmp(again.version, pointer.version) != 0)
            abort();
    }
    read |= answer_read(data, size, &answer) ? 2 : 0;
    if (names_unpack(&names, data, size, 1)) {
        read |= 4;
        while (next < names.count)
            if (!request_line("erase", &names, &next, &line) || line.size > REQUEST_MOST)
                abort();
        line.size = 0;
        if (!names_pack(&names, &line))
            abort();
    }
    read |= challenge_reply(KEY, (const uint8_t *)data, size, reply) ? 8 : 0;
    read |= challenge_holds(KEY, (const uint8_t *)SAMPLES[5], strlen(SAMPLES[5]), (const uint8_t *)data, size) ? 16 : 0;
    names_free(&names);
    bytes_free(&line);
    return read;
}

static int fuzz(long rounds, uint64_t seed)
{
    long read[5] = {0};
    char room[ROOM * 2];
    state = seed * 2 + 1;
    for (long round = 0; round < rounds; round++) {
        size_t size = damaged(room);
        char *copy = copied(room, size);
        unsigned found = try_all(copy, size);
        for (int kind = 0; kind < 5; kind++)
            read[kind] += found >> kind & 1;
        free(copy);
    }
    printf("%ld messages: %ld pointers, %ld answers, %ld lists, %ld challenges, %ld replies were read\n", rounds, read[0], read[1],
           read[2], read[3], read[4]);
    return 0;
}

static int choosing(int count, char **words, const char *data, size_t size)
{
    struct there there = {0};
    bool go_back;
    there.pointed = pointer_read(data, size, &there.pointer);
    there.failed_starts = strtoull(words[0], NULL, 10);
    for (int at = 1; at < count; at++) {
        if (!is_version(words[at]))
            continue;
        there.version_there |= strcmp(words[at], there.pointer.version) == 0;
        there.previous_there |= strcmp(words[at], there.pointer.previous) == 0;
        if (there.newest[0] == '\0' || version_order(words[at], there.newest) > 0)
            strcpy(there.newest, words[at]);
    }
    const char *chosen = choose(&there, &go_back);
    printf("%s %s\n", chosen[0] ? chosen : "-", go_back ? "back" : "stay");
    return 0;
}

int main(int count, char **words)
{
    static char room[4 << 20];
    if (count == 4 && strcmp(words[1], "fuzz") == 0)
        return fuzz(atol(words[2]), strtoull(words[3], NULL, 10));
    size_t size = fread(room, 1, sizeof room, stdin);
    char *data = copied(room, size);
    struct names names = {0};
    struct bytes line = {0};
    size_t next = 0;
    int code = 1;
    if (count >= 3 && strcmp(words[1], "choose") == 0) {
        code = choosing(count - 2, words + 2, data, size);
    } else if (count == 2 && strcmp(words[1], "answer") == 0) {
        static struct answer answer;
        code = !answer_read(data, size, &answer);
        printf("%d %d\n", answer.taken, answer.leaving);
    } else if (count == 3 && strcmp(words[1], "request") == 0) {
        code = !names_unpack(&names, data, size, 0);
        do {
            code |= !request_line(words[2], &names, &next, &line);
            fwrite(line.data, 1, line.size, stdout);
        } while (next < names.count);
    } else if (count == 2 && strcmp(words[1], "order") == 0) {
        char *second = memchr(data, ' ', size);
        if (second != NULL && size < 100) {
            *second = '\0';
            memmove(room, second + 1, size - (size_t)(second + 1 - data));
            room[size - (size_t)(second + 1 - data)] = '\0';
            printf("%d %d %d\n", is_version(data), is_version(room), version_order(data, room));
            code = 0;
        }
    }
    names_free(&names);
    bytes_free(&line);
    free(data);
    return code;
}
