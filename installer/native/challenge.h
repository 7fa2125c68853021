/* How both ends of the app's pipe prove that they can read the key: the challenge of Python's multiprocessing.connection
   (3.12 and later), of which only the form {sha256} is spoken. */
#ifndef HOMESPUN_CHALLENGE_H
#define HOMESPUN_CHALLENGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEY_SIZE = 32, DIGEST_SIZE = 32, CHALLENGE_RANDOM = 40, CHALLENGE_MOST = 256 };

/* HMAC-SHA-256, by whoever links this. */
bool hmac_sha256(const uint8_t key[KEY_SIZE], const void *data, size_t size, uint8_t digest[DIGEST_SIZE]);

/* The reply to a challenge; 0 for what is no challenge of this form. */
size_t challenge_reply(const uint8_t key[KEY_SIZE], const uint8_t *heard, size_t size, uint8_t reply[CHALLENGE_MOST]);

/* A challenge of our own. */
size_t challenge_make(const uint8_t random[CHALLENGE_RANDOM], uint8_t challenge[CHALLENGE_MOST]);

/* Whether `heard` is the right reply to `challenge`. */
bool challenge_holds(const uint8_t key[KEY_SIZE], const uint8_t *challenge, size_t size, const uint8_t *heard,
                     size_t heard_size);

extern const char WELCOME[], FAILURE[];

#endif
