// Faults that are planted in the product on purpose, by changing what it says to its databases on the way (LD_PRELOAD).
// A test that does not turn red when one of these is in place proves nothing. PLANT names one:
//
//   normal      SQLite runs with `synchronous = NORMAL` while the product believes in FULL: "PRAGMA synchronous = FULL"
//               becomes NORMAL, and the reading back answers 2
//   halves      SQLite's writer runs without transactions: BEGIN and COMMIT become statements that do nothing, and the
//               connection says that it is in one
//   forget      a COMMIT of SQLite's writer becomes a ROLLBACK that is reported as done
//   pg-halves   the same on PostgreSQL: writers' BEGIN becomes a statement that does nothing, and
//               what they set for the transaction is set for the connection
//   pg-off      the product's connections keep `synchronous_commit = off` where the server has it
//   pg-unlocked writers on PostgreSQL do not take turns, and nobody holds a job: the advisory locks, the conditions of
//               the updates of jobs, and the leases are left out
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
typedef struct pg_conn PGconn;
int sqlite3_db_readonly(sqlite3 *, const char *);
int sqlite3_get_autocommit(sqlite3 *);

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static int is(const char *word) {
  const char *plant = getenv("PLANT");
  return plant && strcmp(plant, word) == 0;
}

static int begins(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

// The connection that believes that it is in a transaction.
static _Atomic(sqlite3 *) pretended;

int sqlite3_get_autocommit(sqlite3 *database) {
  return database && database == pretended ? 0 : REAL(sqlite3_get_autocommit)(database);
}

// What SQLite shall read instead of a statement; the statement itself where nothing is planted.
static const char *planted_sqlite(sqlite3 *database, const char *text) {
  int (*read_only)(sqlite3 *, const char *) = REAL(sqlite3_db_readonly);
  if (is("normal")) {
    if (begins(text, "PRAGMA synchronous = FULL")) return "PRAGMA synchronous = NORMAL";
    if (strcmp(text, "PRAGMA synchronous") == 0) return "SELECT 2";
  }
  if (is("halves") && !read_only(database, "main")) {
    int begin = begins(text, "BEGIN IMMEDIATE");
    if (begin || begins(text, "COMMIT") || begins(text, "ROLLBACK")) {
      pretended = begin ? database : NULL;
      return "SELECT 1";
    }
  }
  if (is("forget") && !read_only(database, "main") && begins(text, "COMMIT")) return "ROLLBACK";
  return text;
}

int sqlite3_prepare_v3(
  sqlite3 *database, const char *text, int size, unsigned flags, sqlite3_stmt **statement, const char **rest
) {
  const char *read = planted_sqlite(database, text);
  if (read == text) return REAL(sqlite3_prepare_v3)(database, text, size, flags, statement, rest);
  int answer = REAL(sqlite3_prepare_v3)(database, read, -1, flags, statement, NULL);
  if (rest) *rest = text + strlen(text);
  return answer;
}

// The text with the first `from` become `to`; the text itself where it has none, or where the room is too small.
static const char *swapped(const char *text, const char *from, const char *to, char *room, size_t size) {
  const char *place = strstr(text, from);
  if (!place || strlen(text) + strlen(to) >= size) return text;
  size_t before = place - text;
  memcpy(room, text, before);
  strcpy(room + before, to);
  strcat(room, place + strlen(from));
  return room;
}

// What PostgreSQL shall read instead of a statement. `room` is for a statement that is made of another one.
static const char *planted_postgres(const char *text, char *room, size_t size) {
  if (is("pg-halves") && begins(text, "BEGIN ISOLATION LEVEL READ COMMITTED")) return "SELECT 1";
  if (is("pg-halves") && begins(text, "SET LOCAL ") && strlen(text) < size) {
    strcpy(room, "SET ");
    strcat(room, text + strlen("SET LOCAL "));
    return room;
  }
  const char *turned = "'off' THEN 'on'";
  const char *place = strstr(text, turned);
  if (is("pg-off") && place && strlen(text) < size) {
    strcpy(room, text);
    memcpy(room + (place - text), "'off' THEN 'off'", 16);
    strcpy(room + (place - text) + 16, place + strlen(turned));
    return room;
  }
  if (is("pg-unlocked") && strstr(text, "advisory_xact_lock_shared"))
    return "SELECT 'true'::text, COALESCE('true', $1)::text";
  if (is("pg-unlocked") && begins(text, "UPDATE database_job"))
    return swapped(text, " AND state = ", " OR 1 = 0 AND state = ", room, size);
  if (is("pg-unlocked") && strstr(text, "FROM database_job"))
    return swapped(text, "lease_until <=", "lease_until >=", room, size);
  return text;
}

int PQsendPrepare(PGconn *link, const char *name, const char *text, int count, const unsigned *types) {
  char room[2048];
  return REAL(PQsendPrepare)(link, name, planted_postgres(text, room, sizeof room), count, types);
}

int PQsendQueryParams(
  PGconn *link, const char *text, int count, const unsigned *types, const char *const *values, const int *lengths,
  const int *formats, int format
) {
  char room[2048];
  const char *read = planted_postgres(text, room, sizeof room);
  return REAL(PQsendQueryParams)(link, read, count, types, values, lengths, formats, format);
}
