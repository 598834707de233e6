// Loaded before the C library (LD_PRELOAD), this counts every call with which a process changes files below one folder,
// and every call with which it talks to one database server, and makes one of them go wrong. One counter for all
// threads, so that "the N-th call" means the same in every run of the same work.
//
//   FAULT_UNDER    count the calls on files whose path begins with this
//   FAULT_PEER     count the calls on sockets whose other end's path begins with this
//   FAULT_FROM     count only once a file of this name is there; always without
//   FAULT_LOG      a file outside that folder: a line "number call size path" for every call that is counted
//   FAULT_AT       the number of the call that goes wrong, from 1; none without
//   FAULT_KIND     how, for files:
//                    kill    the process is killed instead of making the call
//                    torn    half of a write is done, then the process is killed; any other call is done first
//                    enospc  the call says that the disk is full; the next one works again
//                    full    the disk is full from this call on: what needs room fails, the rest works
//                    eio     the call says that the disk failed
//                    short   half of a write is done, and the call says so
//                    drop    the call is left out and says that it was done: the planted fault
//                  and for sockets:
//                    kill    as above
//                    reset   the connection breaks: this call fails, and the other end sees the connection end
//                    run     FAULT_RUN, a program, is run to its end; then the call is made
//   FAULT_SWALLOW  "enospc" turns every full disk into a lie: a write that failed is said to have succeeded
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static atomic_long calls;
static long at = -1;
static const char *under, *peer, *from, *kind = "", *swallow = "", *program;
static int log_file = -1;

__attribute__((constructor)) static void begin(void) {
  under = getenv("FAULT_UNDER");
  peer = getenv("FAULT_PEER");
  from = getenv("FAULT_FROM");
  program = getenv("FAULT_RUN");
  if (getenv("FAULT_AT")) at = atol(getenv("FAULT_AT"));
  if (getenv("FAULT_KIND")) kind = getenv("FAULT_KIND");
  if (getenv("FAULT_SWALLOW")) swallow = getenv("FAULT_SWALLOW");
  const char *path = getenv("FAULT_LOG");
  if (path) log_file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static int is(const char *word) { return strcmp(kind, word) == 0; }

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) syscall(SYS_pause);
}

static int begins(const char *path, const char *with) { return with && strncmp(path, with, strlen(with)) == 0; }

// The path of an open file; empty where it has none.
static const char *path_of(int fd, char *room, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, room, size - 1);
  room[length < 0 ? 0 : length] = 0;
  return room;
}

enum verdict { go_on, fail, half, leave_out };

// Whether calls count yet.
static int has_begun(void) {
  static atomic_int begun;
  int before = errno;
  if (!begun && (!from || syscall(SYS_faccessat, AT_FDCWD, from, F_OK) == 0)) begun = 1;
  errno = before;
  return begun;
}

// Counts a call and says what becomes of it. `needs_room` is true of the calls that a full disk refuses.
static enum verdict count(const char *call, const char *path, long size, int needs_room) {
  if (!has_begun()) return go_on;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (log_file >= 0) {
    char line[2400];
    int length = snprintf(line, sizeof line, "%ld %s %ld %s\n", number, call, size, path);
    syscall(SYS_write, log_file, line, length < (int)sizeof line ? length : (int)sizeof line - 1);
  }
  if (at > 0 && number > at && is("full") && needs_room) return errno = ENOSPC, fail;
  if (number != at) return go_on;
  if (is("kill")) die();
  if (is("torn") || is("short")) return half;
  if (is("drop")) return leave_out;
  if (is("full")) return needs_room ? (errno = ENOSPC, fail) : go_on;
  if (is("enospc")) return errno = ENOSPC, fail;
  if (is("eio")) return errno = EIO, fail;
  return go_on;
}

static enum verdict count_file(const char *call, int fd, long size, int needs_room) {
  char room[1024];
  int before = errno;
  if (!under || fd == log_file || !begins(path_of(fd, room, sizeof room), under)) return errno = before, go_on;
  errno = before;
  return count(call, room, size, needs_room);
}

static enum verdict count_path(const char *call, int folder, const char *path, int needs_room) {
  if (!under) return go_on;
  char room[1024], whole[2 * sizeof room];
  int before = errno;
  if (path[0] == '/') {
    snprintf(whole, sizeof whole, "%s", path);
  } else if (folder == AT_FDCWD) {
    if (!getcwd(room, sizeof room)) return go_on;
    snprintf(whole, sizeof whole, "%s/%s", room, path);
  } else {
    snprintf(whole, sizeof whole, "%s/%s", path_of(folder, room, sizeof room), path);
  }
  errno = before;
  return begins(whole, under) ? count(call, whole, 0, needs_room) : go_on;
}

