#include <array>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include "inspect/caps.h"
#include "inspect/unpack.h"

namespace papertray {
namespace {

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};
using ArchivePtr = std::unique_ptr<archive, FreeArchive>;

la_ssize_t give_piece(archive*, void* next, const void** piece) {
  const std::string_view bytes = (*static_cast<const std::function<std::string_view()>*>(next))();
  *piece = bytes.data();
  return static_cast<la_ssize_t>(bytes.size());
}

std::string_view view(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// What Word, LibreOffice and e-books begin with: their archive is one document.
bool is_document(std::string_view first_name) {
  return first_name == "[Content_Types].xml" || first_name == "mimetype" ||
         first_name.starts_with("_rels/") || first_name.starts_with("word/");
}

// What macOS adds to an archive beside each file.
bool is_shadow(std::string_view name) {
  return name.starts_with("__MACOSX/");
}

class Zip {
 public:
  Zip(const std::function<std::string_view()>& next, std::uint64_t archive_bytes, Unpacked& to)
      : next_(next), archive_bytes_(archive_bytes), to_(to) {}

  std::string run() {
    const ArchivePtr zip(archive_read_new());
    // As a stream: its directory at the end is not asked for, which a cut archive lacks.
    if (!zip || archive_read_support_format_zip_streamable(zip.get()) != ARCHIVE_OK ||
        archive_read_open(zip.get(), const_cast<std::function<std::string_view()>*>(&next_), nullptr,
                          give_piece, nullptr) != ARCHIVE_OK)
      return "cannot be opened";
    for (;;) {
      archive_entry* entry = nullptr;
      const int got = archive_read_next_header(zip.get(), &entry);
      if (got == ARCHIVE_EOF) return "";
      if (got < ARCHIVE_WARN) return "is damaged after " + files();
      const std::string_view name = view(archive_entry_pathname(entry));
      if (seen_++ == 0 && is_document(name)) return "";
      if (seen_ > caps::unpacked_files)
        return "has more than " + std::to_string(caps::unpacked_files) + " files";
      if (archive_entry_filetype(entry) != AE_IFREG || is_shadow(name)) continue;
      if (archive_entry_is_data_encrypted(entry) != 0) return "is encrypted";
      if (!to_.begin(name)) return "";
      std::string wrong;
      if (!content(zip.get(), wrong)) return wrong;
      to_.end();
    }
  }

 private:
  std::string files() const { return std::to_string(seen_) + (seen_ == 1 ? " file" : " files"); }

  bool content(archive* zip, std::string& wrong) {
    for (;;) {
      const void* piece = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int got = archive_read_data_block(zip, &piece, &size, &offset);
      if (got == ARCHIVE_EOF) return true;
      if (got < ARCHIVE_WARN) {
        wrong = "is damaged after " + files();
        return false;
      }
      unpacked_ += size;
      if (unpacked_ > caps::mib + archive_bytes_ * caps::unpacked_ratio) {
        wrong = "unpacks to more than " + std::to_string(caps::unpacked_ratio) +
                " times its size, which is not looked into";
        return false;
      }
      if (!to_.add({static_cast<const char*>(piece), size})) return false;
    }
  }

  const std::function<std::string_view()>& next_;
  std::uint64_t archive_bytes_;
  Unpacked& to_;
  std::size_t seen_ = 0;
  std::uint64_t unpacked_ = 0;
};

}  // namespace

// The signature of a local file header (PKWARE's APPNOTE, section 4.3.7).
bool is_zip(std::string_view head) {
  return head.starts_with(std::string_view("PK\x03\x04", 4));
}

std::string unpack_zip(const std::function<std::string_view()>& next, std::uint64_t archive_bytes,
                       Unpacked& to) {
  return Zip(next, archive_bytes, to).run();
}

}  // namespace papertray
