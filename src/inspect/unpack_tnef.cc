// winmail.dat: what Outlook sends to people who have no Outlook ([MS-OXTNEF]).
#include <cstdio>  // ytnef.h needs it
#include <cstring>

extern "C" {  // it does not say so itself
#include <ytnef.h>
}

#include "inspect/caps.h"
#include "inspect/unpack.h"

namespace papertray {
namespace {

constexpr unsigned string8 = 30;
// An attachment that is an object has its class identifier in front.
constexpr int class_id_bytes = 16;

struct Tnef {
  TNEFStruct all{};
  Tnef() { TNEFInitialize(&all); }
  ~Tnef() { TNEFFree(&all); }
  Tnef(const Tnef&) = delete;
  Tnef& operator=(const Tnef&) = delete;
};

std::string_view text_of(const variableLength* value) {
  if (value == MAPI_UNDEFINED || value == nullptr || value->data == nullptr || value->size <= 0)
    return {};
  const auto* const text = reinterpret_cast<const char*>(value->data);
  return {text, ::strnlen(text, static_cast<std::size_t>(value->size))};
}

std::string_view bytes_of(const variableLength& value, int skip) {
  if (value.data == nullptr || value.size <= skip) return {};
  return {reinterpret_cast<const char*>(value.data) + skip, static_cast<std::size_t>(value.size - skip)};
}

std::string_view name_of(Attachment& attachment) {
  for (const unsigned property : {PR_ATTACH_LONG_FILENAME, PR_DISPLAY_NAME, PR_ATTACH_FILENAME}) {
    const std::string_view name =
        text_of(MAPIFindProperty(&attachment.MAPI, PROP_TAG(string8, property)));
    if (!name.empty()) return name;
  }
  return text_of(&attachment.Title);
}

std::string_view content_of(Attachment& attachment) {
  const variableLength* const object =
      MAPIFindProperty(&attachment.MAPI, PROP_TAG(PT_OBJECT, PR_ATTACH_DATA_OBJ));
  if (object != MAPI_UNDEFINED && object != nullptr) return bytes_of(*object, class_id_bytes);
  const variableLength* const binary =
      MAPIFindProperty(&attachment.MAPI, PROP_TAG(PT_BINARY, PR_ATTACH_DATA_OBJ));
  if (binary != MAPI_UNDEFINED && binary != nullptr && attachment.FileData.size <= 0)
    return bytes_of(*binary, 0);
  return bytes_of(attachment.FileData, 0);
}

}  // namespace

// [MS-OXTNEF] section 2.1.3.1.
bool is_tnef(std::string_view head) {
  return head.starts_with(std::string_view("\x78\x9F\x3E\x22", 4));
}

std::string unpack_tnef(std::string& bytes, Unpacked& to) {
  Tnef tnef;
  // What came before the damage is there all the same.
  const int result =
      TNEFParseMemory(reinterpret_cast<BYTE*>(bytes.data()), static_cast<long>(bytes.size()), &tnef.all);
  std::size_t files = 0;
  for (Attachment* at = tnef.all.starting_attach.next; at != nullptr; at = at->next) {
    const std::string_view content = content_of(*at);
    if (content.empty()) continue;
    if (++files > caps::unpacked_files) return "has too many files";
    if (!to.begin(name_of(*at)) || !to.add(content)) return "";
    to.end();
  }
  return result < 0 ? "is damaged" : "";
}

}  // namespace papertray
