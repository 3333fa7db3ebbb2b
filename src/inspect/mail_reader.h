// One raw mail to one Message. Runs in the worker; touches nothing but memory and `output`.
#pragma once

#include <memory>

#include "core/message.h"
#include "inspect/charset.h"
#include "inspect/mail_buffer.h"
#include "inspect/output.h"

namespace papertray {

class MailReader {
 public:
  // Starts GMime, libxml2 and the charset converters: to be made before the sandbox stands.
  MailReader();
  ~MailReader();
  MailReader(const MailReader&) = delete;
  MailReader& operator=(const MailReader&) = delete;

  // Decoded PDFs are appended to `output`. Throws Failure (message) with the sentence for the quarantine
  // when a cap is reached behind which the mail must not be half understood.
  Message read(MailBuffer& mail, Output& output);

 private:
  class Reading;
  struct Tools;
  std::unique_ptr<Tools> tools_;
};

}  // namespace papertray
