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

/* Linux gives a process the tiles of newer processors (AMX) only when it asks, and wine 8 asks for none: ONNX Runtime sees
   them in cpuid, uses them, and dies of an illegal instruction. So this asks: arch_prctl(ARCH_REQ_XCOMP_PERM, XTILEDATA).
   A kernel or processor that knows nothing of it answers with an error, which changes nothing. */
static void ask_for_tiles(void)
{
    long answer = 158;
    __asm__ volatile("syscall" : "+a"(answer) : "D"(0x1023L), "S"(18L) : "rcx", "r11", "memory");
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, void *reserved)
{
    (void)self;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
        ask_for_tiles();
    return TRUE;
}
