// Apache James mime4j: NAME_decoded.xml is the tree of NAME.msg, each leaf naming a file beside it that
// holds its decoded bytes.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "inspect/corpus.h"
#include "inspect/encoded_words.h"
#include "inspect/expected_leaves.h"
#include "inspect/plain_text.h"

namespace papertray::test {
namespace {

namespace fs = std::filesystem;

std::string_view name_of(const xmlNode* node) {
  return reinterpret_cast<const char*>(node->name);
}

std::string attribute(xmlNode* node, const char* name) {
  const std::unique_ptr<xmlChar, void (*)(void*)> value(
      xmlGetProp(node, reinterpret_cast<const xmlChar*>(name)), [](void* text) { xmlFree(text); });
  return value ? reinterpret_cast<const char*>(value.get()) : "";
}

std::string content(xmlNode* node) {
  const std::unique_ptr<xmlChar, void (*)(void*)> value(xmlNodeGetContent(node),
                                                        [](void* text) { xmlFree(text); });
  return value ? reinterpret_cast<const char*>(value.get()) : "";
}

// The fields stand as written, so the name is read by us.
std::string file_name(xmlNode* leaf) {
  static const Charsets charsets;
  std::string of_type, of_disposition;
  for (xmlNode* header = leaf->prev; header != nullptr; header = header->prev) {
    if (header->type != XML_ELEMENT_NODE || name_of(header) != "header") continue;
    for (xmlNode* field = header->children; field != nullptr; field = field->next) {
      if (field->type != XML_ELEMENT_NODE) continue;
      const std::string text(trim(content(field)));
      if (lower_ascii(text).starts_with("content-type:")) of_type = header_parameter(text, {"name"});
      if (lower_ascii(text).starts_with("content-disposition:"))
        of_disposition = header_parameter(text, {"filename"});
    }
  }
  Notes notes;
  return EncodedWords(charsets, notes).decoded(of_disposition.empty() ? of_type : of_disposition);
}

void add_leaves(xmlNode* node, const fs::path& folder, std::vector<WantedLeaf>& leaves) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    const bool binary = name_of(node) == "binary-body";
    if (!binary && name_of(node) != "text-body") {
      add_leaves(node->children, folder, leaves);
      continue;
    }
    WantedLeaf leaf;
    leaf.name = file_name(node);
    leaf.bytes = file_content((folder / attribute(node, "name")).string());
    leaf.attachment = binary || !leaf.name.empty();
    leaf.any_line_end = !binary;  // its quoted-printable decoder writes CRLF
    leaves.push_back(std::move(leaf));
  }
}

}  // namespace

WantedSet mime4j_set() {
  WantedSet set;
  set.name = "mime4j";
  const fs::path folder = test::corpus_folder() / "mail/james-mime4j";
  if (!fs::is_directory(folder)) return set;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().string().ends_with("_decoded.xml")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const std::string path = file.string();
    const std::string base = path.substr(0, path.size() - std::string("_decoded.xml").size());
    WantedMail mail;
    mail.file = fs::path(base + ".msg").lexically_relative(folder).string();
    mail.mail = file_content(base + ".msg");
    // Written in ISO 8859-1 without saying so.
    const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> tree(
        xmlReadFile(path.c_str(), "ISO-8859-1",
                    XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        xmlFreeDoc);
    if (tree) add_leaves(xmlDocGetRootElement(tree.get()), file.parent_path(), mail.leaves);
    set.mails.push_back(std::move(mail));
  }
  // Some mails are there twice, to be read under two settings.
  std::map<std::string, std::set<std::string>> answers;
  const auto answer = [](const WantedMail& mail) {
    std::string all;
    for (const WantedLeaf& leaf : mail.leaves)
      all += leaf.name + "\n" + leaf.bytes + "\n";
    return all;
  };
  for (const WantedMail& mail : set.mails)
    answers[mail.mail].insert(answer(mail));
  for (const WantedMail& mail : set.mails)
    if (answers[mail.mail].size() > 1) set.two_answers.push_back(mail.file);
  std::erase_if(set.mails, [&](const WantedMail& mail) { return answers[mail.mail].size() > 1; });
  return set;
}

}  // namespace papertray::test
