#include "core/receipt.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/printable.h"
#include "core/receipt_check.h"

namespace papertray {
namespace {

// A receipt repeats a stranger's words to whom he says he is: enough to recognise them, no more.
constexpr std::size_t longest_line = 200;        // columns
constexpr std::size_t longest_question = 4'000;  // bytes
constexpr std::size_t most_other_files = 10;

struct Input {
  const ReceiptFacts& facts;
  const Rules& rules;
  const Track& track;
};

std::string line(std::string_view text) {
  return cut_to(one_line(text), longest_line);
}

std::string yes(bool condition) {
  return condition ? "yes" : "";
}

std::string number(int value) {
  return value > 0 ? std::to_string(value) : "";
}

std::string utc(Time t) {
  std::string text = rfc3339(t);
  text.replace(10, 1, " ");
  text.pop_back();
  return text + " UTC";
}

std::string thousands(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string size_text(std::uint64_t size) {
  constexpr std::uint64_t kib = 1024;
  constexpr std::uint64_t mib = kib * 1024;
  const std::string bytes = thousands(size) + (size == 1 ? " byte" : " bytes");
  if (size < kib) return bytes;
  if (size < mib) return fmt::format("{} ({} KiB)", bytes, (size + kib / 2) / kib);
  return fmt::format("{} ({:.1f} MiB)", bytes, static_cast<double>(size) / static_cast<double>(mib));
}

std::string question_text(std::string_view text) {
  const bool cut = text.size() > longest_question;
  if (cut) {
    std::size_t end = longest_question;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
      --end;
    text = text.substr(0, end);
  }
  return many_lines(text) + (cut ? "…" : "");
}

std::string other_files(const std::vector<std::string>& files) {
  std::string all;
  for (std::size_t i = 0; i < files.size() && i < most_other_files; ++i) {
    if (i > 0) all += ", ";
    all += files[i].empty() ? "a PDF without a name" : line(files[i]);
  }
  if (files.size() > most_other_files)
    all += fmt::format(" and {} more", files.size() - most_other_files);
  return all;
}

std::string local_due(const Input& in, const std::optional<Deadline>& due) {
  return due ? local_text(due->last, in.rules.timezone) : "";
}

// For "it is ...". "": what it is cannot be told.
std::string_view kind_words(FileKind kind) {
  switch (kind) {
    case FileKind::archive:
      return "an archive";
    case FileKind::office:
      return "a word processor's document";
    case FileKind::rich_text:
      return "a rich text document (RTF)";
    case FileKind::postscript:
      return "PostScript";
    case FileKind::html:
      return "a web page (HTML)";
    case FileKind::latex:
      return "LaTeX source";
    case FileKind::picture:
      return "a picture";
    case FileKind::empty:
      return "empty";
    case FileKind::unknown:
    case FileKind::pdf:
    case FileKind::damaged_pdf:
      break;
  }
  return "";
}

// The style that its track's papers are compared with; without one, that of no demands.
const PaperStyle& style_of(const Input& in) {
  static const PaperStyle none;
  const auto found = in.rules.styles.find(in.track.id);
  return found == in.rules.styles.end() ? none : found->second;
}

struct Variable {
  const char* name;
  std::string (*text)(const Input&);
};

// Every variable that a template may use; docs/rules.md explains each.
constexpr Variable variables[] = {
    {"workshop", [](const Input& in) { return line(in.rules.workshop); }},
    {"address", [](const Input& in) { return line(in.rules.address); }},
    {"track", [](const Input& in) { return line(in.track.id); }},
    {"subject_phrase",
     [](const Input& in) { return in.track.subjects.empty() ? "" : line(in.track.subjects.front()); }},
    {"label", [](const Input& in) { return line(in.facts.label); }},
    {"version", [](const Input& in) { return number(in.facts.version); }},
    {"versioned", [](const Input& in) { return yes(in.facts.version > 1); }},
    {"replaced",
     [](const Input& in) {
       return in.facts.kind == ReceiptKind::replaced ? number(in.facts.version - 1) : "";
     }},
    {"counts_version", [](const Input& in) { return number(in.facts.counts_version.value_or(0)); }},
    {"received_local", [](const Input& in) { return local_text(in.facts.received, in.rules.timezone); }},
    {"received_utc", [](const Input& in) { return utc(in.facts.received); }},
    {"due_text", [](const Input& in) { return in.facts.due ? line(in.facts.due->text) : ""; }},
    {"due_local", [](const Input& in) { return local_due(in, in.facts.due); }},
    {"due_utc", [](const Input& in) { return in.facts.due ? utc(in.facts.due->last) : ""; }},
    {"margin", [](const Input& in) { return in.facts.due ? span_text(in.facts.lateness.margin) : ""; }},
    {"on_time", [](const Input& in) { return yes(in.facts.due && in.facts.lateness.on_time); }},
    {"late", [](const Input& in) { return yes(in.facts.due && !in.facts.lateness.on_time); }},
    {"final_due_text",
     [](const Input& in) { return in.track.final_due ? line(in.track.final_due->text) : ""; }},
    {"final_due_local", [](const Input& in) { return local_due(in, in.track.final_due); }},
    {"final_due_utc",
     [](const Input& in) { return in.track.final_due ? utc(in.track.final_due->last) : ""; }},
    {"file_name", [](const Input& in) { return line(in.facts.file_name); }},
    {"size", [](const Input& in) { return in.facts.size > 0 ? size_text(in.facts.size) : ""; }},
    {"sha256", [](const Input& in) { return line(in.facts.sha256); }},
    {"other_files", [](const Input& in) { return other_files(in.facts.other_files); }},
    {"pages", [](const Input& in) { return number(in.track.pages); }},
    {"paper", [](const Input& in) { return line(in.track.paper); }},
    {"style", [](const Input& in) { return line(in.track.style); }},
    {"style_name",
     [](const Input& in) { return in.track.style.empty() ? "" : line(style_of(in).name); }},
    {"checked", [](const Input& in) { return yes(in.facts.checked.has_value()); }},
    {"check_to_come", [](const Input& in) { return yes(in.facts.check_to_come); }},
    {"unreadable", [](const Input& in) { return yes(in.facts.checked && !in.facts.checked->opens); }},
    {"found",
     [](const Input& in) {
       return in.facts.checked ? found_words(*in.facts.checked, style_of(in)) : "";
     }},
    {"paper_title",
     [](const Input& in) { return in.facts.checked ? line(in.facts.checked->title) : ""; }},
    {"findings",
     [](const Input& in) { return in.facts.checked ? findings_words(*in.facts.checked) : ""; }},
    {"fits",
     [](const Input& in) { return yes(in.facts.checked && findings_words(*in.facts.checked).empty()); }},
    {"question", [](const Input& in) { return question_text(in.facts.question); }},
    {"title", [](const Input& in) { return line(in.facts.title); }},
    {"note", [](const Input& in) { return question_text(in.facts.note); }},
    {"sender_subject", [](const Input& in) { return line(in.facts.sender_subject); }},
    {"problem_no_pdf", [](const Input& in) { return yes(in.facts.problem == Problem::no_pdf); }},
    {"problem_link_only", [](const Input& in) { return yes(in.facts.problem == Problem::link_only); }},
    {"problem_other_format",
     [](const Input& in) { return yes(in.facts.problem == Problem::other_format); }},
    {"problem_sealed", [](const Input& in) { return yes(in.facts.problem == Problem::sealed); }},
    {"problem_damaged", [](const Input& in) { return yes(in.facts.problem == Problem::damaged); }},
    {"problem_file", [](const Input& in) { return line(in.facts.problem_file); }},
    {"problem_file_is", [](const Input& in) { return std::string(kind_words(in.facts.problem_kind)); }},
    {"problem_too_large", [](const Input& in) { return yes(in.facts.problem == Problem::too_large); }},
    {"whole_size",
     [](const Input& in) { return in.facts.oversize ? size_text(in.facts.oversize->whole) : ""; }},
    {"largest_size",
     [](const Input& in) { return in.facts.oversize ? size_text(in.facts.oversize->largest) : ""; }},
    {"needs_text", [](const Input& in) { return yes(in.track.needs == Needs::text); }},
    {"problem_empty_text", [](const Input& in) { return yes(in.facts.problem == Problem::empty_text); }},
};

constexpr std::pair<ReceiptKind, std::string_view> kind_names[] = {
    {ReceiptKind::received, "received"},
    {ReceiptKind::replaced, "replaced"},
    {ReceiptKind::late, "late"},
    {ReceiptKind::duplicate, "duplicate"},
    {ReceiptKind::problem, "problem"},
    {ReceiptKind::question, "question"},
    {ReceiptKind::confirm_withdrawal, "confirm-withdrawal"},
    {ReceiptKind::withdrawn, "withdrawn"},
    {ReceiptKind::accepted, "accepted"},
    {ReceiptKind::rejected, "rejected"},
    {ReceiptKind::reminder, "reminder"},
    {ReceiptKind::final_copy, "final"},
    {ReceiptKind::letter, own_letters}};

// Beside the kinds: what `notify` takes for something else.
constexpr std::string_view taken_names[] = {"decisions", "letters"};
constexpr std::size_t longest_letter_name = 40;

}  // namespace

std::string_view receipt_kind_name(ReceiptKind kind) {
  for (const auto& [value, name] : kind_names) {
    if (value == kind) return name;
  }
  return "";
}

std::optional<ReceiptKind> receipt_kind_from_name(std::string_view name) {
  for (const auto& [value, known] : kind_names)
    if (known == name && value != ReceiptKind::letter) return value;
  return own_letter_name(name) ? std::optional(ReceiptKind::letter) : std::nullopt;
}

std::optional<std::string_view> own_letter_name(std::string_view kind) {
  if (!kind.starts_with(own_letters)) return std::nullopt;
  const std::string_view name = kind.substr(own_letters.size());
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  const auto is_taken = [&](const auto& known) { return known.second == name; };
  if (name.empty() || name.size() > longest_letter_name || !std::ranges::all_of(name, fits) ||
      std::ranges::find(taken_names, name) != std::end(taken_names) ||
      std::ranges::any_of(kind_names, is_taken))
    return std::nullopt;
  return name;
}

bool is_later_receipt_kind(ReceiptKind kind) {
  return kind >= ReceiptKind::confirm_withdrawal;
}

bool is_letter_kind(ReceiptKind kind) {
  return kind == ReceiptKind::accepted || kind == ReceiptKind::rejected ||
         kind == ReceiptKind::reminder || kind == ReceiptKind::letter;
}

ReceiptView receipt_view(const ReceiptFacts& facts, const Rules& rules, const Track& track) {
  const Input input{facts, rules, track};
  ReceiptView view;
  for (const Variable& variable : variables)
    view.values.emplace_back(variable.name, variable.text(input));
  return view;
}

const std::vector<std::string>& receipt_view_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Variable& variable : variables)
      all.emplace_back(variable.name);
    return all;
  }();
  return names;
}

}  // namespace papertray
