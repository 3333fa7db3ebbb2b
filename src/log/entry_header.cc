#include "log/entry_header.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "core/error.h"
#include "log/sha256.h"

namespace papertray {
namespace {

constexpr std::string_view attribute = "user.papertray.";
constexpr std::string_view seal_key = "SCHILY.xattr.user.papertray.seal=";
// What is left for the two ustar headers, the pax header's other records and their padding.
constexpr std::uint64_t max_facts_bytes = max_header_bytes - 16 * 1024;

// POSIX ustar: where the fields of a header lie, and how long they are.
constexpr std::size_t size_field = 124, size_length = 12;
constexpr std::size_t checksum_field = 148, checksum_length = 8;
constexpr std::size_t type_field = 156;
constexpr std::size_t magic_field = 257;

struct CloseWriter {
  void operator()(archive* writer) const { archive_write_free(writer); }
};

// Where libarchive writes to.
struct Collected {
  std::string bytes;
  bool complete = false;
};

la_ssize_t collect(archive* writer, void* to, const void* bytes, std::size_t size) {
  auto& collected = *static_cast<Collected*>(to);
  if (collected.complete) {
    // On its way out libarchive would fill up the content and end the archive.
    archive_set_error(writer, ECANCELED, "only the header is wanted");
    return -1;
  }
  collected.bytes.append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

struct CloseReader {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

void must(int result, archive* from) {
  if (result == ARCHIVE_OK) return;
  const char* text = archive_error_string(from);
  throw Failure(
      {Scope::store, Again::never, Exit::cannot_write,
       fmt::format("libarchive cannot make a log entry: {}; report this as a defect of papertray",
                   text ? text : "no reason given")});
}

template <class T, class Delete>
std::unique_ptr<T, Delete> made(T* raw) {
  if (!raw) throw std::bad_alloc();
  return std::unique_ptr<T, Delete>(raw);
}

void add(archive_entry* entry, std::string_view name, std::string_view value) {
  archive_entry_xattr_add_entry(entry, fmt::format("{}{}", attribute, name).c_str(), value.data(),
                                value.size());
}

std::string log_text(const EntryHeader& header) {
  return fmt::format("at {}/{} synced {}/{} events {}", header.at.segment, header.at.offset,
                     header.synced.segment, header.synced.offset, header.events);
}

// Takes `word` and the number after it off the front of `rest`.
template <class Number>
bool take(std::string_view& rest, std::string_view word, Number& number) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc()) return false;
  rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
  return true;
}

bool read_log_text(std::string_view text, EntryHeader& header) {
  return take(text, "at ", header.at.segment) && take(text, "/", header.at.offset) &&
         take(text, " synced ", header.synced.segment) && take(text, "/", header.synced.offset) &&
         take(text, " events ", header.events) && text.empty();
}

// Where the seal's digits stand, or npos. Goes from record to record (`LENGTH KEY=VALUE\n`, pax's
// own form): the facts may hold any letters, these too.
std::size_t seal_position(std::string_view bytes) {
  std::size_t at = tar_block;
  while (at < bytes.size()) {
    std::string_view record = bytes.substr(at);
    std::size_t length = 0;
    if (!take(record, "", length) || length == 0 || length > bytes.size() - at) break;
    record = bytes.substr(at, length);
    const std::size_t key = record.find(' ') + 1;
    if (record.substr(key).starts_with(seal_key)) {
      const bool whole = key + seal_key.size() + Sha256::hex_size + 1 == length;
      return whole ? at + key + seal_key.size() : std::string_view::npos;
    }
    at += length;
  }
  return std::string_view::npos;
}

std::uint64_t octal(std::string_view field) {
  std::uint64_t number = 0;
  std::from_chars(field.data(), field.data() + field.size(), number, 8);
  return number;
}

}  // namespace

std::string entry_name(const EntryHeader& header) {
  return header.kind == EntryKind::mail ? fmt::format("mail/{}.eml", header.sha256)
                                        : fmt::format("event/{}.json", header.events);
}

std::string header_bytes(const EntryHeader& header) {
  if (header.facts.size() + header.imap.size() > max_facts_bytes)
    throw Failure(
        {Scope::message, Again::never, Exit::bad_data,
         "the mailbox says more about one mail than the log can hold (flags, folder name); this "
         "mail is left where it is"});
  Collected collected;
  const auto writer = made<archive, CloseWriter>(archive_write_new());
  must(archive_write_set_format_pax(writer.get()), writer.get());
  // Without this each attribute is written twice, and GNU tar warns of LIBARCHIVE.xattr.
  must(archive_write_set_format_option(writer.get(), "pax", "xattrheader", "SCHILY"), writer.get());
  must(archive_write_set_bytes_per_block(writer.get(), 0), writer.get());
  must(archive_write_open(writer.get(), &collected, nullptr, collect, nullptr), writer.get());

  const auto entry = made<archive_entry, FreeEntry>(archive_entry_new());
  archive_entry_set_pathname(entry.get(), entry_name(header).c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_uid(entry.get(), 0);
  archive_entry_set_gid(entry.get(), 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(header.size));
  archive_entry_set_mtime(entry.get(), static_cast<time_t>(header.time.time_since_epoch().count()), 0);
  if (!header.facts.empty()) add(entry.get(), "facts", header.facts);
  if (!header.imap.empty()) add(entry.get(), "imap", header.imap);
  add(entry.get(), "sha256", header.sha256);
  add(entry.get(), "log", log_text(header));
  add(entry.get(), "seal", std::string(Sha256::hex_size, '0'));
  must(archive_write_header(writer.get(), entry.get()), writer.get());

  collected.complete = true;
  std::string bytes = std::move(collected.bytes);
  const std::size_t seal = seal_position(bytes);
  if (seal == std::string::npos || bytes.size() % tar_block != 0 || header_length(bytes) != bytes.size())
    throw Failure(
        {Scope::program, Again::never, Exit::cannot_write,
         "this libarchive writes tar headers of another shape than the log's; report this as a "
         "defect of papertray"});
  bytes.replace(seal, Sha256::hex_size, sha256_hex(bytes));
  return bytes;
}

std::uint64_t header_length(std::span<const char> block) {
  if (block.size() < tar_block || block[type_field] != 'x') return 0;
  if (std::memcmp(block.data() + magic_field,
                  "ustar\0"
                  "00",
                  8) != 0)
    return 0;
  // The checksum is the sum of all bytes of the block, its own field taken as blanks.
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < tar_block; ++i) {
    const bool own = i >= checksum_field && i < checksum_field + checksum_length;
    sum += own ? ' ' : static_cast<unsigned char>(block[i]);
  }
  if (octal({block.data() + checksum_field, checksum_length}) != sum) return 0;
  const std::uint64_t pax = octal({block.data() + size_field, size_length});
  if (pax == 0 || pax > max_header_bytes) return 0;
  return tar_block + whole_blocks(pax) + tar_block;
}

std::optional<EntryHeader> parse_header(std::span<const char> bytes, std::string& why) {
  const auto no = [&](const char* what) {
    why = what;
    return std::nullopt;
  };
  std::string unsealed(bytes.data(), bytes.size());
  const std::size_t seal = seal_position(unsealed);
  if (seal == std::string::npos) return no("its header carries no seal");
  const std::string told = unsealed.substr(seal, Sha256::hex_size);
  unsealed.replace(seal, Sha256::hex_size, Sha256::hex_size, '0');
  if (sha256_hex(unsealed) != told) return no("its header's bytes are not those written");

  const auto reader = made<archive, CloseReader>(archive_read_new());
  archive_entry* entry = nullptr;
  if (archive_read_support_format_tar(reader.get()) != ARCHIVE_OK ||
      archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK ||
      archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
    return no("libarchive cannot read its header");

  EntryHeader header;
  std::string log;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  archive_entry_xattr_reset(entry);
  while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK) {
    std::string_view key = name;
    if (!key.starts_with(attribute)) continue;
    key.remove_prefix(attribute.size());
    std::string text(static_cast<const char*>(value), size);
    if (key == "sha256")
      header.sha256 = std::move(text);
    else if (key == "log")
      log = std::move(text);
    else if (key == "facts")
      header.facts = std::move(text);
    else if (key == "imap")
      header.imap = std::move(text);
  }
  if (!read_log_text(log, header)) return no("its header does not say where it stands");
  header.kind = header.facts.empty() ? EntryKind::event : EntryKind::mail;
  header.size = static_cast<std::uint64_t>(archive_entry_size(entry));
  header.time = Time(Seconds(archive_entry_mtime(entry)));
  const char* path = archive_entry_pathname(entry);
  if (!path || entry_name(header) != path) return no("its name does not fit its content");
  return header;
}

}  // namespace papertray
