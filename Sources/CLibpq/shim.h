// Debian keeps PostgreSQL's headers in a folder that the compiler only knows where pkg-config is installed.
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h>
#endif
