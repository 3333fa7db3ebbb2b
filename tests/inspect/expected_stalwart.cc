// Stalwart's mail-parser: NAME.json is what NAME.eml means with LF line ends, NAME.crlf.json with CRLF.
// A part is an object of its header and one of "Text", "Html" (in UTF-8), "Binary", "InlineBinary"
// (numbers), "Multipart" (numbers of parts) and "Message" (a tree of its own).
#include <algorithm>
#include <filesystem>
#include <sstream>

#include <nlohmann/json.hpp>

#include "inspect/corpus.h"
#include "inspect/expected_leaves.h"
#include "inspect/plain_text.h"

namespace papertray::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string with_crlf(const std::string& mail) {
  std::string out;
  for (const char c : mail) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

// They leave x-uuencode as it is: undone here, independently of what is tested.
std::string undo_uuencode(const std::string& text) {
  const std::string lines_only = without_cr(text);
  if (!lines_only.starts_with("begin ") && !lines_only.starts_with("\nbegin ")) return text;
  std::istringstream lines(lines_only);
  std::string out, line;
  while (std::getline(lines, line) && !line.starts_with("begin "))
    continue;
  while (std::getline(lines, line) && line != "end") {
    const auto value = [&](std::size_t i) { return i < line.size() ? (line[i] - ' ') & 63 : 0; };
    std::string bytes;
    for (std::size_t i = 1; i < line.size(); i += 4) {
      bytes += static_cast<char>(value(i) << 2 | value(i + 1) >> 4);
      bytes += static_cast<char>(value(i + 1) << 4 | value(i + 2) >> 2);
      bytes += static_cast<char>(value(i + 2) << 6 | value(i + 3));
    }
    out += bytes.substr(0, static_cast<std::size_t>(value(0)));
  }
  return out;
}

// {"headers": [{"name": "content_type", "value": {"ContentType": {...}}}]}
Json labels_of(const Json& part, const char* header) {
  Json labels = Json::object();
  for (const Json& one : part.at("headers"))
    if (one.at("name") == header && one.at("value").is_object() &&
        one.at("value").contains("ContentType"))
      labels = one.at("value").at("ContentType");
  return labels;
}

std::string attribute(const Json& labels, const std::string& name) {
  if (labels.contains("attributes") && labels.at("attributes").is_array())
    for (const Json& one : labels.at("attributes"))
      if (one.at("name") == name) return one.at("value");
  return "";
}

void add_leaves(const Json& message, std::vector<WantedLeaf>& leaves);

void add_leaf(const Json& message, std::size_t number, std::vector<WantedLeaf>& leaves) {
  const Json& part = message.at("parts").at(number);
  const Json& body = part.at("body");
  if (body.contains("Multipart")) {
    for (const Json& below : body.at("Multipart"))
      add_leaf(message, below, leaves);
    return;
  }
  if (body.contains("Message")) return add_leaves(body.at("Message"), leaves);
  const Json type = labels_of(part, "content_type");
  const Json disposition = labels_of(part, "content_disposition");
  WantedLeaf leaf;
  leaf.name = attribute(disposition, "filename");
  if (leaf.name.empty()) leaf.name = attribute(type, "name");
  leaf.charset = attribute(type, "charset");
  for (const char* kind : {"Text", "Html"})
    if (body.contains(kind)) {
      leaf.as_text = true;
      leaf.bytes = body.at(kind);
    }
  for (const char* kind : {"Binary", "InlineBinary"})
    if (body.contains(kind))
      for (const Json& byte : body.at(kind))
        leaf.bytes += static_cast<char>(byte.get<int>());
  if (!leaf.as_text) leaf.bytes = undo_uuencode(leaf.bytes);
  leaf.rest = part.at("is_encoding_problem");
  // "Empty" is a field that they could not read.
  for (const Json& field : part.at("headers"))
    if (field.at("name") == "content_disposition" && field.at("value") == "Empty") leaf.any_name = true;
  const Json& attachments = message.at("attachments");
  leaf.attachment = std::find(attachments.begin(), attachments.end(), number) != attachments.end();
  leaves.push_back(std::move(leaf));
}

void add_leaves(const Json& message, std::vector<WantedLeaf>& leaves) {
  add_leaf(message, 0, leaves);
}

}  // namespace

WantedSet stalwart_set() {
  WantedSet set;
  set.name = "stalwart";
  const fs::path folder = corpus_folder() / "mail/stalwart-mail-parser/eml";
  if (!fs::is_directory(folder)) return set;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".eml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    for (const bool crlf : {false, true}) {
      fs::path json = file;
      json.replace_extension(crlf ? ".crlf.json" : ".json");
      WantedMail mail;
      mail.file = file.lexically_relative(folder).string();
      mail.mail = file_content(file.string());
      mail.mail = crlf ? with_crlf(mail.mail) : without_cr(mail.mail);
      add_leaves(Json::parse(file_content(json.string())), mail.leaves);
      set.mails.push_back(std::move(mail));
    }
  return set;
}

}  // namespace papertray::test
