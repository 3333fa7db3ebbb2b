#include "core/reply_evidence.h"

#include <algorithm>
#include <vector>

#include "core/ascii.h"

namespace papertray {
namespace {

struct Token {
  enum class Kind { word, number, mark };
  Kind kind = Kind::mark;
  std::string_view text;
  std::size_t at = 0;
  std::size_t end() const { return at + text.size(); }
};

bool is_letter(char c) {
  return ascii::is_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Token> tokens_of(std::string_view line) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ') {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    Token::Kind kind = Token::Kind::mark;
    if (ascii::is_digit(line[i])) {
      kind = Token::Kind::number;
      while (end < line.size() && ascii::is_digit(line[end]))
        ++end;
    } else if (is_letter(line[i])) {
      kind = Token::Kind::word;
      while (end < line.size() && is_letter(line[end]))
        ++end;
    }
    tokens.push_back({kind, line.substr(i, end - i), i});
    i = end;
  }
  return tokens;
}

class Weigher {
 public:
  explicit Weigher(std::string_view line) : line_(line), tokens_(tokens_of(line)) {}

  Evidence weigh() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == Token::Kind::word) ++found_.words;
      if (tokens_[i].kind == Token::Kind::number) look_at_number(i);
    }
    look_at_address();
    look_at_start();
    look_at_end();
    return found_;
  }

 private:
  const Token* token(std::size_t i) const { return i < tokens_.size() ? &tokens_[i] : nullptr; }
  bool mark(std::size_t i, std::string_view marks) const {
    const Token* t = token(i);
    return t && t->kind == Token::Kind::mark && marks.find(t->text) != std::string_view::npos;
  }
  bool number(std::size_t i, std::size_t least, std::size_t most) const {
    const Token* t = token(i);
    return t && t->kind == Token::Kind::number && t->text.size() >= least && t->text.size() <= most;
  }
  bool word(std::size_t i) const {
    const Token* t = token(i);
    return t && t->kind == Token::Kind::word;
  }
  // At most one blank between token i and the next: "5. 3. 2018".
  bool close(std::size_t i) const {
    return i + 1 < tokens_.size() && tokens_[i + 1].at <= tokens_[i].end() + 1;
  }

  static bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
  }

  // 2011-03-01, 01/03/11, 15.08.2019, 5. 3. 2018: three numbers and the same mark twice.
  bool whole_date(std::size_t i) const {
    if (!number(i, 1, 4) || !mark(i + 1, "-/.") || !number(i + 2, 1, 2) || !mark(i + 3, "-/.") ||
        !number(i + 4, 1, 4))
      return false;
    if (tokens_[i + 1].text != tokens_[i + 3].text) return false;
    for (std::size_t at = i; at < i + 4; ++at)
      if (!close(at)) return false;
    const bool year_first = is_year(tokens_[i].text) && tokens_[i + 4].text.size() <= 2;
    const bool year_last =
        tokens_[i].text.size() <= 2 && (is_year(tokens_[i + 4].text) || tokens_[i + 4].text.size() == 2);
    return year_first || year_last;
  }

  void look_at_number(std::size_t i) {
    const std::string_view digits = tokens_[i].text;
    if (is_year(digits)) found_.year = true;
    const bool within = mark(i - 1, ".-/:") && number(i - 2, 1, 4) && i >= 2;
    if (!within && whole_date(i)) {
      found_.date = found_.year = true;
      if (i == 0) found_.begins_date = true;
    }
    // 18:02, 20.42, 18h30
    const bool divided = mark(i + 1, ":.") || (word(i + 1) && tokens_[i + 1].text == "h");
    if (!within && digits.size() <= 2 && divided && number(i + 2, 2, 2) &&
        tokens_[i + 1].at == tokens_[i].end() && tokens_[i + 2].at == tokens_[i + 1].end() &&
        !(mark(i + 3, ".-/") && number(i + 4, 1, 4)))
      found_.time = true;
    if (word(i + 1) && tokens_[i + 1].at == tokens_[i].end()) {
      const std::string_view after = tokens_[i + 1].text;
      if (after.starts_with("年") || after.starts_with("년")) found_.year = true;
      if (after.starts_with("月") || after.starts_with("월")) found_.date = true;
    }
    if (digits.size() <= 2 && !found_.date) found_.date = month_near(i);
  }

  // "5 May", "May 5th", "5. mars", "21 de noviembre"
  bool month_near(std::size_t i) const {
    constexpr std::size_t reach = 3;
    for (std::size_t step = 1; step <= reach; ++step) {
      if (word(i + step) && begins_like_month(tokens_[i + step].text)) return true;
      if (i >= step && word(i - step) && begins_like_month(tokens_[i - step].text)) return true;
    }
    return false;
  }

  void look_at_address() {
    for (auto at = line_.find('@'); at != std::string_view::npos; at = line_.find('@', at + 1)) {
      if (at == 0 || at + 1 == line_.size() || line_[at - 1] == ' ' || line_[at + 1] == ' ') continue;
      found_.address = true;
    }
    // A bracket alone counts for its line: the address may have been broken away from it.
    found_.bracketed = found_.address && (line_.find_first_of("<>[") != std::string_view::npos ||
                                          line_.find("&lt;") != std::string_view::npos ||
                                          line_.find("(") != std::string_view::npos);
  }

  void look_at_start() {
    std::size_t first = 0;
    while (first < tokens_.size() && tokens_[first].kind == Token::Kind::mark)
      ++first;
    if (first == tokens_.size()) return;
    const Token& start = tokens_[first];
    constexpr std::size_t near = 8;  // "On Wednesday, the 3rd": the number comes soon
    bool number_near = false;
    for (std::size_t i = first; i < std::min(tokens_.size(), first + near); ++i)
      number_near = number_near || tokens_[i].kind == Token::Kind::number;
    found_.opens = number_near && (start.kind == Token::Kind::number || opens_attribution(start.text));
    found_.begins_date = found_.begins_date && first == 0;
    found_.gmt =
        found_.begins_date && found_.time &&
        (line_.find("gmt+") != std::string_view::npos || line_.find("gmt-") != std::string_view::npos);
  }

  void look_at_end() {
    std::string_view rest = line_;
    while (rest.ends_with('-') || rest.ends_with(' '))  // "-----Ada wrote: -----"
      rest.remove_suffix(1);
    found_.colon = rest.ends_with(':');
    while (!rest.empty() && (rest.back() == ':' || rest.back() == ' ' || rest.back() == ','))
      rest.remove_suffix(1);
    found_.ends_address =
        rest.ends_with('>') || rest.ends_with(')') || rest.ends_with(']') || rest.ends_with("&gt;");
    for (std::size_t i = tokens_.size(); i-- > 0;) {
      const Token& t = tokens_[i];
      if (t.kind != Token::Kind::word) continue;
      const Wrote wrote = wrote_word(t.text);
      if (wrote == Wrote::no) continue;
      found_.wrote = nothing_after(i) ? Wrote::last : wrote == Wrote::last ? Wrote::middle : wrote;
      break;
    }
    if (found_.wrote != Wrote::last && has_wrote_sign(line_)) found_.wrote = Wrote::last;
  }

  // But "(a)", "/la" and marks.
  bool nothing_after(std::size_t i) const {
    constexpr std::size_t longest_ending = 6;  // bytes
    std::size_t end = tokens_[i].end();
    for (++i; i < tokens_.size(); ++i) {
      const Token& t = tokens_[i];
      if (t.kind == Token::Kind::number) return false;
      if (t.kind == Token::Kind::word && (t.at != end || t.text.size() > longest_ending)) return false;
      end = t.end();
    }
    return true;
  }

  std::string_view line_;
  std::vector<Token> tokens_;
  Evidence found_;
};

}  // namespace

Evidence evidence_of(std::string_view line) {
  return Weigher(line).weigh();
}

Evidence joined(const Evidence& above, const Evidence& below) {
  Evidence both;
  both.opens = above.opens;
  both.begins_date = above.begins_date;
  both.gmt = above.gmt;
  both.date = above.date || below.date;
  both.year = above.year || below.year;
  both.time = above.time || below.time;
  both.address = above.address || below.address;
  both.bracketed = above.bracketed || below.bracketed;
  both.ends_address = below.ends_address;
  both.colon = below.colon;
  both.wrote = below.wrote != Wrote::no     ? below.wrote
               : above.wrote == Wrote::last ? Wrote::middle
                                            : above.wrote;
  both.words = above.words + below.words;
  return both;
}

}  // namespace papertray
