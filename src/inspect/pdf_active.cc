#include "inspect/pdf_active.h"

#include <qpdf/QPDFObjectHandle.hh>
#include <vector>

#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

using Object = QPDFObjectHandle;

bool is_name(Object& dictionary, const char* key, const char* value) {
  return dictionary.getKey(key).isNameAndEquals(value);
}

// ISO 32000-1 sections 12.6.4 (actions), 7.11.4 (embedded files), 12.7 (forms), 13 (multimedia).
void look_at(Object& dictionary, PdfStructure& found) {
  if (is_name(dictionary, "/S", "/JavaScript") || is_name(dictionary, "/S", "/Rendition"))
    found.javascript += dictionary.hasKey("/JS") ? 1 : 0;
  if (is_name(dictionary, "/S", "/Launch")) ++found.launch;
  // A file specification that holds a file; its stream (/Type /EmbeddedFile) is the same one.
  if (dictionary.getKey("/EF").isDictionary()) ++found.embedded_files;
  for (const char* kind : {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
    if (is_name(dictionary, "/Subtype", kind)) ++found.media;
  if (is_name(dictionary, "/FT", "/Sig"))
    found.signature = found.signature || dictionary.getKey("/V").isDictionary();
  else if (dictionary.hasKey("/FT"))
    found.forms = true;
}

}  // namespace

void find_active(QPDF& pdf, PdfStructure& found) {
  std::size_t objects = 0;
  for (const auto& [id, entry] : pdf.getXRefTable()) {
    if (++objects > pdf_caps::objects) {
      found.all_looked_at = false;
      return;
    }
    std::vector<Object> left{pdf.getObjectByObjGen(id)};
    for (std::size_t values = 0; !left.empty(); ++values) {
      if (values > pdf_caps::nested) {
        found.all_looked_at = false;
        break;
      }
      Object value = left.back();
      left.pop_back();
      if (value.isStream()) value = value.getDict();
      if (value.isDictionary()) {
        look_at(value, found);
        for (const std::string& key : value.getKeys()) {
          Object within = value.getKey(key);
          if (!within.isIndirect() && (within.isDictionary() || within.isArray()))
            left.push_back(within);
        }
      } else if (value.isArray()) {
        const int count = std::min(value.getArrayNItems(), static_cast<int>(pdf_caps::nested));
        for (int i = 0; i < count; ++i) {
          Object within = value.getArrayItem(i);
          if (!within.isIndirect() && (within.isDictionary() || within.isArray()))
            left.push_back(within);
        }
      }
    }
  }
}

}  // namespace papertray
