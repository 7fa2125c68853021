/* ProcessPrng, which Windows 8 and later have in bcryptprimitives.dll, and wine 8 has not: numpy asks it for randomness.
   It repairs the tests' wine and never ships. SystemFunction036 is what C headers call RtlGenRandom. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *bytes, ULONG size);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T size)
{
    while (size > 0) {
        ULONG part = size > 0x10000000 ? 0x10000000 : (ULONG)size;
        if (!SystemFunction036(bytes, part))
            return FALSE;
        bytes += part;
        size -= part;
    }
    return TRUE;
}
