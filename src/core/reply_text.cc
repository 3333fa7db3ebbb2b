#include "core/reply_text.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/reply_attribution.h"
#include "core/reply_headers.h"
#include "core/reply_lines.h"
#include "core/reply_signature.h"

namespace papertray {
namespace {

constexpr std::pair<CutKind, std::string_view> cut_names[] = {{CutKind::quote, "quote"},
                                                              {CutKind::forward, "forward"},
                                                              {CutKind::signature, "signature"},
                                                              {CutKind::disclaimer, "disclaimer"},
                                                              {CutKind::client, "client"}};

// Where what is no longer the writer's begins, all the way down.
struct Border {
  CutKind kind = CutKind::quote;
  std::size_t first = 0;      // line
  std::size_t content = 0;    // line after what introduces the other mail
  bool surely_other = false;  // when nothing was said above it, nothing was said
};

class Reply {
 public:
  explicit Reply(const ReplyLines& lines) : lines_(lines), cut_(lines.size(), kept) {}

  ReplyText read() {
    cut_armour();
    std::size_t begin = 0;
    while (begin < lines_.size()) {
      const std::optional<Border> border = find_border(begin);
      const std::size_t end = border ? border->first : lines_.size();
      read_own(begin, end);
      if (!border) break;
      if (border->surely_other || has_words(begin, end)) {
        cut(border->kind, border->first, lines_.size());
        break;
      }
      // Nothing was said but this, so it is what the writer wants read.
      cut(border->kind, border->first, border->content);
      begin = border->content;
    }
    return result();
  }

 private:
  static constexpr signed char kept = -1;

  void cut(CutKind kind, std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i)
      if (cut_[i] == kept) cut_[i] = static_cast<signed char>(kind);
  }
  bool is_cut(std::size_t i) const { return cut_[i] != kept; }
  bool gone(std::size_t i) const { return is_cut(i) || lines_.blank(i); }

  bool has_words(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i)
      if (!gone(i) && !lines_.quote(i)) return true;
    return false;
  }

