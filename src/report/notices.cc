#include "report/notices.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"
#include "report/table.h"
#include "report/words.h"

namespace papertray {
namespace {

std::size_t count(const NoticesView& view, std::string_view step) {
  return static_cast<std::size_t>(std::ranges::count(view.rows, step, &NoticeView::step));
}

std::string letters(std::size_t number) {
  return fmt::format("{} letter{}", number, number == 1 ? "" : "s");
}

std::string table_of(const NoticesView& view, std::string_view kind, std::string_view step,
                     const Look& look) {
  Table table({{"id", 0}, {"to", 0, 14}, {"title", 1, 16}, {"", 0, 20}}, false);
  for (const NoticeView& row : view.rows)
    if (row.step == step && (kind.empty() || row.kind == kind))
      table.add({row.id, row.to.empty() ? "-" : row.to, row.title, Cell(row.text, Tone::warn)});
  return table.text(look, 2);
}

// Whole sentences: nothing of what a person has to do is cut.
std::string list_of(const NoticesView& view, std::string_view step, const Look& look) {
  std::string text;
  for (const NoticeView& row : view.rows)
    if (row.step == step) text += block(fmt::format("{}: {}.", row.id, row.text), look, 2, Tone::warn);
  return text;
}

}  // namespace

std::size_t letters_in(const NoticesView& view) {
  return count(view, "write");
}

std::string notices_text(const NoticesView& view, const Look& look) {
  std::string text;
  for (std::size_t i = 0; i < view.samples.size(); ++i) {
    const RenderedView& sample = view.samples[i];
    const auto number = static_cast<std::size_t>(std::ranges::count_if(
        view.rows, [&](const auto& row) { return row.step == "write" && row.kind == sample.name; }));
    text += heading(fmt::format("{}: {}", sample.name, letters(number)), look);
    text += table_of(view, sample.name, "write", look);
    text += heading(fmt::format("The one to {}", one_line(view.sample_to[i])), look);
    text += block(rendered_text(sample), look, 2);
  }
  if (count(view, "again") > 0) text += heading("Told before", look) + list_of(view, "again", look);
  if (count(view, "person") > 0) text += heading("For a person", look) + list_of(view, "person", look);
  text += "\n" + block(fmt::format("{} to be written, {} done already, {} told before, {} for a person.",
                                   letters(letters_in(view)), count(view, "told"), count(view, "again"),
                                   count(view, "person")),
                       look, 0, Tone::strong);
  return text;
}

std::string noticed_text(const NoticesView& view, const Look& look) {
  const std::string written = letters(letters_in(view));
  return block(view.held ? written + " written, held until papertray outbox send."
                         : written +
                               " in the outbox; papertray run sends them, papertray outbox send "
                               "at once.",
               look, 0);
}

std::string notices_json(const NoticesView& view) {
  using json::Value;
  Value value = json::document("notify");
  value["command"] = json::words(view.command);
  value["written"] = view.written;
  value["held"] = view.held;
  Value& items = value["items"] = Value::array();
  for (const NoticeView& row : view.rows)
    items.push_back({{"id", json::words(row.id)},
                     {"kind", json::words(row.kind)},
                     {"to", json::words_or_null(row.to)},
                     {"title", json::words(row.title)},
                     {"step", row.step},
                     {"reason", json::words(row.text)}});
  Value& samples = value["samples"] = Value::array();
  for (std::size_t i = 0; i < view.samples.size(); ++i)
    samples.push_back({{"kind", view.samples[i].name},
                       {"to", json::words(view.sample_to[i])},
                       {"subject", json::words(view.samples[i].receipt.subject)},
                       {"text", json::words(view.samples[i].receipt.text)}});
  return json::printed(value);
}

}  // namespace papertray
