// Receipts: the rules' templates (report/) put into a mail (smtp/).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "intake/receipt_writer.h"
#include "report/receipt_text.h"

namespace papertray {

class ReceiptMaker : public ReceiptWriter {
 public:
  WrittenReceipt write(const ReceiptOrder& order, const Rules& rules, const Track& track) override;

 private:
  const ReceiptTemplates& templates(const Rules& rules);

  std::map<std::string, std::string> texts_;  // what parsed_ was made of
  std::optional<ReceiptTemplates> parsed_;
};

}  // namespace papertray
