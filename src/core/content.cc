#include "core/content.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/printable.h"
#include "core/reply_text.h"
#include "core/subject.h"

namespace papertray {
namespace {

// Enough of a stranger's file name or link to recognise it.
constexpr std::size_t longest_shown = 80;

std::string shown(std::string_view text) {
  return cut_to(one_line(text), longest_shown);
}

bool ends_in(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return ascii::ends_with(name, ending); });
}

bool is_signature(const Part& part) {
  return part.type == "application/pgp-signature" || part.type == "application/pkcs7-signature" ||
         part.type == "application/x-pkcs7-signature" || part.type == "application/pgp-keys";
}

// A paper in the wrong clothes: its source, a word processor's file, an archive, or what calls itself a
// PDF and is none.
bool is_other_format(const Part& part) {
  if (part.pdf) return false;
  const bool claims_pdf = part.type == "application/pdf" || part.type == "application/x-pdf" ||
                          ascii::ends_with(part.name, ".pdf");
  constexpr std::string_view types[] = {
      "application/x-tex",
      "application/x-latex",
      "text/x-tex",
      "application/postscript",
      "application/msword",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.oasis.opendocument.text",
      "application/rtf",
      "text/rtf",
      "application/zip",
      "application/x-zip-compressed",
      "application/gzip",
      "application/x-gzip",
      "application/x-tar",
      "application/x-7z-compressed",
      "application/x-rar-compressed",
      "application/vnd.rar"};
  return claims_pdf || std::find(std::begin(types), std::end(types), part.type) != std::end(types) ||
         ends_in(part.name, {".tex", ".doc", ".docx", ".odt", ".rtf", ".ps", ".eps", ".dvi", ".zip",
                             ".tar", ".gz", ".tgz", ".7z", ".rar", ".md", ".pages"});
}

// The host of an http address: between `//` and the path, without user and port, lower case.
std::string host_of(std::string_view link) {
  const auto slashes = link.find("//");
  if (slashes == std::string_view::npos) return "";
  std::string_view host = link.substr(slashes + 2);
  host = host.substr(0, host.find_first_of("/?#\\"));
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host = host.substr(at + 1);
  return ascii::lower(host.substr(0, host.find(':')));
}

// Where people leave a file instead of attaching it.
bool is_file_link(std::string_view link) {
  constexpr std::string_view domains[] = {
      "drive.google.com", "docs.google.com",   "dropbox.com",    "db.tt",      "dropboxusercontent.com",
      "1drv.ms",          "onedrive.live.com", "sharepoint.com", "icloud.com", "overleaf.com",
      "sharelatex.com",   "wetransfer.com",    "we.tl",          "box.com"};
  const std::string host = host_of(link);
  return std::any_of(std::begin(domains), std::end(domains), [&](std::string_view domain) {
    return host == domain || (host.size() > domain.size() && ascii::ends_with(host, domain) &&
                              host[host.size() - domain.size() - 1] == '.');
  });
}

bool can_be_seen(std::string_view text) {
  // Mostly the first letter tells. Folding, for texts that may be invisible, looks at all of it.
  const bool letter = std::any_of(text.begin(), text.end(),
                                  [](char c) { return ascii::is_alpha(c) || ascii::is_digit(c); });
  return letter || !fold_text(text).empty();
}

bool like_supplement(const Part& part) {
  const std::string name = fold_text(part.name);
  constexpr std::string_view words[] = {"suppl",        "supp.",       "supp_",    "supp-",
                                        "_supp",        "-supp",       "appendi",  "annex",
                                        "additional",   "slides",      "poster",   "cover_letter",
                                        "cover letter", "coverletter", "copyright"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

bool is_paper(const Part& part) {
  return part.pdf && part.kind != FileKind::damaged_pdf;
}

// A name tells more than a zip archive's first bytes do.
FileKind kind_of(const Part& part) {
  if (part.kind != FileKind::archive && part.kind != FileKind::unknown) return part.kind;
  if (ends_in(part.name, {".doc", ".docx", ".odt", ".pages"})) return FileKind::office;
  if (part.kind == FileKind::unknown && ends_in(part.name, {".tex", ".ltx"})) return FileKind::latex;
  return part.kind;
}

}  // namespace

bool brings_text(const Message& message) {
  return can_be_seen(message.text);
}

bool says_something(const Message& message) {
  return can_be_seen(reply_text(message.text).said);
}

int count_pdfs(const Message& message) {
  return static_cast<int>(std::count_if(message.parts.begin(), message.parts.end(),
                                        [](const Part& part) { return is_paper(part); }));
}

int choose_paper(const Message& message) {
  int best = -1;
  bool best_supplement = false;
  for (std::size_t i = 0; i < message.parts.size(); ++i) {
    const Part& part = message.parts[i];
    if (!is_paper(part)) continue;
    const bool supplement = like_supplement(part);
    const bool better = best < 0 || (best_supplement && !supplement) ||
                        (best_supplement == supplement &&
                         part.size > message.parts[static_cast<std::size_t>(best)].size);
    if (!better) continue;
    best = static_cast<int>(i);
    best_supplement = supplement;
  }
  return best;
}

bool has_attachment(const Message& message) {
  return std::any_of(message.parts.begin(), message.parts.end(), [](const Part& part) {
    if (is_signature(part)) return false;
    if (part.disposition == "attachment") return true;
    return !part.name.empty() && !ascii::starts_with(part.type, "image/");
  });
}

Missing missing_pdf(const Message& message) {
  if (message.sealed == Sealed::smime) return {.problem = Problem::sealed, .what = "S/MIME"};
  if (message.sealed == Sealed::pgp) return {.problem = Problem::sealed, .what = "PGP"};
  const auto damaged = std::ranges::find(message.parts, FileKind::damaged_pdf, &Part::kind);
  if (damaged != message.parts.end())
    return {Problem::damaged, shown(damaged->name), FileKind::damaged_pdf};
  // A file that came tells more than a link, which may stand in a signature or a quoted mail.
  const auto file = std::find_if(message.parts.begin(), message.parts.end(), is_other_format);
  if (file != message.parts.end()) {
    return {Problem::other_format, shown(file->name.empty() ? file->type : file->name), kind_of(*file)};
  }
  const auto link = std::find_if(message.links.begin(), message.links.end(), is_file_link);
  if (link != message.links.end()) return {.problem = Problem::link_only, .what = shown(*link)};
  return {};
}

}  // namespace papertray
