// MimeKit: NAME-summary.txt is the tree of each mail of NAME.mbox.txt by type, NAME.unix-offsets.json
// says where each leaf's encoded bytes lie in it. Beside FILE.tnef, FILE.list names its attachments and
// the folder FILE holds them, their line ends as some program left them.
#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include <doctest/doctest.h>
#include <glib.h>
#include <nlohmann/json.hpp>

#include "inspect/corpus.h"
#include "inspect/encoded_words.h"
#include "inspect/expected_leaves.h"
#include "inspect/plain_text.h"

namespace papertray::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

fs::path folder() {
  return corpus_folder() / "mail/mimekit";
}

// Indented lines `Content-Type: image/gif`; a mail begins with its From line at the margin.
std::vector<std::vector<std::string>> leaf_types(const std::string& summary) {
  std::vector<std::vector<std::string>> mails;
  std::istringstream lines(summary);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("From ")) mails.emplace_back();
    const std::string text = lower_ascii(trim(line));
    if (!text.starts_with("content-type: ")) continue;
    const std::string type = text.substr(14);
    if (!type.starts_with("multipart/") && type != "message/rfc822") mails.back().push_back(type);
  }
  return mails;
}

std::string base64(const std::string& text) {
  gsize size = 0;
  guchar* const bytes = g_base64_decode(text.c_str(), &size);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  g_free(bytes);
  return out;
}

// RFC 2045 section 6.7.
std::string quoted_printable(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line.erase(line.find_last_not_of(" \t\r") + 1);
    const bool soft = line.ends_with('=');
    if (soft) line.pop_back();
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool escape = line[i] == '=' && i + 2 < line.size() && std::isxdigit(line[i + 1]) != 0 &&
                          std::isxdigit(line[i + 2]) != 0;
      out += escape ? static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16)) : line[i];
      if (escape) i += 2;
    }
    if (!soft && !lines.eof()) out += '\n';
  }
  return out;
}

std::string decoded(const std::string& header, const std::string& bytes) {
  const std::string lower = lower_ascii(header);
  const auto at = lower.find("content-transfer-encoding:");
  if (at == std::string::npos) return bytes;
  const std::string_view encoding =
      trim(std::string_view(lower).substr(at + 26, lower.find('\n', at) - at - 26));
  if (encoding == "base64") return base64(bytes);
  if (encoding == "quoted-printable") return quoted_printable(bytes);
  return bytes;
}

void add_leaves(const Json& body, const std::string& box, std::vector<WantedLeaf>& leaves) {
  if (body.contains("message")) return add_leaves(body.at("message").at("body"), box, leaves);
  if (body.contains("children")) {
    for (const Json& child : body.at("children"))
      add_leaves(child, box, leaves);
    return;
  }
  static const Charsets charsets;
  Notes notes;
  const std::size_t begin = body.at("beginOffset"), header_end = body.at("headersEndOffset");
  const std::string header = box.substr(begin, header_end - begin);
  WantedLeaf leaf;
  leaf.name = EncodedWords(charsets, notes).decoded(header_parameter(header, {"filename", "name"}));
  leaf.bytes = decoded(header, box.substr(header_end, body.at("octets").get<std::size_t>()));
  leaf.attachment = !leaf.name.empty() || !body.at("mimeType").get<std::string>().starts_with("text/");
  leaves.push_back(std::move(leaf));
}

struct File {
  std::string name;
  std::string bytes;
};

// The attachments of a winmail.dat: the list's, then those that only the folder has. body.* is the text
// of the mail, which they take out of it as a file; we do not.
std::vector<File> listed(const std::string& list, const fs::path& content) {
  std::vector<File> files;
  std::map<std::string, int> seen;
  std::istringstream names(file_content(list));
  for (std::string name; std::getline(names, name);) {
    if (name.empty() || name.starts_with("body.")) continue;
    // Of several with one name, the files are NAME.1, NAME.2.
    const std::string numbered = name + "." + std::to_string(++seen[name]);
    const fs::path one = content / name;
    files.push_back({name, file_content((fs::exists(one) ? one : content / numbered).string())});
  }
  if (!files.empty() || !fs::is_directory(content)) return files;
  for (const auto& entry : fs::directory_iterator(content)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("message.")) files.push_back({name, file_content(entry.path().string())});
  }
  return files;
}

}  // namespace

WantedSet mimekit_set() {
  WantedSet set;
  set.name = "mimekit";
  for (const std::string box_name : {"content-length", "issue1189"}) {
    const std::string base = folder().string() + "/mbox/" + box_name;
    if (!fs::exists(base + "-summary.txt")) continue;
    const std::string box = file_content(base + ".mbox.txt");
    const auto types = leaf_types(file_content(base + "-summary.txt"));
    const Json offsets = Json::parse(file_content(base + ".unix-offsets.json"));
    REQUIRE(types.size() == offsets.size());
    for (std::size_t i = 0; i < types.size(); ++i) {
      const std::size_t begin = offsets[i].at("beginOffset"), end = offsets[i].at("endOffset");
      WantedMail mail{
          box_name + ".mbox.txt:" + std::to_string(i + 1), box.substr(begin, end - begin), {}};
      add_leaves(offsets[i].at("body"), box, mail.leaves);
      CAPTURE(mail.file);
      REQUIRE(mail.leaves.size() == types[i].size());
      for (std::size_t leaf = 0; leaf < types[i].size(); ++leaf)
        mail.leaves[leaf].type = types[i][leaf];
      set.mails.push_back(std::move(mail));
    }
  }
  return set;
}

WantedSet mimekit_tnef_set() {
  WantedSet set;
  set.name = "mimekit tnef";
  const fs::path tnef = folder() / "tnef";
  if (!fs::is_directory(tnef)) return set;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(tnef))
    if (entry.path().extension() == ".tnef") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const std::string bytes = file_content(file.string());
    gchar* const text = g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size());
    WantedMail mail;
    mail.file = file.filename().string();
    mail.mail =
        "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" +
        std::string(text) + "\n";
    g_free(text);
    fs::path list = file, content = file;
    list.replace_extension(".list");
    content.replace_extension("");
    for (const File& one : listed(list.string(), content)) {
      // Outlook's words, in place of a file, for programs that do not know mails within mails.
      if (one.bytes.starts_with("This attachment is a MAPI 1.0 embedded message")) continue;
      WantedLeaf leaf;
      leaf.name = one.name;
      leaf.any_name = one.name == "Untitled Attachment";  // Outlook's word for none
      leaf.bytes = one.bytes;
      // They leave the class identifier in front of an object that is no mail.
      if (leaf.bytes.starts_with(std::string_view("\x0b\0\0\0\0\0\0\0\xc0\0\0\0\0\0\0\x46", 16)))
        leaf.bytes.erase(0, 16);
      leaf.any_line_end = leaf.bytes.find_first_of(std::string_view("\0\r", 2)) == std::string::npos;
      leaf.attachment = true;
      mail.leaves.push_back(std::move(leaf));
    }
    std::sort(mail.leaves.begin(), mail.leaves.end(), [](const WantedLeaf& a, const WantedLeaf& b) {
      return std::pair(without_cr(a.bytes), a.name) < std::pair(without_cr(b.bytes), b.name);
    });
    set.mails.push_back(std::move(mail));
  }
  return set;
}

}  // namespace papertray::test
