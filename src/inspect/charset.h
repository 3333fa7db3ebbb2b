// Text in any charset that mail uses, to UTF-8.
//
// Converters are opened before the sandbox closes the file system off: glibc loads each from a file of
// its own, and without it text comes back silently empty. Keeping them open also serves GMime, which
// opens the same ones for RFC 2231 parameters: glibc finds them loaded.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <iconv.h>

namespace papertray {

class Charsets {
 public:
  Charsets();  // 25 ms, 8 MB
  ~Charsets();
  Charsets(const Charsets&) = delete;
  Charsets& operator=(const Charsets&) = delete;

  struct Decoded {
    std::string text;  // valid UTF-8
    std::string note;  // one sentence when the label did not decide, or ""
  };

  // The label decides where it is known and plausible. Missing, unknown or lying: text that is valid
  // UTF-8 stays as it is, any other is read as windows-1252, and the note says so.
  Decoded to_utf8(std::string_view label, std::string_view bytes) const;

 private:
  struct Converted {
    std::string text;
    bool clean = true;  // no byte had to be replaced
  };
  Converted convert(iconv_t converter, std::string_view bytes) const;
  iconv_t converter_for(const std::string& name) const;

  std::map<std::string, iconv_t, std::less<>> converters_;  // by glibc's name
  std::vector<iconv_t> for_gmime_;
};

}  // namespace papertray
