#include "log/entry_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/error.h"
#include "log/pax_records.h"
#include "log/sha256.h"
#include "log/tar_block.h"

namespace papertray {
namespace {

// Extended attributes, as star wrote them first; GNU tar, bsdtar and Python read them. The values are
// plain bytes there.
constexpr std::string_view attribute = "SCHILY.xattr.user.papertray.";
constexpr std::string_view seal_key = "SCHILY.xattr.user.papertray.seal";
constexpr std::string_view log_key = "SCHILY.xattr.user.papertray.log";
constexpr std::string_view sha256_key = "SCHILY.xattr.user.papertray.sha256";
constexpr std::string_view imap_key = "SCHILY.xattr.user.papertray.imap";
constexpr std::string_view facts_key = "SCHILY.xattr.user.papertray.facts";
// pax's own, only where ustar's digits do not hold the time.
constexpr std::string_view time_key = "mtime";

// What is left for the two ustar headers, the other records and their padding.
constexpr std::uint64_t max_facts_bytes = max_header_bytes - 16 * 1024;

constexpr std::array<char, Sha256::hex_size> unsealed = [] {
  std::array<char, Sha256::hex_size> zeros{};
  zeros.fill('0');
  return zeros;
}();

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

// The tar header's time: what ustar can hold of it. Readers of pax take the record's where there is one.
std::uint64_t ustar_time(Time time) {
  const std::int64_t seconds = time.time_since_epoch().count();
  return seconds < 0 ? 0 : std::min(static_cast<std::uint64_t>(seconds), max_ustar_number);
}

// The texts that a header is made of, beside those it has.
struct Texts {
  explicit Texts(const EntryHeader& header)
      : log(log_text(header)), time(fmt::format("{}", header.time.time_since_epoch().count())) {
    records[count++] = {seal_key, {unsealed.data(), unsealed.size()}};
    records[count++] = {log_key, log};
    records[count++] = {sha256_key, header.sha256};
    if (!header.imap.empty()) records[count++] = {imap_key, header.imap};
    if (!header.facts.empty()) records[count++] = {facts_key, header.facts};
    if (Time(Seconds(ustar_time(header.time))) != header.time) records[count++] = {time_key, time};
    for (std::size_t i = 0; i < count; ++i)
      length += pax_length(records[i]);
  }
  Texts(const Texts&) = delete;

