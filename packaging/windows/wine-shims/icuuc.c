/* Windows has ICU since version 1703 and Wine has not. Only for trying things under Wine: every
 * converter is said to be missing, and Qt then does without. Never shipped. */
#define SHOWN __declspec(dllexport)
#define FILE_ACCESS_ERROR 4

typedef int Error;

#define NOTHING(name, ...) SHOWN void name(__VA_ARGS__) {}
#define ABSENT(type, name, ...) SHOWN type name(__VA_ARGS__) { *error = FILE_ACCESS_ERROR; return 0; }
#define ZERO(type, name, ...) SHOWN type name(__VA_ARGS__) { return 0; }

#pragma GCC diagnostic ignored "-Wunused-parameter"
ABSENT(void *, ucnv_open, const char *name, Error *error)
ABSENT(const char *, ucnv_getName, void *converter, Error *error)
ABSENT(const char *, ucnv_getStandardName, const char *name, const char *standard, Error *error)
ZERO(const char *, ucnv_getAvailableName, int index)
ZERO(int, ucnv_countAvailable, void)
ZERO(int, ucnv_toUCountPending, void *converter, Error *error)
ZERO(int, ucnv_fromUCountPending, void *converter, Error *error)
ZERO(signed char, ucnv_getMaxCharSize, void *converter)
NOTHING(ucnv_close, void *converter)
NOTHING(ucnv_reset, void *converter)
NOTHING(ucnv_getToUCallBack, void *converter, void **action, void **context)
NOTHING(ucnv_getFromUCallBack, void *converter, void **action, void **context)
NOTHING(ucnv_setToUCallBack, void *c, void *a, void *b, void **d, void **e, Error *error)
NOTHING(ucnv_setFromUCallBack, void *c, void *a, void *b, void **d, void **e, Error *error)
NOTHING(ucnv_cbToUWriteUChars, void *a, void *b, int c, int d, Error *error)
NOTHING(ucnv_cbFromUWriteUChars, void *a, void **b, void *c, int d, Error *error)
NOTHING(ucnv_toUnicode, void *a, void **b, void *c, void **d, void *e, int *f, char g, Error *error)
NOTHING(ucnv_fromUnicode, void *a, void **b, void *c, void **d, void *e, int *f, char g, Error *error)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE, void)
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE, void)
