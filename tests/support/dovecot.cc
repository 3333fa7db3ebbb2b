#include "support/dovecot.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace papertray::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* program = "/usr/sbin/dovecot";
constexpr int start_tries = 5;       // another process may take a free port before Dovecot does
constexpr int patience_ms = 20'000;  // to start, on a machine that builds beside it
constexpr int look_again_ms = 20;

pid_t spawn(const std::vector<std::string>& words) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child > 0) return child;
  setpgid(0, 0);  // a group of its own, to be ended as one
  const int nothing = open("/dev/null", O_RDWR);
  for (const int fd : {0, 1, 2})
    dup2(nothing, fd);
  std::vector<char*> arguments;
  for (const std::string& word : words)
    arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

void run(const std::vector<std::string>& words) {
  int status = 0;
  waitpid(spawn(words), &status, 0);
  if (status != 0) throw std::runtime_error("failed: " + words[0] + " " + words[1]);
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::array<int, 3> free_ports() {
  std::array<int, 3> sockets{}, ports{};
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    sockets[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (bind(sockets[i], reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        getsockname(sockets[i], reinterpret_cast<sockaddr*>(&address), &length) != 0)
      throw std::runtime_error("no free port");
    ports[i] = ntohs(address.sin_port);
  }
  for (const int fd : sockets)
    close(fd);
  return ports;
}

// The server has said something: it is up, not only listening.
bool greets(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(port);
  bool up = false;
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    pollfd waiting{fd, POLLIN, 0};
    char byte = 0;
    up = poll(&waiting, 1, 1000) == 1 && read(fd, &byte, 1) == 1;
  }
  close(fd);
  return up;
}

// Who the mail processes are. Dovecot refuses UID 0, so for root they are nobody.
struct Identity {
  uid_t uid;
  gid_t gid;
  std::string internal_user, internal_group, login_user;
};

Identity identity() {
  if (getuid() == 0) {
    const passwd* nobody = getpwnam("nobody");
    if (nobody == nullptr) throw std::runtime_error("there is no user nobody");
    return {nobody->pw_uid, nobody->pw_gid, "dovecot", "dovecot", "dovenull"};
  }
  const passwd* me = getpwuid(getuid());
  const group* mine = getgrgid(getgid());
  if (me == nullptr || mine == nullptr) throw std::runtime_error("this user has no name");
  return {getuid(), getgid(), me->pw_name, mine->gr_name, me->pw_name};
}

void give(const fs::path& path) {
  const Identity who = identity();
  if (getuid() == 0 && chown(path.c_str(), who.uid, who.gid) != 0)
    throw std::runtime_error("cannot chown");
}

void make_given(const fs::path& path) {
  if (fs::exists(path)) return;
  make_given(path.parent_path());
  fs::create_directory(path);
  give(path);
}

}  // namespace

bool Dovecot::installed() {
  return access(program, X_OK) == 0;
}

bool Dovecot::can_compress() {
  return access("/usr/lib/dovecot/modules/lib30_imap_zlib_plugin.so", R_OK) == 0;
}

Dovecot::Dovecot() {
  // As root the mail processes are somebody else and must get in.
  fs::permissions(folder_.path(), fs::perms(0755));
  for (const char* name : {"run", "state", "home"})
    fs::create_directory(folder_ / name);
  give(folder_ / "home");
  make_certificates();
  start();
}

Dovecot::~Dovecot() {
  stop();
}

void Dovecot::start() {
  for (int tries = 0; tries < start_tries; ++tries) {
    const auto [imap, imaps, lmtp] = free_ports();
    imap_ = imap, imaps_ = imaps, lmtp_ = lmtp;
    write_configuration();
    process_ = spawn({program, "-F", "-c", folder_ / "dovecot.conf"});
    for (int waited = 0; waited < patience_ms; waited += look_again_ms) {
      int status = 0;
      if (waitpid(process_, &status, WNOHANG) == process_) {
        process_ = -1;
        break;
      }
      if (greets(imap_) && greets(lmtp_)) return;
      poll(nullptr, 0, look_again_ms);
    }
    stop();
  }
  throw std::runtime_error("Dovecot does not start:\n" + log());
}

void Dovecot::stop() {
  if (process_ < 0) return;
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  kill(-process_, SIGKILL);  // sessions may outlive the master for a while
  process_ = -1;
}

std::string Dovecot::imap_url(const std::string& host) const {
  return "imap://" + host + ":" + std::to_string(imap_);
}

std::string Dovecot::imaps_url(const std::string& host) const {
  return "imaps://" + host + ":" + std::to_string(imaps_);
}

