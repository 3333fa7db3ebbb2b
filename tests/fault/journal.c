// A library for LD_PRELOAD: writes down, in the order in which they take effect, every change of the
// files below a folder and every sync, so that a power cut can be played between any two of them
// (broken/power.py).
//
//   JOURNAL_UNDER=DIR, JOURNAL=FILE
//
// A record: kind (1 byte), lengths of path, second path and data (8 bytes each), offset (8), then these
// three.
//   C created  T truncated to `offset`  W written at `offset`  S synced  D folder synced
//   M folder made  R renamed to the second path  U removed
// What is mapped into memory (SQLite's -shm) is not seen, and is no part of what has to last.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char under[PATH_MAX];
static int journal = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;  // the call and its record are one step

__attribute__((constructor)) static void begin(void) {
  const char* text = getenv("JOURNAL_UNDER");
  if (text) snprintf(under, sizeof under, "%s", text);
  text = getenv("JOURNAL");
  if (text)
    journal = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static bool ours(const char* path) {
  const size_t length = strlen(under);
  return journal >= 0 && length > 0 && strncmp(path, under, length) == 0;
}

static bool ours_open(int fd, char* path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = journal < 0 ? 0 : syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (size <= 0) return false;
  path[size] = 0;
  return ours(path);
}

static void note(char kind, const char* path, const char* second, uint64_t offset, const void* data,
                 uint64_t size) {
  const uint64_t lengths[4] = {strlen(path), strlen(second), size, offset};
  struct iovec pieces[5] = {{&kind, 1},
                            {(void*)lengths, sizeof lengths},
                            {(void*)path, lengths[0]},
                            {(void*)second, lengths[1]},
                            {(void*)data, size}};
  const uint64_t whole = 1 + sizeof lengths + lengths[0] + lengths[1] + size;
  if (syscall(SYS_writev, journal, pieces, 5) != (long)whole) abort();
}

static int open_any(const char* path, int flags, mode_t mode) {
  if (!ours(path) || (flags & (O_CREAT | O_TRUNC)) == 0)
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  pthread_mutex_lock(&one);
  const bool there = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
  const int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  const int error = errno;
  if (fd >= 0 && !there) note('C', path, "", 0, "", 0);
  if (fd >= 0 && there && (flags & O_TRUNC) != 0) note('T', path, "", 0, "", 0);
  pthread_mutex_unlock(&one);
  errno = error;
  return fd;
}

#define OPEN(name)                                                                       \
  int name(const char* path, int flags, ...) {                                           \
    va_list more;                                                                        \
    va_start(more, flags);                                                               \
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? (mode_t)va_arg(more, int) : 0; \
    va_end(more);                                                                        \
    return open_any(path, flags, mode);                                                  \
  }
OPEN(open)
OPEN(open64)

// For std::ofstream; what libc's own streams write is not seen, so nothing else may be written by them.
FILE* fopen64(const char* path, const char* mode) {
  const bool writes = mode[0] == 'w';
  const int fd = open_any(path,
                          (writes           ? O_WRONLY | O_CREAT | O_TRUNC
                           : mode[0] == 'a' ? O_WRONLY | O_CREAT | O_APPEND
                                            : O_RDONLY) |
                              O_CLOEXEC,
                          0666);
  return fd < 0 ? NULL : fdopen(fd, mode);
}

#define AS_ONE_STEP(result_type, call, kind, offset, data, size)                     \
  char path[PATH_MAX];                                                               \
  if (!ours_open(fd, path)) return (result_type)(call);                              \
  pthread_mutex_lock(&one);                                                          \
  const result_type result = (result_type)(call);                                    \
  const int error = errno;                                                           \
  if (result >= 0) note(kind, path, "", (uint64_t)(offset), data, (uint64_t)(size)); \
  pthread_mutex_unlock(&one);                                                        \
  errno = error;                                                                     \
  return result

static ssize_t write_at_end(int fd, const void* bytes, size_t size) {
  AS_ONE_STEP(ssize_t, syscall(SYS_write, fd, bytes, size), 'W',
              syscall(SYS_lseek, fd, 0, SEEK_CUR) - result, bytes, result);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  return write_at_end(fd, bytes, size);
}

ssize_t writev(int fd, const struct iovec* pieces, int number) {
  ssize_t written = 0;
  for (int i = 0; i < number; ++i) {
    const ssize_t now = write_at_end(fd, pieces[i].iov_base, pieces[i].iov_len);
    if (now < 0) return written > 0 ? written : -1;
    written += now;
    if ((size_t)now < pieces[i].iov_len) break;
  }
  return written;
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  AS_ONE_STEP(ssize_t, syscall(SYS_pwrite64, fd, bytes, size, at), 'W', at, bytes, result);
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return pwrite64(fd, bytes, size, at);
}

static char sync_kind(int fd) {
  struct stat about;
  return fstat(fd, &about) == 0 && S_ISDIR(about.st_mode) ? 'D' : 'S';
}

int fsync(int fd) {
  AS_ONE_STEP(int, syscall(SYS_fsync, fd), sync_kind(fd), 0, "", 0);
}
int fdatasync(int fd) {
  AS_ONE_STEP(int, syscall(SYS_fdatasync, fd), sync_kind(fd), 0, "", 0);
}

int ftruncate64(int fd, off64_t to) {
  AS_ONE_STEP(int, syscall(SYS_ftruncate, fd, to), 'T', to, "", 0);
}
int ftruncate(int fd, off_t to) {
  return ftruncate64(fd, to);
}

#define NAMED(call, kind, path, second)                \
  if (!ours(path)) return (int)(call);                 \
  pthread_mutex_lock(&one);                            \
  const int result = (int)(call);                      \
  const int error = errno;                             \
  if (result == 0) note(kind, path, second, 0, "", 0); \
  pthread_mutex_unlock(&one);                          \
  errno = error;                                       \
  return result

int mkdir(const char* path, mode_t mode) {
  NAMED(syscall(SYS_mkdirat, AT_FDCWD, path, mode), 'M', path, "");
}
int unlink(const char* path) {
  NAMED(syscall(SYS_unlinkat, AT_FDCWD, path, 0), 'U', path, "");
}
int remove(const char* path) {
  return unlink(path);
}
int rename(const char* from, const char* to) {
  NAMED(syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to), 'R', from, to);
}
