#include "zip/write_zip.h"

#include <exception>

#include <fmt/format.h>
#include <zip.h>

#include "core/error.h"

namespace papertray {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw Failure({Scope::program, Again::person, Exit::cannot_write,
                 fmt::format("cannot write {}: {}", path, why)});
}

// One entry as libzip asks for it. Exceptions cannot pass through libzip: the first one waits in
// `thrown`.
struct Reading {
  const ZipEntry* entry = nullptr;
  std::exception_ptr* thrown = nullptr;
  std::unique_ptr<ZipSource> source;
  zip_error_t error{};
};

template <class Work>
zip_int64_t guarded(Reading& reading, Work work) {
  try {
    return static_cast<zip_int64_t>(work());
  } catch (...) {
    if (!*reading.thrown) *reading.thrown = std::current_exception();
    zip_error_set(&reading.error, ZIP_ER_READ, 0);
    return -1;
  }
}

zip_int64_t tell_size(const Reading& reading, void* data, zip_uint64_t length) {
  if (length < sizeof(zip_stat_t)) return -1;
  auto* stat = static_cast<zip_stat_t*>(data);
  zip_stat_init(stat);
  stat->size = reading.entry->size;
  stat->mtime = reading.entry->modified.time_since_epoch().count();
  stat->valid = ZIP_STAT_SIZE | ZIP_STAT_MTIME;
  return sizeof *stat;
}

zip_int64_t answer(void* state, void* data, zip_uint64_t length, zip_source_cmd_t command) {
  Reading& reading = *static_cast<Reading*>(state);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      return guarded(reading, [&] {
        reading.source = reading.entry->open();
        return 0;
      });
    case ZIP_SOURCE_READ:
      return guarded(reading, [&] {
        return reading.source->read({static_cast<char*>(data), static_cast<std::size_t>(length)});
      });
    case ZIP_SOURCE_CLOSE:
      reading.source.reset();
      return 0;
    case ZIP_SOURCE_STAT:
      return tell_size(reading, data, length);
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&reading.error, data, length);
    case ZIP_SOURCE_FREE:
      return 0;  // it is the caller's
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    default:
      zip_error_set(&reading.error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

void add(zip_t* archive, const std::string& path, Reading& reading) {
  const ZipEntry& entry = *reading.entry;
  zip_source_t* source = zip_source_function(archive, answer, &reading);
  if (!source) fail(path, zip_strerror(archive));
  const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    fail(path, zip_strerror(archive));
  }
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_set_file_compression(archive, at, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_mtime(archive, at, entry.modified.time_since_epoch().count(), 0) != 0)
    fail(path, zip_strerror(archive));
}

}  // namespace

void write_zip(const std::string& path, const std::vector<ZipEntry>& entries) {
  int code = 0;
  std::exception_ptr thrown;
  std::vector<Reading> readings(entries.size());  // they outlive the archive
  std::unique_ptr<zip_t, Discard> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    fail(path, why);
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    readings[i].entry = &entries[i];
    readings[i].thrown = &thrown;
    add(archive.get(), path, readings[i]);
  }
  if (zip_close(archive.get()) != 0) {
    if (thrown) std::rethrow_exception(thrown);
    fail(path, zip_strerror(archive.get()));
  }
  archive.release();  // zip_close has freed it
}

}  // namespace papertray
