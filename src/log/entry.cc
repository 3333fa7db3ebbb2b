#include "log/entry.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "log/event_json.h"
#include "log/json_fields.h"
#include "log/log_error.h"
#include "log/segments.h"
#include "log/sha256.h"

namespace papertray {
namespace {

// A usual header is 1.5 KB: one read.
constexpr std::size_t first_read = 4096;
constexpr std::size_t piece = 256 * 1024;
// Of an event's content. The largest is a rules file with its templates; a segment is larger in any
// case.
constexpr std::uint64_t max_event_bytes = 64 * 1024 * 1024;

}  // namespace

Looked look_at(const File& file, LogPosition at, std::uint64_t size) {
  Looked looked;
  looked.end = at.offset == size;
  if (looked.end) return looked;
  const auto broken = [&looked](std::string what) {
    looked.why = std::move(what);
    return looked;
  };
  if (at.offset > size) return broken("the file ends before it");

  std::vector<char> bytes(std::min<std::uint64_t>(first_read, size - at.offset));
  bytes.resize(file.read_at(at.offset, bytes));
  const std::uint64_t length = header_length(bytes);
  if (length == 0) return broken("no entry begins there");
  if (length > size - at.offset) return broken("the file ends within an entry's header");
  if (length > bytes.size()) {
    bytes.resize(length);
    bytes.resize(file.read_at(at.offset, bytes));
  }
  if (bytes.size() < length) return broken("the file ends within an entry's header");

  std::string why;
  std::optional<EntryHeader> header = parse_header({bytes.data(), length}, why);
  if (!header) return broken(std::move(why));
  if (header->at != at) {
    looked.moved = true;
    return broken(fmt::format("the entry there was written at {}", position_text(header->at)));
  }
  const LogPosition content{at.segment, at.offset + length};
  if (header->size > size - content.offset || whole_blocks(header->size) > size - content.offset)
    return broken("the file ends within an entry's content");
  const LogPosition end{at.segment, content.offset + whole_blocks(header->size)};
  looked.entry = Entry{.header = std::move(*header), .content = content, .end = end};
  return looked;
}

std::string content_fault(const File& file, const Entry& entry) {
  Sha256 hash;
  std::vector<char> buffer(std::min<std::uint64_t>(piece, entry.end.offset - entry.content.offset));
  const std::uint64_t content_end = entry.content.offset + entry.header.size;
  for (std::uint64_t at = entry.content.offset; at < entry.end.offset;) {
    const std::size_t want = std::min<std::uint64_t>(buffer.size(), entry.end.offset - at);
    const std::size_t got = file.read_at(at, {buffer.data(), want});
    if (got < want) return "the file ends within an entry's content";
    const std::size_t content = at < content_end ? std::min<std::uint64_t>(got, content_end - at) : 0;
    hash.add({buffer.data(), content});
    if (std::any_of(buffer.begin() + static_cast<std::ptrdiff_t>(content),
                    buffer.begin() + static_cast<std::ptrdiff_t>(got), [](char c) { return c != 0; }))
      return fmt::format("the padding after {} is not empty", entry_name(entry.header));
    at += got;
  }
  if (hash.hex() != entry.header.sha256)
    return fmt::format("the content of {} does not have its SHA-256", entry_name(entry.header));
  return "";
}

std::optional<Entry> find_entry(const File& file, LogPosition from, std::uint64_t size) {
  std::vector<char> buffer(piece);
  for (std::uint64_t at = whole_blocks(from.offset); at + tar_block <= size;) {
    const std::size_t got = file.read_at(at, buffer) / tar_block * tar_block;
    if (got == 0) break;
    for (std::size_t block = 0; block < got; block += tar_block) {
      if (header_length({buffer.data() + block, tar_block}) == 0) continue;
      Looked looked = look_at(file, {from.segment, at + block}, size);
      if (looked.entry && content_fault(file, *looked.entry).empty()) return std::move(looked.entry);
    }
    at += got;
  }
  return std::nullopt;
}

LogEntry log_entry(const File& file, const Entry& entry) {
  const std::string name = fmt::format("{} in {}", entry_name(entry.header), file.path());
  if (entry.header.kind == EntryKind::mail) {
    const MailRef ref{entry.content.segment, entry.content.offset, entry.header.size};
    return {entry.end, LoggedMail{.ref = ref,
                                  .end = entry.end,
                                  .sha256 = entry.header.sha256,
                                  .facts = facts_from_text(entry.header.facts, name)}};
  }
  if (entry.header.size > max_event_bytes)
    throw damaged_log(file.path(), entry.header.at.offset, "an event is larger than any event can be");
  std::string text(entry.header.size, '\0');
  text.resize(file.read_at(entry.content.offset, text));
  if (sha256_hex(text) != entry.header.sha256)
    throw damaged_log(
        file.path(), entry.header.at.offset,
        fmt::format("the content of {} does not have its SHA-256", entry_name(entry.header)));
  return {entry.end, event_from_text(text, name)};
}

}  // namespace papertray
