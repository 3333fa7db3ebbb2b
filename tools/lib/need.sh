# Sourced by tools/demo and tools/test: which Debian packages they need, and how to get them.
# shellcheck shell=bash disable=SC2034,SC2015

build_packages=(
  g++ cmake ninja-build ccache pkg-config
  libcurl4-openssl-dev libssl-dev zlib1g-dev            # IMAP and SMTP connections, SHA-256
  libmimetic-dev libgmime-3.0-dev libxml2-dev           # mail written, mail read, HTML
  libsqlitecpp-dev libsqlite3-dev                       # database
  libfmt-dev libspdlog-dev libcli11-dev                 # texts, log lines, command line
  libtomlplusplus-dev nlohmann-json3-dev                # configuration, JSON
  libsimdjson-dev                                       # the inspector's answers
  libhowardhinnant-date-dev tzdata                      # time zones
  libkainjow-mustache-dev libutf8proc-dev               # templates, Unicode
  libqpdf-dev libpoppler-cpp-dev libpoppler-private-dev # papers
  libarchive-dev                                        # zip within a mail
  libzip-dev                                            # a zip of papers, written
  libseccomp-dev libsystemd-dev                         # sandbox, service
  doctest-dev
)
demo_packages=(python3)                                 # shows a receipt decoded
test_packages=(
  dovecot-imapd dovecot-lmtpd                           # a real IMAP server
  python3 python3-aiosmtpd                              # the end-to-end tests, a real SMTP server
  poppler-utils qpdf                                    # what others say of a PDF
  openssl sqlite3 tar ca-certificates
  strace                                                # what a program opens, runs and forbids itself
  python3-html5lib                                      # whether our pages are valid
  faketime                                              # another hour for a program
  chromium                                              # our pages as people see them
  tmux                                                  # a terminal with keys and a screen
  scdoc systemd                                         # manual pages, units as systemd reads them
)
package_packages=(lintian debootstrap dpkg-dev)         # the .deb, with --all
# These drive chromium; a newer one from elsewhere does as well.
command -v node >/dev/null && command -v npm >/dev/null || test_packages+=(nodejs npm)

say() { printf '==> %s\n' "$*"; }

# stop WHAT-FAILED WHAT-TO-DO: one line, and the end.
stop() {
  printf 'tools/%s: %s %s\n' "${0##*/}" "$1" "$2" >&2
  exit "${3:-1}"
}

# A program started with standard input closed would get the next file it opens as its input.
{ : <&0; } 2>/dev/null || exec </dev/null

missing_packages() {
  local package
  for package in "$@"; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) printf '%s\n' "$package" ;;
    esac
  done
}

# Prints nothing, `sudo` or `sudo -n`: how to become root.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    return
  elif ! command -v sudo >/dev/null; then
    return 1
  elif { : >/dev/tty; } 2>/dev/null; then
    echo sudo
  else
    echo sudo -n   # nobody is there to type a password
  fi
}

# need PACKAGE...: installs what is missing, and says so first.
need() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    stop "this system has no apt." "Run on Debian 12, or in a container of it: docker run -it debian:12."
  local missing root
  mapfile -t missing < <(missing_packages "$@" | sort -u)
  if [ "${#missing[@]}" -eq 0 ]; then
    say "All ${#} packages that this needs are installed."
    return
  fi
  root=$(as_root) || stop "packages are missing and there is no sudo." "As root: apt-get install ${missing[*]}"
  say "Installing ${#missing[@]} packages with apt: ${missing[*]}"
  case " ${missing[*]} " in
    *" dovecot-"*)
      say "Debian starts its own Dovecot when it installs one; the tests do not use it (systemctl disable --now dovecot)." ;;
  esac
  # RUNLEVEL=1 asks maintainer scripts not to start services.
  # shellcheck disable=SC2206  # `sudo -n` is two words
  local apt=($root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update ||
    stop "apt-get update failed." "See its message above; check the network and /etc/apt/sources.list, then run this again."
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
    stop "apt-get install failed." "See its message above; Debian 12 (bookworm) has all of these packages. Then run this again."
}

# build PRESET [TARGET...]: configures and builds, ninja's progress visible.
build() {
  local preset=$1
  shift
  say "Configuring (preset $preset)"
  cmake --preset "$preset" ||
    stop "configuring failed." "See CMake's message above; after another checkout or compiler: rm -rf build/$preset, then run this again."
  say "Building (preset $preset)"
  cmake --build "build/$preset" ${jobs:+-j "$jobs"} ${1:+--target "$@"} ||
    stop "building failed." "See the first error above; out of memory shows as 'Killed': run it with -j 1."
}