void Dovecot::make_certificates() const {
  const std::vector<std::string> key{"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                                     "-nodes"};
  const auto with_key = [&key](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), key.begin(), key.end());
    words.insert(words.end(), more.begin(), more.end());
    run(words);
  };
  with_key({"openssl", "req", "-x509"},
           {"-keyout", folder_ / "ca-key.pem", "-out", folder_ / "ca.pem", "-days", "2", "-subj",
            "/CN=papertray test authority", "-addext", "keyUsage=critical,keyCertSign,cRLSign"});
  with_key({"openssl", "req"},
           {"-keyout", folder_ / "key.pem", "-out", folder_ / "request.pem", "-subj", "/CN=localhost"});
  test::write_file(
      folder_ / "names.cnf",
      "subjectAltName=DNS:localhost,DNS:mail.localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");
  run({"openssl", "x509", "-req", "-in", folder_ / "request.pem", "-CA", folder_ / "ca.pem", "-CAkey",
       folder_ / "ca-key.pem", "-CAcreateserial", "-out", folder_ / "cert.pem", "-days", "2", "-extfile",
       folder_ / "names.cnf"});
}

void Dovecot::write_configuration() const {
  const Identity who = identity();
  const std::string d = folder_.path();
  const auto port = [](int number) { return std::to_string(number); };
  // Dovecot wants each setting and brace on its own line.
  test::write_file(
      folder_ / "dovecot.conf",
      "base_dir = " + d + "/run\nstate_dir = " + d + "/state\nlog_path = " + d +
          "/dovecot.log\nprotocols = imap lmtp\nlisten = 127.0.0.1\nssl = yes\nssl_cert = <" + d +
          "/cert.pem\nssl_key = <" + d +
          "/key.pem\nssl_dh =\ndisable_plaintext_auth = no\nauth_mechanisms = plain login\n"
          "auth_failure_delay = 0\nauth_username_format = %Ln\ndefault_internal_user = " +
          who.internal_user + "\ndefault_internal_group = " + who.internal_group +
          "\ndefault_login_user = " + who.login_user +
          "\nfirst_valid_uid = 0\nmail_location = maildir:~/Maildir\n"
          "mail_max_userip_connections = 100\n" +
          (can_compress() ? "protocol imap {\n  mail_plugins = zlib imap_zlib\n}\n" : "") +
          "passdb {\n  driver = static\n  args = password=" + password +
          "\n}\nuserdb {\n  driver = static\n  args = uid=" + port(static_cast<int>(who.uid)) +
          " gid=" + port(static_cast<int>(who.gid)) + " home=" + d +
          "/home/%u\n}\nservice anvil {\n  chroot =\n}\nservice stats {\n  chroot =\n}\n"
          "service imap-login {\n  chroot =\n  inet_listener imap {\n    port = " +
          port(imap_) + "\n  }\n  inet_listener imaps {\n    port = " + port(imaps_) +
          "\n    ssl = yes\n  }\n}\nservice lmtp {\n  inet_listener lmtp {\n    address = 127.0.0.1\n   "
          " port = " +
          port(lmtp_) + "\n  }\n}\n");
}

std::string Dovecot::maildir(const std::string& user, const std::string& folder) const {
  return folder_ / "home/" + user + "/Maildir" + (folder.empty() ? "" : "/." + folder);
}

void Dovecot::make_folder(const std::string& user, const std::string& folder) {
  for (const char* name : {"/cur", "/new", "/tmp"})
    make_given(maildir(user, folder) + name);
}

void Dovecot::deliver(const std::string& user, const std::string& mail, std::time_t received,
                      const std::string& folder) {
  make_folder(user, folder);
  // Dovecot gives UIDs in the order of the names' first number.
  const std::string path =
      maildir(user, folder) + "/new/" + std::to_string(1'500'000'000 + ++delivered_) + ".M1P1.test";
  test::write_file(path, mail);
  give(path);
  const std::array<timespec, 2> times{timespec{received, 0}, timespec{received, 0}};
  if (utimensat(AT_FDCWD, path.c_str(), times.data(), 0) != 0)
    throw std::runtime_error("cannot set a file's time");
}

std::vector<std::string> Dovecot::flags(const std::string& user, const std::string& folder) const {
  std::vector<std::string> found;
  for (const char* name : {"/cur", "/new"})
    for (const auto& entry : fs::directory_iterator(maildir(user, folder) + name)) {
      const std::string file = entry.path().filename().string();
      const std::size_t comma = file.find(":2,");
      found.push_back(comma == std::string::npos ? "" : file.substr(comma + 3));
    }
  std::ranges::sort(found);
  return found;
}

std::string Dovecot::log() const {
  const std::string path = folder_ / "dovecot.log";
  return fs::exists(path) ? test::read_file(path) : "no log";
}

}  // namespace papertray::testing
