// What a mail says of one that was sent before: gathered while its parts are read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <gmime/gmime.h>

#include "core/message.h"

namespace papertray {

class ReportReader {
 public:
  // Whether the content of a part of this type is asked for: caps::report_bytes of it are enough.
  static bool wants(std::string_view type);
  // Such a part's content, decoded.
  void part(std::string_view type, std::string_view content);

  // An attached message: the first may be the one that is given back.
  void returned(GMimeObject* message);

  // After all parts, and after the text is known. `raw` is the whole mail: some mail systems give ours
  // back where no part is (a border that never closes, a header without its empty line).
  std::optional<DeliveryReport> take(const Message& message, std::string_view raw);

 private:
  void delivery_status(std::string_view content);
  void returned_fields(std::string_view text);
  void look_everywhere(std::string_view raw);
  void told_in_words(const Message& message);

  DeliveryReport report_;
  bool sign_ = false;    // it has a part that reports have
  bool status_ = false;  // and that part says what happened
  bool returned_ = false;
};

}  // namespace papertray