  // RFC 4880 section 7: the text of a signed mail stands between two sorts of lines.
  void cut_armour() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i].text;
      if (line.starts_with("-----BEGIN PGP SIGNED MESSAGE-----")) {
        const std::size_t first = i;
        while (i + 1 < lines_.size() && !lines_.blank(i + 1))
          ++i;
        cut(CutKind::signature, first, i + 1);
      } else if (line.starts_with("-----BEGIN PGP SIGNATURE-----")) {
        const std::size_t first = i;
        while (i + 1 < lines_.size() && !lines_[i].text.starts_with("-----END PGP SIGNATURE-----"))
          ++i;
        cut(CutKind::signature, first, i + 1);
      }
    }
  }

  std::optional<Border> find_border(std::size_t begin) const {
    for (std::size_t i = begin; i < lines_.size(); ++i) {
      if (!lines_.text(i) || is_cut(i)) continue;
      if (const auto other = other_mail_at(lines_, begin, i)) {
        const bool forwarded = other->told == OtherMail::Told::forwarded;
        return Border{forwarded ? CutKind::forward : CutKind::quote, other->first, other->content,
                      other->told == OtherMail::Told::original};
      }
      const auto attribution = attribution_at(lines_, begin, i);
      if (attribution && !attribution->before_quote)
        return Border{CutKind::quote, attribution->first, attribution->end, false};
    }
    return std::nullopt;
  }

  // The lines above a border, or all.
  void read_own(std::size_t begin, std::size_t end) {
    while (begin < end && gone(begin))
      ++begin;
    end = cut_below(begin, end);
    cut_client_lines(begin, end);
    cut_attributions(begin, end);
  }

  // From the end upwards, one part after the other. Gives back where the rest ends.
  std::size_t cut_below(std::size_t begin, std::size_t end) {
    for (;;) {
      while (end > begin && gone(end - 1))
        --end;
      if (end == begin) return end;
      if (lines_.quote(end - 1)) {
        const std::size_t first = quote_above(begin, end);
        cut(CutKind::quote, first, end);
        end = first;
        continue;
      }
      const std::optional<Cut> part = closing_part(lines_, begin, end);
      if (!part) return end;
      cut(part->kind, part->first, part->end);
      end = part->first;
    }
  }

  // Where the quote begins that ends before `end`, with what introduces it.
  std::size_t quote_above(std::size_t begin, std::size_t end) const {
    std::size_t first = end;
    for (std::size_t i = end; i > begin; --i) {
      if (lines_.quote(i - 1) || is_broken_off(begin, i - 1))
        first = i - 1;
      else if (!gone(i - 1))
        break;
    }
    std::size_t above = first;
    while (above > begin && gone(above - 1))
      --above;
    if (above == begin) return first;
    const auto attribution = attribution_at(lines_, begin, above - 1);
    return attribution ? attribution->first : first;
  }

  // The rest of a quoted line that was too long for some program: between two quoted lines, and going on
  // in the middle of a sentence.
  bool is_broken_off(std::size_t begin, std::size_t i) const {
    constexpr std::size_t long_line = 60;  // bytes
    if (i <= begin || i + 1 >= lines_.size() || !lines_.text(i) || !lines_.quote(i - 1) ||
        !lines_.quote(i + 1))
      return false;
    const std::string_view above = ascii::trimmed(lines_[i - 1].text);
    const char c = lines_[i].text.front();
    return above.size() >= long_line && !above.ends_with('?') && c >= 'a' && c <= 'z';
  }

  void cut_client_lines(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (!is_cut(i) && (i == begin || gone(i - 1)) && (i + 1 == end || gone(i + 1)) &&
          is_client_line(lines_, i))
        cut(CutKind::client, i, i + 1);
  }

  // What introduces the quotes between answers goes; a mail that is answered below goes with it.
  void cut_attributions(std::size_t begin, std::size_t end) {
    std::size_t quotes = 0;
    std::size_t introduced = 0;
    std::size_t last_quote = end;
    bool answered_before = false;  // something is said above the first quote
    for (std::size_t i = begin; i < end; ++i) {
      if (is_cut(i)) continue;
      if (lines_.quote(i)) {
        const bool first = i == begin || last_quote == end || !only_gone(last_quote + 1, i);
        if (first) {
          ++quotes;
          if (introduced < quotes && quotes == 1 && is_quoted_attribution(lines_, i)) ++introduced;
        }
        last_quote = i;
        continue;
      }
      const auto attribution = attribution_at(lines_, begin, i);
      if (attribution && attribution->before_quote) {
        if (quotes == 0 && !has_words(begin, attribution->first)) ++introduced;
        cut(CutKind::quote, attribution->first, attribution->end);
      }
    }
    for (std::size_t i = begin; i < end && !answered_before && !lines_.quote(i); ++i)
      answered_before = !gone(i);
    if (quotes == 1 && introduced > 0 && !answered_before) cut(CutKind::quote, begin, last_quote + 1);
  }

  bool only_gone(std::size_t first, std::size_t end) const {
    for (std::size_t i = first; i < end; ++i)
      if (!gone(i)) return false;
    return true;
  }

  // Without empty lines at the ends, and with one at most where something was cut from between.
  ReplyText result() const {
    ReplyText found;
    std::size_t first_blank = 0, blanks = 0;
    bool hole = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_cut(i)) {
        add_cut(found.cut, static_cast<CutKind>(cut_[i]), i);
        hole = true;
        continue;
      }
      if (lines_.blank(i)) {
        if (blanks == 0 || hole) first_blank = i;
        blanks = hole ? 1 : blanks + 1;
        continue;
      }
      if (!found.said.empty()) {
        found.said += '\n';
        for (std::size_t blank = first_blank; blank < first_blank + blanks; ++blank)
          found.said.append(lines_[blank].text).append("\n");
      }
      found.said += lines_[i].text;
      blanks = 0;
      hole = false;
    }
    while (found.said.ends_with('\n'))  // of an empty line of code
      found.said.pop_back();
    found.looked_at = lines_.looked_at();
    return found;
  }

  static void add_cut(std::vector<Cut>& cuts, CutKind kind, std::size_t line) {
    if (!cuts.empty() && cuts.back().kind == kind && cuts.back().end == line)
      cuts.back().end = line + 1;
    else
      cuts.push_back({kind, line, line + 1});
  }

  const ReplyLines& lines_;
  std::vector<signed char> cut_;  // the CutKind of each line, or kept
};

}  // namespace

std::string_view cut_name(CutKind kind) {
  for (const auto& [value, name] : cut_names)
    if (value == kind) return name;
  return "";
}

ReplyText reply_text(std::string_view text) {
  const ReplyLines lines(text);
  return Reply(lines).read();
}

}  // namespace papertray
