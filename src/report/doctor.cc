#include "report/doctor.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"
#include "report/words.h"

namespace papertray {

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::warn:
      return "warn";
    case Verdict::fail:
      return "fail";
  }
  return "fail";
}

namespace {

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return Tone::plain;
    case Verdict::warn:
      return Tone::warn;
    case Verdict::fail:
      return Tone::bad;
  }
  return Tone::bad;
}

}  // namespace

std::string doctor_text(const std::vector<CheckRow>& rows, const Look& look) {
  Facts facts;
  for (const CheckRow& row : rows)
    facts.add(fmt::format("{:<4}  {}", verdict_name(row.verdict), one_line(row.check)), row.text,
              tone_of(row.verdict));
  return facts.text(look);
}

std::string doctor_json(const std::vector<CheckRow>& rows) {
  return json::printed_list("doctor", rows, [](const CheckRow& row) -> json::Value {
    return {{"check", json::words(row.check)},
            {"verdict", verdict_name(row.verdict)},
            {"text", json::words(row.text)}};
  });
}

}  // namespace papertray