  std::string log, time;
  std::array<PaxRecord, 6> records{};
  std::size_t count = 0;
  std::uint64_t length = 0;  // of all records
};

std::uint64_t room_for(std::uint64_t records) {
  return tar_block + whole_blocks(records) + tar_block;
}

// Of all bytes, the seal's own digits taken as zeros.
std::string seal_of(std::span<const char> bytes, std::size_t digits) {
  Sha256 hash;
  hash.add(bytes.first(digits));
  hash.add(unsealed);
  hash.add(bytes.subspan(digits + unsealed.size()));
  return hash.hex();
}

// What one record says; false when it says it in no way of ours.
bool take_record(const PaxRecord& record, EntryHeader& header) {
  if (record.key == sha256_key) {
    header.sha256 = record.value;
    return record.value.size() == Sha256::hex_size;
  }
  if (record.key == log_key) return read_log_text(record.value, header);
  if (record.key == facts_key) {
    header.facts = record.value;
    header.kind = EntryKind::mail;
    return !record.value.empty();
  }
  if (record.key == imap_key) {
    header.imap = record.value;
    return true;
  }
  if (record.key == time_key) {
    std::string_view text = record.value;
    std::int64_t seconds = 0;
    const bool whole = take(text, "", seconds) && text.empty();
    header.time = Time(Seconds(seconds));
    return whole;
  }
  // A later version may tell more. Any other key (path, size, linkpath) would make another file of it
  // for a tar than for us.
  return record.key.starts_with(attribute);
}

}  // namespace

std::string entry_name(const EntryHeader& header) {
  return header.kind == EntryKind::mail ? fmt::format("mail/{}.eml", header.sha256)
                                        : fmt::format("event/{}.json", header.events);
}

std::uint64_t header_room(const EntryHeader& header) {
  if (header.facts.size() + header.imap.size() > max_facts_bytes)
    throw Failure(
        {Scope::message, Again::never, Exit::bad_data,
         "the mailbox says more about one mail than the log can hold (flags, folder name); this "
         "mail is left where it is"});
  if (header.size > max_ustar_number)
    throw Failure({Scope::message, Again::never, Exit::bad_data,
                   fmt::format("a mail of {} bytes is larger than the log can hold (8 GiB); it is left "
                               "where it is",
                               header.size)});
  return room_for(Texts(header).length);
}

void write_header(const EntryHeader& header, std::span<char> room) {
  const Texts texts(header);
  const std::string name = entry_name(header);
  const std::size_t folder = name.find('/') + 1;
  const std::string records_name = name.substr(0, folder) + "PaxHeader/" + name.substr(folder);
  const std::uint64_t time = ustar_time(header.time);

  write_tar_block({BlockType::records, records_name, texts.length, time}, room.first<tar_block>());
  char* to = room.data() + tar_block;
  char* seal = nullptr;
  for (std::size_t i = 0; i < texts.count; ++i) {
    char* const value = write_pax_record(texts.records[i], to);
    if (texts.records[i].key == seal_key) seal = value;
    to = value + texts.records[i].value.size() + 1;
  }
  const std::span<char, tar_block> file = room.last<tar_block>();
  std::fill(to, file.data(), '\0');
  write_tar_block({BlockType::file, name, header.size, time}, file);

  const std::string digits = seal_of(room, static_cast<std::size_t>(seal - room.data()));
  std::copy(digits.begin(), digits.end(), seal);
}

std::string header_bytes(const EntryHeader& header) {
  std::string bytes(header_room(header), '\0');
  write_header(header, bytes);
  return bytes;
}

std::uint64_t header_length(std::span<const char> first_block) {
  const std::optional<TarBlock> block = read_tar_block(first_block);
  if (!block || block->type != BlockType::records) return 0;
  if (block->size == 0 || block->size > max_header_bytes) return 0;
  return room_for(block->size);
}

std::optional<EntryHeader> parse_header(std::span<const char> bytes, std::string& why) {
  const auto no = [&why](std::string_view what) {
    why = what;
    return std::nullopt;
  };
  const std::uint64_t length = header_length(bytes);
  if (length == 0 || length != bytes.size()) return no("no header of an entry is there");
  const std::uint64_t records_length = read_tar_block(bytes)->size;
  std::string_view reason;
  const std::optional<std::vector<PaxRecord>> records =
      read_pax_records({bytes.data() + tar_block, records_length}, reason);
  if (!records) return no(reason);
  const auto seal = std::find_if(records->begin(), records->end(),
                                 [](const PaxRecord& record) { return record.key == seal_key; });
  if (seal == records->end() || seal->value.size() != Sha256::hex_size)
    return no("its header carries no seal");
  if (seal_of(bytes, static_cast<std::size_t>(seal->value.data() - bytes.data())) != seal->value)
    return no("its header's bytes are not those written");

  // From here on all is as somebody sealed it.
  const std::optional<TarBlock> file = read_tar_block(bytes.last(tar_block));
  if (!file || file->type != BlockType::file) return no("its header is not followed by a file's");
  EntryHeader header;
  header.kind = EntryKind::event;
  header.size = file->size;
  header.time = Time(Seconds(static_cast<std::int64_t>(file->time)));
  bool placed = false, hashed = false;
  for (const PaxRecord& record : *records) {
    if (!take_record(record, header)) return no("its header says what the log does not write");
    placed = placed || record.key == log_key;
    hashed = hashed || record.key == sha256_key;
  }
  if (!placed) return no("its header does not say where it stands");
  if (!hashed) return no("its header does not say its content's SHA-256");
  if (entry_name(header) != file->name) return no("its name does not fit its content");
  return header;
}

}  // namespace papertray
