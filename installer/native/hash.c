#include "launcher.h"

#include <bcrypt.h>

static bool digest_of(ULONG flags, const uint8_t *key, ULONG key_size, const void *data, size_t size, uint8_t *digest)
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_HASH_HANDLE hash;
    if (size > 0x7fffffff || BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, flags) < 0)
        return false;
    bool done = false;
    if (BCryptCreateHash(algorithm, &hash, NULL, 0, (PUCHAR)key, key_size, 0) >= 0) {
        done = BCryptHashData(hash, (PUCHAR)data, (ULONG)size, 0) >= 0 &&
               BCryptFinishHash(hash, digest, DIGEST_SIZE, 0) >= 0;
        BCryptDestroyHash(hash);
    }
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return done;
}

bool sha256(const void *data, size_t size, uint8_t digest[DIGEST_SIZE])
{
    return digest_of(0, NULL, 0, data, size, digest);
}

bool hmac_sha256(const uint8_t key[KEY_SIZE], const void *data, size_t size, uint8_t digest[DIGEST_SIZE])
{
    return digest_of(BCRYPT_ALG_HANDLE_HMAC_FLAG, key, KEY_SIZE, data, size, digest);
}

bool random_bytes(uint8_t *bytes, size_t size)
{
    return BCryptGenRandom(NULL, bytes, (ULONG)size, BCRYPT_USE_SYSTEM_PREFERRED_RNG) >= 0;
}

void hex(const uint8_t *bytes, size_t size, WCHAR *out)
{
    static const WCHAR DIGITS[] = L"0123456789abcdef";
    for (size_t at = 0; at < size; at++) {
        *out++ = DIGITS[bytes[at] >> 4];
        *out++ = DIGITS[bytes[at] & 15];
    }
    *out = L'\0';
}
