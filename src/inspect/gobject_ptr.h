// Owners for what GMime and GLib hand out. Included by the few files that see GMime.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gmime/gmime.h>

namespace papertray {

struct UnrefObject {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename Object>
using ObjectPtr = std::unique_ptr<Object, UnrefObject>;

struct FreeText {
  void operator()(char* text) const { g_free(text); }
};
using TextPtr = std::unique_ptr<char, FreeText>;

struct FreeOptions {
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
using OptionsPtr = std::unique_ptr<GMimeParserOptions, FreeOptions>;

inline std::string_view view(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

}  // namespace papertray
