/* The functions of converters that Qt 6 asks of Windows' own ICU (icuuc.dll, since Windows 10 1703), and wine 8 has not.
   Here there are none: every call says that it failed, and Qt goes on without. It repairs the tests' wine and never ships. */

typedef unsigned short Unit;
typedef int Code;
enum { FAILED = 1, NOT_FOUND = 4 };
#define SHIP __declspec(dllexport)

static void fail(Code *code, Code why)
{
    if (code)
        *code = why;
}

SHIP void *ucnv_open(const char *name, Code *code) { (void)name; fail(code, NOT_FOUND); return 0; }
SHIP void ucnv_close(void *converter) { (void)converter; }
SHIP void ucnv_reset(void *converter) { (void)converter; }
SHIP signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
SHIP const char *ucnv_getName(void *converter, Code *code) { (void)converter; fail(code, FAILED); return 0; }
SHIP const char *ucnv_getStandardName(const char *name, const char *standard, Code *code)
{
    (void)name, (void)standard;
    fail(code, FAILED);
    return 0;
}
SHIP const char *ucnv_getAvailableName(int which) { (void)which; return 0; }
SHIP int ucnv_countAvailable(void) { return 0; }
SHIP int ucnv_toUCountPending(void *converter, Code *code) { (void)converter, (void)code; return 0; }
SHIP int ucnv_fromUCountPending(void *converter, Code *code) { (void)converter, (void)code; return 0; }

SHIP void ucnv_toUnicode(void *converter, Unit **to, const Unit *to_end, const char **from, const char *from_end,
                         int *offsets, signed char flush, Code *code)
{
    (void)converter, (void)to, (void)to_end, (void)from, (void)from_end, (void)offsets, (void)flush;
    fail(code, FAILED);
}
SHIP void ucnv_fromUnicode(void *converter, char **to, const char *to_end, const Unit **from, const Unit *from_end,
                           int *offsets, signed char flush, Code *code)
{
    (void)converter, (void)to, (void)to_end, (void)from, (void)from_end, (void)offsets, (void)flush;
    fail(code, FAILED);
}

/* Called by converters only, and there are none. */
SHIP void ucnv_getToUCallBack(void) {}
SHIP void ucnv_getFromUCallBack(void) {}
SHIP void ucnv_setToUCallBack(void) {}
SHIP void ucnv_setFromUCallBack(void) {}
SHIP void ucnv_cbToUWriteUChars(void) {}
SHIP void ucnv_cbFromUWriteUChars(void) {}
SHIP void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
SHIP void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