// What a call answers that is left out or fails; a full disk is hidden where that is asked for.
static ssize_t lied(ssize_t answer, ssize_t wished) {
  if (answer < 0 && errno == ENOSPC && strcmp(swallow, "enospc") == 0) return wished;
  return answer;
}

// The shape that all calls share: `whole` makes the call, `part` makes half of it, `done` is its answer when all is
// well.
#define GUARD(verdict, whole, part, done) \
  switch (verdict) {                      \
    case fail: return lied(-1, done);     \
    case leave_out: return done;          \
    case half: {                          \
      __typeof__(part) answer = part;     \
      if (is("torn")) die();              \
      return answer;                      \
    }                                     \
    case go_on: break;                    \
  }                                       \
  return whole

// Writing.
ssize_t write(int fd, const void *bytes, size_t size) {
  ssize_t (*call)(int, const void *, size_t) = REAL(write);
  GUARD(count_file("write", fd, size, 1), lied(call(fd, bytes, size), size), call(fd, bytes, (size + 1) / 2), size);
}

#define PWRITE(name, offset_type)                                                                        \
  ssize_t name(int fd, const void *bytes, size_t size, offset_type offset) {                             \
    ssize_t (*call)(int, const void *, size_t, offset_type) = REAL(name);                                \
    GUARD(count_file("pwrite", fd, size, 1), lied(call(fd, bytes, size, offset), size),                  \
          call(fd, bytes, (size + 1) / 2, offset), size);                                                \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

static size_t total(const struct iovec *parts, int number) {
  size_t sum = 0;
  for (int i = 0; i < number; i++) sum += parts[i].iov_len;
  return sum;
}

ssize_t writev(int fd, const struct iovec *parts, int number) {
  ssize_t (*call)(int, const struct iovec *, int) = REAL(writev);
  size_t size = total(parts, number);
  GUARD(count_file("writev", fd, size, 1), lied(call(fd, parts, number), size),
        write(fd, parts[0].iov_base, (parts[0].iov_len + 1) / 2), size);
}

#define PWRITEV(name, offset_type)                                                                       \
  ssize_t name(int fd, const struct iovec *parts, int number, offset_type offset) {                      \
    ssize_t (*call)(int, const struct iovec *, int, offset_type) = REAL(name);                           \
    size_t size = total(parts, number);                                                                  \
    GUARD(count_file("pwritev", fd, size, 1), lied(call(fd, parts, number, offset), size),               \
          call(fd, parts, 1, offset), size);                                                             \
  }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

// Bringing to the disk, cutting, reserving.
int fsync(int fd) {
  int (*call)(int) = REAL(fsync);
  GUARD(count_file("fsync", fd, 0, 0), call(fd), call(fd), 0);
}

int fdatasync(int fd) {
  int (*call)(int) = REAL(fdatasync);
  GUARD(count_file("fdatasync", fd, 0, 0), call(fd), call(fd), 0);
}

int ftruncate(int fd, off_t size) {
  int (*call)(int, off_t) = REAL(ftruncate);
  GUARD(count_file("ftruncate", fd, size, 0), call(fd, size), call(fd, size), 0);
}

int ftruncate64(int fd, off64_t size) {
  int (*call)(int, off64_t) = REAL(ftruncate64);
  GUARD(count_file("ftruncate", fd, size, 0), call(fd, size), call(fd, size), 0);
}

// Unlike the others it answers with the error's number.
int posix_fallocate(int fd, off_t offset, off_t size) {
  int (*call)(int, off_t, off_t) = REAL(posix_fallocate);
  switch (count_file("fallocate", fd, size, 1)) {
    case fail: return errno;
    case leave_out: return 0;
    case half: {
      int answer = call(fd, offset, size);
      if (is("torn")) die();
      return answer;
    }
    case go_on: break;
  }
  return call(fd, offset, size);
}

// Names.
int rename(const char *from, const char *to) {
  int (*call)(const char *, const char *) = REAL(rename);
  GUARD(count_path("rename", AT_FDCWD, to, 1), call(from, to), call(from, to), 0);
}

int renameat(int from_folder, const char *from, int folder, const char *to) {
  int (*call)(int, const char *, int, const char *) = REAL(renameat);
  GUARD(count_path("rename", folder, to, 1), call(from_folder, from, folder, to), call(from_folder, from, folder, to),
        0);
}

int link(const char *from, const char *to) {
  int (*call)(const char *, const char *) = REAL(link);
  GUARD(count_path("link", AT_FDCWD, to, 1), call(from, to), call(from, to), 0);
}

int unlink(const char *path) {
  int (*call)(const char *) = REAL(unlink);
  GUARD(count_path("unlink", AT_FDCWD, path, 0), call(path), call(path), 0);
}

int unlinkat(int folder, const char *path, int flags) {
  int (*call)(int, const char *, int) = REAL(unlinkat);
  GUARD(count_path("unlink", folder, path, 0), call(folder, path, flags), call(folder, path, flags), 0);
}

// Making files. Only opening that may make one is counted.
#define MODE                                     \
  mode_t mode = 0;                               \
  if (flags & (O_CREAT | __O_TMPFILE)) {         \
    va_list rest;                                \
    va_start(rest, flags);                       \
    mode = va_arg(rest, mode_t);                 \
    va_end(rest);                                \
  }
#define OPENING(folder) (flags & O_CREAT ? count_path("open", folder, path, 1) : go_on)

#define OPEN(name)                                                                                       \
  int name(const char *path, int flags, ...) {                                                           \
    MODE                                                                                                 \
    int (*call)(const char *, int, ...) = REAL(name);                                                    \
    enum verdict verdict = OPENING(AT_FDCWD);                                                            \
    if (verdict == leave_out) verdict = go_on;                                                           \
    GUARD(verdict, call(path, flags, mode), call(path, flags, mode), -1);                                \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                     \
  int name(int folder, const char *path, int flags, ...) {                                               \
    MODE                                                                                                 \
    int (*call)(int, const char *, int, ...) = REAL(name);                                               \
    enum verdict verdict = OPENING(folder);                                                              \
    if (verdict == leave_out) verdict = go_on;                                                           \
    GUARD(verdict, call(folder, path, flags, mode), call(folder, path, flags, mode), -1);                \
  }
OPENAT(openat)
OPENAT(openat64)

// Talking to the database server.
static void run_program(void) {
  pid_t child;
  extern char **environ;
  char *words[] = {(char *)program, NULL};
  char *plain[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL};
  if (!program || posix_spawn(&child, program, NULL, NULL, words, plain) != 0) abort();
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
}

// True where the call shall fail.
static int count_address(const char *call, const struct sockaddr *address, int fd, long size) {
  const struct sockaddr_un *local = (const struct sockaddr_un *)address;
  if (address->sa_family != AF_UNIX || !begins(local->sun_path, peer) || !has_begun()) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (log_file >= 0) {
    char line[300];
    int length = snprintf(line, sizeof line, "%ld %s %ld %s\n", number, call, size, local->sun_path);
    syscall(SYS_write, log_file, line, length);
  }
  if (number != at) return 0;
  if (is("kill")) die();
  if (is("run")) run_program();
  if (!is("reset")) return 0;
  syscall(SYS_shutdown, fd, SHUT_RDWR);
  errno = ECONNRESET;
  return 1;
}

static int count_socket(const char *call, int fd, long size) {
  struct sockaddr_un address = {0};
  socklen_t length = sizeof address - 1;
  int before = errno;
  if (!peer || getpeername(fd, (struct sockaddr *)&address, &length) != 0) return errno = before, 0;
  errno = before;
  return count_address(call, (struct sockaddr *)&address, fd, size);
}

int connect(int fd, const struct sockaddr *address, socklen_t length) {
  if (peer && count_address("connect", address, fd, 0)) return errno = ECONNREFUSED, -1;
  return REAL(connect)(fd, address, length);
}

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
  return count_socket("send", fd, size) ? -1 : REAL(send)(fd, bytes, size, flags);
}

ssize_t sendto(int fd, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  return count_socket("send", fd, size) ? -1 : REAL(sendto)(fd, bytes, size, flags, to, length);
}

ssize_t recv(int fd, void *bytes, size_t size, int flags) {
  return count_socket("recv", fd, 0) ? -1 : REAL(recv)(fd, bytes, size, flags);
}

ssize_t recvfrom(int fd, void *bytes, size_t size, int flags, struct sockaddr *from, socklen_t *length) {
  return count_socket("recv", fd, 0) ? -1 : REAL(recvfrom)(fd, bytes, size, flags, from, length);
}

// A connection that breaks while it is waited for makes the waiting end; the next call meets the break.
int poll(struct pollfd *places, nfds_t number, int patience) {
  struct pollfd *volatile given = places;
  if (number == 1) (void)count_socket("poll", given->fd, 0);
  return REAL(poll)(places, number, patience);
}
