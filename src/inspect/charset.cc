#include "inspect/charset.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <utility>

#include <glib.h>

#include "core/printable.h"

namespace papertray {
namespace {

// What a label means, in glibc's names. Where a charset is a subset of what senders really write under
// its label, the superset is taken, as browsers do (the WHATWG encoding standard): ISO-8859-1 is
// windows-1252, GB2312 and GBK are GB18030, Shift_JIS and EUC-KR are Microsoft's.
struct Label {
  std::string_view label;
  const char* charset;
};

constexpr std::array labels = {
    Label{"ansi_x3.4-1968", "UTF-8"},
    Label{"ascii", "UTF-8"},
    Label{"us-ascii", "UTF-8"},
    Label{"utf-8", "UTF-8"},
    Label{"utf8", "UTF-8"},
    Label{"unicode-1-1-utf-8", "UTF-8"},
    Label{"utf-7", "UTF-7"},
    Label{"unicode-1-1-utf-7", "UTF-7"},
    Label{"utf-16", "UTF-16"},
    Label{"utf-16le", "UTF-16LE"},
    Label{"utf-16be", "UTF-16BE"},
    Label{"utf-32", "UTF-32"},
    Label{"iso-8859-1", "CP1252"},
    Label{"iso8859-1", "CP1252"},
    Label{"iso_8859-1", "CP1252"},
    Label{"latin1", "CP1252"},
    Label{"windows-1252", "CP1252"},
    Label{"cp1252", "CP1252"},
    Label{"x-unknown", "CP1252"},
    Label{"iso-8859-2", "ISO-8859-2"},
    Label{"latin2", "ISO-8859-2"},
    Label{"windows-1250", "CP1250"},
    Label{"cp1250", "CP1250"},
    Label{"iso-8859-3", "ISO-8859-3"},
    Label{"iso-8859-4", "ISO-8859-4"},
    Label{"windows-1257", "CP1257"},
    Label{"cp1257", "CP1257"},
    Label{"iso-8859-13", "ISO-8859-13"},
    Label{"iso-8859-5", "ISO-8859-5"},
    Label{"windows-1251", "CP1251"},
    Label{"cp1251", "CP1251"},
    Label{"koi8-r", "KOI8-R"},
    Label{"koi8-u", "KOI8-U"},
    Label{"iso-8859-6", "ISO-8859-6"},
    Label{"windows-1256", "CP1256"},
    Label{"cp1256", "CP1256"},
    Label{"iso-8859-7", "ISO-8859-7"},
    Label{"windows-1253", "CP1253"},
    Label{"cp1253", "CP1253"},
    Label{"iso-8859-8", "ISO-8859-8"},
    Label{"iso-8859-8-i", "ISO-8859-8"},
    Label{"windows-1255", "CP1255"},
    Label{"cp1255", "CP1255"},
    Label{"iso-8859-9", "CP1254"},
    Label{"windows-1254", "CP1254"},
    Label{"cp1254", "CP1254"},
    Label{"iso-8859-10", "ISO-8859-10"},
    Label{"iso-8859-11", "CP874"},
    Label{"tis-620", "CP874"},
    Label{"windows-874", "CP874"},
    Label{"iso-8859-14", "ISO-8859-14"},
    Label{"iso-8859-15", "ISO-8859-15"},
    Label{"latin9", "ISO-8859-15"},
    Label{"iso-8859-16", "ISO-8859-16"},
    Label{"windows-1258", "CP1258"},
    Label{"cp1258", "CP1258"},
    Label{"viscii", "VISCII"},
    Label{"cp437", "CP437"},
    Label{"ibm437", "CP437"},
    Label{"cp850", "CP850"},
    Label{"ibm850", "CP850"},
    Label{"cp852", "CP852"},
    Label{"cp866", "CP866"},
    Label{"ibm866", "CP866"},
    Label{"macintosh", "MACINTOSH"},
    Label{"mac", "MACINTOSH"},
    Label{"gb2312", "GB18030"},
    Label{"gbk", "GB18030"},
    Label{"gb18030", "GB18030"},
    Label{"cp936", "GB18030"},
    Label{"x-gbk", "GB18030"},
    Label{"gb_2312-80", "GB18030"},
    Label{"big5", "BIG5-HKSCS"},
    Label{"big5-hkscs", "BIG5-HKSCS"},
    Label{"cp950", "BIG5-HKSCS"},
    Label{"x-x-big5", "BIG5-HKSCS"},
    Label{"shift_jis", "CP932"},
    Label{"shift-jis", "CP932"},
    Label{"sjis", "CP932"},
    Label{"x-sjis", "CP932"},
    Label{"windows-31j", "CP932"},
    Label{"cp932", "CP932"},
    Label{"ms_kanji", "CP932"},
    Label{"euc-jp", "EUC-JP-MS"},
    Label{"x-euc-jp", "EUC-JP-MS"},
    Label{"iso-2022-jp", "ISO-2022-JP-3"},
    Label{"iso-2022-jp-1", "ISO-2022-JP-2"},
    Label{"iso-2022-jp-2", "ISO-2022-JP-2"},
    Label{"iso-2022-jp-3", "ISO-2022-JP-3"},
    Label{"cp50220", "ISO-2022-JP-3"},
    Label{"iso-2022-jp-ms", "ISO-2022-JP-3"},
    Label{"euc-kr", "UHC"},
    Label{"ks_c_5601-1987", "UHC"},
    Label{"ks_c_5601", "UHC"},
    Label{"cp949", "UHC"},
    Label{"windows-949", "UHC"},
    Label{"iso-2022-kr", "ISO-2022-KR"},
    Label{"euc-tw", "EUC-TW"},
};

// GMime asks glibc for these names when it decodes parameters (RFC 2231).
constexpr std::array for_gmime = {"ISO-8859-1", "ISO-8859-9",  "ISO-8859-11", "TIS-620", "GB2312",
                                  "EUC-CN",     "GBK",         "BIG5",        "SJIS",    "SHIFT_JIS",
                                  "EUC-JP",     "ISO-2022-JP", "EUC-KR",      "UTF-16",  "JOHAB"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return out;
}

// "" for a label that is not on the list.
std::string charset_of(const std::string& label) {
  const auto found = std::find_if(labels.begin(), labels.end(),
                                  [&](const Label& known) { return known.label == label; });
  return found == labels.end() ? "" : found->charset;
}

bool is_utf8(std::string_view bytes) {
  // NUL is valid UTF-8 to us; glib would stop there.
  while (!bytes.empty()) {
    const char* end = nullptr;
    if (g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), &end) != FALSE) return true;
    bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()));
    if (bytes.front() != '\0') return false;
    bytes.remove_prefix(1);
  }
  return true;
}

