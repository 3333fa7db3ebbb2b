// A real Dovecot on loopback, started by the test that needs it: IMAP plain (with STARTTLS) and TLS,
// LMTP; any user, password "secret". Works as root and as an ordinary user. Everything it has lies in a
// folder of its own below the system's temporary folder and goes with it.
#pragma once

#include <ctime>
#include <string>
#include <vector>

#include <sys/types.h>

#include "support/temp_dir.h"

namespace papertray::testing {

class Dovecot {
 public:
  static constexpr const char* password = "secret";
  static bool installed();
  static bool can_compress();  // COMPRESS=DEFLATE is offered then

  Dovecot();  // throws std::runtime_error with Dovecot's log when it does not start
  ~Dovecot();
  Dovecot(const Dovecot&) = delete;
  Dovecot& operator=(const Dovecot&) = delete;

  int imap_port() const { return imap_; }
  int imaps_port() const { return imaps_; }
  int lmtp_port() const { return lmtp_; }
  // The certificate is good for localhost, mail.localhost and 127.0.0.1, signed by this authority.
  // (libcurl takes any name below .localhost for loopback, without asking a name server.)
  std::string ca_file() const { return folder_ / "ca.pem"; }
  std::string imap_url(const std::string& host = "127.0.0.1") const;
  std::string imaps_url(const std::string& host = "localhost") const;

  // A mail into the user's INBOX or another folder, as it is (LF line ends); `received` becomes its
  // INTERNALDATE. UIDs are given in the order of these calls.
  void deliver(const std::string& user, const std::string& mail, std::time_t received,
               const std::string& folder = "");
  void make_folder(const std::string& user, const std::string& folder);
  // The Maildir flag letters of each mail there is, sorted: "S" is \Seen, "a" the first keyword.
  std::vector<std::string> flags(const std::string& user, const std::string& folder = "") const;
  std::string log() const;

  void start();
  void stop();

 private:
  void make_certificates() const;
  void write_configuration() const;
  std::string maildir(const std::string& user, const std::string& folder) const;

  test::TempDir folder_;
  pid_t process_ = -1;
  int imap_ = 0, imaps_ = 0, lmtp_ = 0;
  int delivered_ = 0;
};

}  // namespace papertray::testing
