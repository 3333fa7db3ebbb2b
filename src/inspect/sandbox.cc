#include "inspect/sandbox.h"

#include <array>
#include <cerrno>
#include <memory>

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "inspect/caps.h"
#include "inspect/landlock.h"
#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

bool limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{most, most};
  return ::setrlimit(resource, &both) == 0;
}

bool apply_limits(Work work) {
  const bool paper = work == Work::paper;
  bool all = limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MEMLOCK, 0) &&
             limit(RLIMIT_NOFILE, paper ? pdf_caps::open_files : caps::open_files) &&
             limit(RLIMIT_FSIZE, paper ? 0 : caps::decoded_bytes + caps::answer_bytes);
#ifndef PAPERTRAY_SANITIZED  // shadow memory takes terabytes of address space, and seconds
  all = limit(RLIMIT_AS, paper ? pdf_caps::address_space : caps::address_space) && all;
  // SIGXCPU at the first, which tells the time from other ends; SIGKILL a second later.
  const rlimit seconds{pdf_caps::cpu_seconds, pdf_caps::cpu_seconds + 1};
  if (paper) all = ::setrlimit(RLIMIT_CPU, &seconds) == 0 && all;
#endif
  return all;
}

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, ReleaseFilter>;

// Reading a mail or a paper is memory and a few descriptors.
constexpr std::array allowed = {
    SCMP_SYS(close),          SCMP_SYS(brk),          SCMP_SYS(munmap),       SCMP_SYS(mremap),
    SCMP_SYS(madvise),        SCMP_SYS(futex),        SCMP_SYS(getrandom),    SCMP_SYS(clock_gettime),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction), SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),         SCMP_SYS(gettid),       SCMP_SYS(exit),         SCMP_SYS(exit_group),
#ifdef PAPERTRAY_SANITIZED  // pipe2: how UBSan asks whether an address can be read
    SCMP_SYS(pipe2),          SCMP_SYS(sigaltstack),  SCMP_SYS(sched_yield),  SCMP_SYS(mprotect),
    SCMP_SYS(mmap),
#endif
};

// The descriptors of a mail's reader are passed to it one by one, so it may use any that it has.
constexpr std::array for_mail = {SCMP_SYS(read),   SCMP_SYS(pread64), SCMP_SYS(write),
                                 SCMP_SYS(writev), SCMP_SYS(recvmsg), SCMP_SYS(sendto)};

// A paper's reader has one to read and one to write. What a library would like to say on standard error
// is refused: it ends by its own error then, not by this filter.
int add_paper_rules(scmp_filter_ctx filter) {
  int bad = 0;
  for (const int call : {SCMP_SYS(read), SCMP_SYS(pread64)}) {
    bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A0(SCMP_CMP_EQ, 0));
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 1, SCMP_A0(SCMP_CMP_NE, 0));
  }
  for (const int call : {SCMP_SYS(write), SCMP_SYS(writev)}) {
#ifdef PAPERTRAY_SANITIZED  // UBSan asks by a pipe whether an address can be read, and tells on standard
                            // error
    bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
#else
    bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A0(SCMP_CMP_EQ, 1));
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 1, SCMP_A0(SCMP_CMP_NE, 1));
#endif
  }
  return bad;
}

// glibc and GLib try these now and then and do well without: a file that is not there, a terminal that
// is none. Anything else ends the process.
constexpr std::array refused = {
    SCMP_SYS(open),      SCMP_SYS(openat),     SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(stat),
    SCMP_SYS(lstat),     SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(fstat),     SCMP_SYS(readlink),   SCMP_SYS(readlinkat),
    SCMP_SYS(ioctl),     SCMP_SYS(fcntl),      SCMP_SYS(lseek),
    SCMP_SYS(sysinfo),   SCMP_SYS(prlimit64),  SCMP_SYS(getrlimit),
    SCMP_SYS(uname),     SCMP_SYS(getcwd),     SCMP_SYS(sched_getaffinity),
#ifdef PAPERTRAY_SANITIZED
    SCMP_SYS(prctl),
#endif
};

bool add_rules(scmp_filter_ctx filter, Work work) {
  int bad = 0;
  if (work == Work::paper)
    bad |= add_paper_rules(filter);
  else
    for (const int call : for_mail)
      bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
  for (const int call : allowed)
    bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
  // A name that this processor does not have is no error: libseccomp leaves it out.
  for (const int call : refused)
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0);
#ifndef PAPERTRAY_SANITIZED
  // Memory of our own only: no file is mapped, nothing becomes executable. Descriptor -1 may come with
  // its upper half clear or set.
  constexpr scmp_datum_t int_mask = 0xFFFFFFFF;
  const std::array<scmp_arg_cmp, 2> anonymous = {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                                                 SCMP_A4(SCMP_CMP_MASKED_EQ, int_mask, int_mask)};
  bad |=
      seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), anonymous.size(), anonymous.data());
  bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
#endif
  // abort() signals itself; nobody else may be.
  bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                          SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
  return bad == 0;
}

bool apply_seccomp(Work work) {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return false;
  seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  // A binary tree instead of a list: each of the many calls passes some 5 comparisons, not 50.
  seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
  return add_rules(filter.get(), work) && seccomp_load(filter.get()) == 0;
}

}  // namespace

Layers apply_sandbox(Work work) {
  Layers layers;
  layers.no_new_privs = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  layers.undumpable = ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
  layers.landlock_abi = apply_landlock();
  layers.landlock = layers.landlock_abi > 0;
  layers.limits = apply_limits(work);
  layers.seccomp = apply_seccomp(work);
  return layers;
}

}  // namespace papertray
