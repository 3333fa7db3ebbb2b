#include "log/entry_writer.h"

#include "core/fail_point.h"

namespace papertray {

void EntryWriter::begin(const EntryHeader& header) {
  room_ = header_room(header);
  whole_ = room_ + whole_blocks(header.size) <= gathered_bytes;
  next_ = header.at.offset + (whole_ ? 0 : room_);
  gathered_.clear();
  gathered_.resize(whole_ ? room_ : 0);
}

void EntryWriter::flush(const File& file) {
  reached("log:write");
  file.write_at(next_, gathered_);
  next_ += gathered_.size();
  gathered_.clear();
}

void EntryWriter::add(const File& file, std::span<const char> bytes) {
  if (gathered_.size() + bytes.size() > gathered_bytes) flush(file);
  if (bytes.size() >= gathered_bytes) {
    file.write_at(next_, bytes);
    next_ += bytes.size();
  } else {
    gathered_.insert(gathered_.end(), bytes.begin(), bytes.end());
  }
}

std::uint64_t EntryWriter::finish(const File& file, const EntryHeader& header) {
  const std::uint64_t padding = whole_blocks(header.size) - header.size;
  gathered_.resize(gathered_.size() + padding);
  if (whole_) {
    write_header(header, std::span(gathered_).first(room_));
    flush(file);
    return next_;
  }
  flush(file);
  gathered_.resize(room_);
  write_header(header, gathered_);
  reached("log:header");
  file.write_at(header.at.offset, gathered_);
  return next_;
}

}  // namespace papertray
