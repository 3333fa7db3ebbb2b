// What `doctor` found: a line for each check.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/look.h"

namespace papertray {

enum class Verdict { ok, warn, fail };
std::string_view verdict_name(Verdict verdict);

struct CheckRow {
  Verdict verdict = Verdict::ok;
  std::string check;  // "rules", "deadline papers due"
  std::string text;   // what is, and what to do when it is not well
};

std::string doctor_text(const std::vector<CheckRow>& rows, const Look& look);
std::string doctor_json(const std::vector<CheckRow>& rows);

}  // namespace papertray
