#include "challenge.h"

#include <string.h>

static const char CHALLENGE[] = "#CHALLENGE#", FORM[] = "{sha256}";
const char WELCOME[] = "#WELCOME#", FAILURE[] = "#FAILURE#";

enum { PREFIX = sizeof CHALLENGE - 1, FORM_SIZE = sizeof FORM - 1, LEAST = 20 };

size_t challenge_reply(const uint8_t key[KEY_SIZE], const uint8_t *heard, size_t size, uint8_t reply[CHALLENGE_MOST])
{
    if (size > CHALLENGE_MOST || size < PREFIX + FORM_SIZE + LEAST || memcmp(heard, CHALLENGE, PREFIX) != 0 ||
        memcmp(heard + PREFIX, FORM, FORM_SIZE) != 0)
        return 0;
    memcpy(reply, FORM, FORM_SIZE);
    if (!hmac_sha256(key, heard + PREFIX, size - PREFIX, reply + FORM_SIZE)) /* the form is signed as well */
        return 0;
    return FORM_SIZE + DIGEST_SIZE;
}

size_t challenge_make(const uint8_t random[CHALLENGE_RANDOM], uint8_t challenge[CHALLENGE_MOST])
{
    memcpy(challenge, CHALLENGE, PREFIX);
    memcpy(challenge + PREFIX, FORM, FORM_SIZE);
    memcpy(challenge + PREFIX + FORM_SIZE, random, CHALLENGE_RANDOM);
    return PREFIX + FORM_SIZE + CHALLENGE_RANDOM;
}

bool challenge_holds(const uint8_t key[KEY_SIZE], const uint8_t *challenge, size_t size, const uint8_t *heard,
                     size_t heard_size)
{
    uint8_t expected[DIGEST_SIZE];
    unsigned differs = 0;
    if (size < PREFIX || heard_size != FORM_SIZE + DIGEST_SIZE || memcmp(heard, FORM, FORM_SIZE) != 0 ||
        !hmac_sha256(key, challenge + PREFIX, size - PREFIX, expected))
        return false;
    for (size_t at = 0; at < DIGEST_SIZE; at++)
        differs |= (unsigned)(expected[at] ^ heard[FORM_SIZE + at]);
    return differs == 0;
}
