// A library for LD_PRELOAD: calls on files below a folder fail as a test asks, and allocations do.
//
//   CALLS_UNDER=DIR          which files; calls on others are as ever
//   CALLS_FAIL=write:7:28    the 7th write fails with errno 28; "write:7:28:on": and all after it
//             =write:7:short the 7th writes half of what it should
//   CALLS_SEEN=FILE          each call on these files, its kind and path, is appended to FILE, and at
//   the end the number
//                            of allocations
//   MALLOC_FAIL_FROM=NAME    every allocation gives nothing once a file with this in its path was opened
//   MALLOC_FAIL=1000         the 1,000th allocation after the begin of main gives nothing; "1000:on":
//   and all after it
//
// Kinds: open write sync rename truncate mkdir unlink. In C, since it lies below the C++ library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { half = -1 };

static char under[PATH_MAX];
static char kind[16];
static long nth;
static int error;
static bool on;
static int seen = -1;
static atomic_long count;
static long allocation;
static bool allocations_on;
static atomic_long allocated;
static char last_file[64];
static atomic_bool none_any_more;

__attribute__((constructor)) static void begin(void) {
  const char* text = getenv("CALLS_UNDER");
  if (text) snprintf(under, sizeof under, "%s", text);
  text = getenv("CALLS_FAIL");
  char what[16] = "";
  char more[8] = "";
  if (text && sscanf(text, "%15[^:]:%ld:%15[^:]:%7s", kind, &nth, what, more) >= 3) {
    error = strcmp(what, "short") == 0 ? half : atoi(what);
    on = strcmp(more, "on") == 0;
  }
  text = getenv("CALLS_SEEN");
  if (text)
    seen = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  text = getenv("MALLOC_FAIL_FROM");
  if (text) snprintf(last_file, sizeof last_file, "%s", text);
  text = getenv("MALLOC_FAIL");
  if (text && sscanf(text, "%ld:%7s", &allocation, more) == 2) allocations_on = strcmp(more, "on") == 0;
}

__attribute__((destructor)) static void end(void) {
  if (seen < 0) return;
  char line[64];
  const int size = snprintf(line, sizeof line, "malloc %ld\n", atomic_load(&allocated));
  if (syscall(SYS_write, seen, line, size) != size) abort();
}

// 0: go on; an errno: fail with it; `half`.
static int judge(const char* of, const char* path) {
  const size_t length = strlen(under);
  if (length == 0 || strncmp(path, under, length) != 0) return 0;
  if (seen >= 0) {
    char line[PATH_MAX + 32];
    const int size = snprintf(line, sizeof line, "%s %s\n", of, path);
    if (syscall(SYS_write, seen, line, size) != size) abort();
  }
  if (last_file[0] && strstr(path, last_file)) atomic_store(&none_any_more, true);
  if (strcmp(of, kind) != 0) return 0;
  const long now = atomic_fetch_add(&count, 1) + 1;
  return now == nth || (on && now > nth) ? error : 0;
}

static int judge_open_file(const char* of, int fd) {
  if (under[0] == 0) return 0;
  char link[64];
  char path[PATH_MAX] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = 0;
  return judge(of, path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_IF(judged)           \
  do {                            \
    const int verdict = (judged); \
    if (verdict > 0) {            \
      errno = verdict;            \
      return -1;                  \
    }                             \
  } while (0)

static int open_any(int dir, const char* path, int flags, mode_t mode) {
  FAIL_IF(judge("open", path));
  return (int)syscall(SYS_openat, dir, path, flags, mode);
}

static mode_t mode_of(int flags, va_list more) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t)va_arg(more, int) : 0;
}

#define OPEN(name)                                \
  int name(const char* path, int flags, ...) {    \
    va_list more;                                 \
    va_start(more, flags);                        \
    const mode_t mode = mode_of(flags, more);     \
    va_end(more);                                 \
    return open_any(AT_FDCWD, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

FILE* fopen64(const char* path, const char* mode) {
  const int told = judge("open", path);
  if (told > 0) {
    errno = told;
    return NULL;
  }
  return NEXT(fopen64)(path, mode);
}

static ssize_t write_any(int fd, const void* bytes, size_t size, off_t at, bool positioned) {
  const int told = judge_open_file("write", fd);
  FAIL_IF(told);
  if (told == half && size > 1) size /= 2;
  return positioned ? syscall(SYS_pwrite64, fd, bytes, size, at) : syscall(SYS_write, fd, bytes, size);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  return write_any(fd, bytes, size, 0, false);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return write_any(fd, bytes, size, at, true);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  return write_any(fd, bytes, size, at, true);
}

ssize_t writev(int fd, const struct iovec* pieces, int number) {
  const int told = judge_open_file("write", fd);
  FAIL_IF(told);
  return syscall(SYS_writev, fd, pieces, told == half && number > 1 ? number - 1 : number);
}

int fsync(int fd) {
  FAIL_IF(judge_open_file("sync", fd));
  return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
  FAIL_IF(judge_open_file("sync", fd));
  return (int)syscall(SYS_fdatasync, fd);
}

int rename(const char* from, const char* to) {
  FAIL_IF(judge("rename", from));
  return (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
}

int ftruncate(int fd, off_t size) {
  FAIL_IF(judge_open_file("truncate", fd));
  return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off64_t size) {
  return ftruncate(fd, size);
}

int mkdir(const char* path, mode_t mode) {
  FAIL_IF(judge("mkdir", path));
  return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int unlink(const char* path) {
  FAIL_IF(judge("unlink", path));
  return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

// ---- memory

void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);

static atomic_bool begun;
static int (*real_main)(int, char**, char**);

static int counted_main(int argc, char** argv, char** environment) {
  atomic_store(&begun, true);
  return real_main(argc, argv, environment);
}

// What is made before main has nobody to whom it could fail.
int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void* end) {
  real_main = main;
  return NEXT(__libc_start_main)(counted_main, argc, argv, init, fini, rtld_fini, end);
}

static bool none_left(void) {
  if (!atomic_load(&begun)) return false;
  const long now = atomic_fetch_add(&allocated, 1) + 1;
  if (atomic_load(&none_any_more)) {
    errno = ENOMEM;
    return true;
  }
  if (allocation == 0 || (now != allocation && !(allocations_on && now > allocation))) return false;
  errno = ENOMEM;
  return true;
}

void* malloc(size_t size) {
  return none_left() ? NULL : __libc_malloc(size);
}
void* calloc(size_t number, size_t size) {
  return none_left() ? NULL : __libc_calloc(number, size);
}
void* realloc(void* old, size_t size) {
  return none_left() ? NULL : __libc_realloc(old, size);
}
