// winmail.dat: what Outlook sends to people who have no Outlook ([MS-OXTNEF]). Read here, not by
// libytnef 2.0.0: a property that it does not expect, or a file without bytes, ends its reading, and of
// eleven real samples it loses every attachment in three. A stream of attributes, some of them a list of
// properties, is all there is to read.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "inspect/caps.h"
#include "inspect/unpack.h"

namespace papertray {
namespace {

constexpr std::string_view signature("\x78\x9F\x3E\x22", 4);
constexpr std::size_t behind_signature = 6;  // a key that nobody needs is 2 bytes
constexpr std::size_t checksum_bytes = 2;

// Section 2.1.3.2. The upper half of an identifier is its type.
constexpr unsigned attachment_level = 2;
constexpr unsigned oem_codepage = 0x9007, rend_data = 0x9002, title = 0x8010, file_data = 0x800F,
                   properties = 0x9005;

// [MS-OXPROPS], PidTagAttach...
constexpr unsigned data_object = 0x3701, short_name = 0x3704, method = 0x3705, long_name = 0x3707,
                   display_name = 0x3001;
constexpr unsigned embedded_message = 5;    // a value of `method`
constexpr std::size_t class_id_bytes = 16;  // in front of an object

// Mails within mails within a winmail.dat: people forward what was forwarded.
constexpr std::size_t deepest = 8;

// Little-endian numbers and pieces; once something is not there, nothing more is.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : left_(bytes) {}

  std::size_t left() const { return left_.size(); }
  bool whole() const { return whole_; }
  std::string_view take(std::size_t size) {
    if (size > left_.size()) {
      whole_ = false;
      left_ = {};
      return {};
    }
    const std::string_view piece = left_.substr(0, size);
    left_.remove_prefix(size);
    return piece;
  }
  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    const std::string_view bytes = take(size);
    for (std::size_t i = bytes.size(); i > 0; --i)
      value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
    return value;
  }
  std::string_view padded(std::size_t size) {
    const std::string_view piece = take(size);
    take(std::min((4 - size % 4) % 4, left_.size()));
    return piece;
  }

 private:
  std::string_view left_;
  bool whole_ = true;
};

// [MS-OXCDATA] section 2.11.1, as padded in [MS-OXTNEF] section 2.1.3.4.
constexpr unsigned several = 0x1000, object = 0x0D, string8 = 0x1E, unicode = 0x1F, binary = 0x102;

bool varies(unsigned type) {
  return type == object || type == string8 || type == unicode || type == binary;
}

std::size_t fixed_size(unsigned type) {
  switch (type) {
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x0A:
    case 0x0B:
      return 4;
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x14:
    case 0x40:
      return 8;
    case 0x48:
      return 16;
    default:
      return 0;
  }
}

struct Text {
  std::string_view bytes;
  bool utf16 = false;
};

struct Attachment {
  Text long_name, display_name, short_name, title;
  std::optional<std::string_view> data, object;
  unsigned method = 0;
};

void keep(Attachment& to, unsigned type, unsigned id, std::string_view value) {
  const Text text{value, type == unicode};
  const bool is_text = type == string8 || type == unicode;
  if (is_text && id == long_name) to.long_name = text;
  if (is_text && id == display_name) to.display_name = text;
  if (is_text && id == short_name) to.short_name = text;
  if (id == method && type == 0x03) to.method = Cursor(value).number(4);
  if (id != data_object) return;
  if (type == object) to.object = value.substr(std::min(class_id_bytes, value.size()));
  if (type == binary) to.object = value;
}

// Section 2.1.3.4. What comes behind something unknown cannot be found.
void read_properties(std::string_view bytes, Attachment& to) {
  Cursor at(bytes);
  for (std::uint32_t count = at.number(4); count > 0 && at.left() > 0; --count) {
    const unsigned type = at.number(2);
    const unsigned id = at.number(2);
    if (id >= 0x8000) {  // has a name of its own
      at.take(16);
      if (at.number(4) == 0)
        at.take(4);
      else
        at.padded(at.number(4));
    }
    const unsigned single = type & ~several;
    const bool counted = varies(single) || (type & several) != 0;
    for (std::uint32_t values = counted ? at.number(4) : 1; values > 0 && at.left() > 0; --values) {
      const std::size_t size = varies(single) ? at.number(4) : fixed_size(single);
      if (size == 0 && !varies(single)) return;
      const std::string_view value = at.padded(size);
      if (at.whole()) keep(to, single, id, value);
    }
  }
}

class Tnef {
 public:
  Tnef(const Charsets& charsets, Unpacked& to) : charsets_(charsets), to_(to) {}

  std::string run(std::string_view bytes) {
    streams_.push_back({bytes, 0});
    while (!streams_.empty() && goes_on_) {
      const Stream next = streams_.back();
      streams_.pop_back();
      read(next);
    }
    return wrong_;
  }

 private:
  struct Stream {
    std::string_view bytes;
    std::size_t depth = 0;
  };

  void read(const Stream& stream) {
    Cursor at(stream.bytes);
    at.take(behind_signature);
    codepage_ = 0;
    std::optional<Attachment> open;
    while (at.left() > 0 && goes_on_) {
      const unsigned level = at.number(1);
      const unsigned id = at.number(4) & 0xFFFF;
      const std::string_view data = at.take(at.number(4));
      if (!at.whole() || level == 0 || level > attachment_level) {
        wrong_ = "is damaged";
        break;
      }
      at.take(std::min(checksum_bytes, at.left()));
      if (id == oem_codepage) codepage_ = Cursor(data).number(4);
      if (level != attachment_level) continue;
      if (id == rend_data) {
        if (open) give(*open, stream.depth);
        open.emplace();
      }
      if (!open) continue;
      if (id == title) open->title = {data, false};
      if (id == file_data) open->data = data;
      if (id == properties) read_properties(data, *open);
    }
    if (open && goes_on_) give(*open, stream.depth);
  }

  std::string utf8(const Text& text) const {
    const std::string label = text.utf16           ? "utf-16le"
                              : codepage_ == 65001 ? "utf-8"
                              : codepage_ != 0     ? "cp" + std::to_string(codepage_)
                                                   : "";
    const std::string name = charsets_.to_utf8(label, text.bytes).text;
    return name.substr(0, name.find('\0'));
  }

  // The data of one that is an object are words for programs that know none.
  void give(const Attachment& file, std::size_t depth) {
    const auto content = file.object ? file.object : file.data;
    if (!content) return;
    if (++files_ > caps::unpacked_files) {
      wrong_ = "has too many files";
      goes_on_ = false;
      return;
    }
    std::string name;
    for (const Text* text : {&file.long_name, &file.display_name, &file.short_name, &file.title})
      if (name.empty()) name = utf8(*text);
    goes_on_ = to_.begin(name) && to_.add(*content);
    if (goes_on_) to_.end();
    if (file.method == embedded_message && is_tnef(*content) && depth < deepest)
      streams_.push_back({*content, depth + 1});
  }

  const Charsets& charsets_;
  Unpacked& to_;
  std::vector<Stream> streams_;
  std::uint32_t codepage_ = 0;
  std::size_t files_ = 0;
  std::string wrong_;
  bool goes_on_ = true;
};

}  // namespace

bool is_tnef(std::string_view head) {
  return head.starts_with(signature);
}

std::string unpack_tnef(std::string_view bytes, const Charsets& charsets, Unpacked& to) {
  return Tnef(charsets, to).run(bytes);
}

}  // namespace papertray