bool is_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
}

}  // namespace

Charsets::Charsets() {
  for (const Label& known : labels)
    if (!converters_.contains(known.charset))
      converters_.emplace(known.charset, ::iconv_open("UTF-8", known.charset));
  for (const char* name : for_gmime)
    for_gmime_.push_back(::iconv_open("UTF-8", name));
}

Charsets::~Charsets() {
  const auto none = reinterpret_cast<iconv_t>(-1);
  for (const auto& [name, converter] : converters_)
    if (converter != none) ::iconv_close(converter);
  for (const iconv_t converter : for_gmime_)
    if (converter != none) ::iconv_close(converter);
}

iconv_t Charsets::converter_for(const std::string& name) const {
  const auto found = converters_.find(name);
  return found == converters_.end() ? reinterpret_cast<iconv_t>(-1) : found->second;
}

Charsets::Converted Charsets::convert(iconv_t converter, std::string_view bytes) const {
  Converted done;
  ::iconv(converter, nullptr, nullptr, nullptr, nullptr);  // whatever the last text left open
  std::array<char, 16 * 1024> buffer{};
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  std::size_t left = bytes.size();
  for (;;) {
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const bool flush = left == 0;
    const std::size_t result = flush ? ::iconv(converter, nullptr, nullptr, &out, &room)
                                     : ::iconv(converter, &in, &left, &out, &room);
    const int error = errno;
    done.text.append(buffer.data(), static_cast<std::size_t>(out - buffer.data()));
    if (result != static_cast<std::size_t>(-1)) {
      if (flush) break;
      continue;
    }
    if (error == E2BIG) continue;
    done.clean = false;
    done.text += "\xEF\xBF\xBD";
    if (error != EILSEQ || left == 0) break;  // EINVAL: cut within a character at the end
    ++in;
    --left;
  }
  return done;
}

Charsets::Decoded Charsets::to_utf8(std::string_view label, std::string_view bytes) const {
  const std::string name = lower(label);
  std::string charset = name.empty() ? "UTF-8" : charset_of(name);
  const std::string said =
      name.empty() ? "no charset given" : "charset " + valid_utf8(name.substr(0, 40));

  // Japanese mail without a label: pure ASCII with escapes that nothing else uses (RFC 1468).
  if (charset == "UTF-8" && is_ascii(bytes) &&
      (bytes.find("\x1b$B") != std::string_view::npos ||
       bytes.find("\x1b$@") != std::string_view::npos)) {
    return {convert(converter_for("ISO-2022-JP-3"), bytes).text, said + ": read as iso-2022-jp"};
  }
  if (name.empty() && bytes.size() >= 2 &&
      (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF"))
    return {convert(converter_for("UTF-16"), bytes).text, said + ": read as utf-16"};

  const bool utf8 = is_utf8(bytes);
  if (charset == "UTF-8" && utf8) return {std::string(bytes), ""};
  // Bytes that happen to be well-formed UTF-8 beyond ASCII are hardly ever anything else.
  const bool latin = charset == "CP1252";
  if (utf8 && (charset.empty() || (latin && !is_ascii(bytes))))
    return {std::string(bytes), said + ": read as utf-8"};

  const iconv_t none = reinterpret_cast<iconv_t>(-1);
  const iconv_t converter = converter_for(charset);
  if (charset != "UTF-8" && converter != none) {
    Converted converted = convert(converter, bytes);
    if (converted.clean || latin) return {std::move(converted.text), ""};
    if (utf8 && !is_ascii(bytes)) return {std::string(bytes), said + " does not fit: read as utf-8"};
    return {std::move(converted.text), said + " does not fit everywhere"};
  }
  return {
      convert(converter_for("CP1252"), bytes).text,
      said + (charset == "UTF-8" && !name.empty() ? " does not fit" : "") + ": read as windows-1252"};
}

}  // namespace papertray
