#include "inspect/reply_corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "core/ascii.h"
#include "inspect/corpus.h"
#include "inspect/plain_text.h"

namespace papertray::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().string().ends_with(ending))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string comparable(const std::string& text, bool tight) {
  std::string out;
  std::istringstream lines(text);
  int empty = 0;
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && ascii::is_space(line.back()))
      line.pop_back();
    empty = line.empty() ? empty + 1 : 0;
    if (empty < 2) out += line + "\n";
  }
  if (tight) std::erase_if(out, ascii::is_space);
  return std::string(ascii::trimmed(out));
}

// A string of JavaScript or Ruby as it means.
std::string unescaped(std::string text) {
  replace_all(text, "\\n\\\n", "\n");
  replace_all(text, "\\n", "\n");
  replace_all(text, "\\'", "'");
  replace_all(text, "\\\"", "\"");
  replace_all(text, "\\/", "/");
  replace_all(text, "\\.", ".");
  return text;
}

std::vector<std::smatch> all_of(const std::string& text, const std::regex& pattern) {
  return {std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator()};
}

// [false, true, true] before .hidden?: which fragments the project does not show.
std::vector<bool> hidden_ones(const std::string& expected) {
  const std::regex list("\\[([a-z, ]+)\\],\\s*reply\\.fragments\\.map \\{ \\|f\\| f\\.hidden\\? \\}");
  std::smatch found;
  std::vector<bool> hidden;
  if (!std::regex_search(expected, found, list)) return hidden;
  std::istringstream words(found[1]);
  for (std::string word; std::getline(words, word, ',');)
    hidden.push_back(word.find("true") != std::string::npos);
  return hidden;
}

// The test block of github's and crisp's parsers: what it says of the first fragment is what is kept,
// and of the others where they begin.
void read_test_block(const std::string& expected, ReplyCase& wanted) {
  std::smatch found;
  static const std::regex common("COMMON_FIRST_FRAGMENT = '((?:[^'\\\\]|\\\\[\\s\\S])*)'");
  if (std::regex_search(expected, found, common)) {
    wanted.whole = unescaped(found[1]);
    return;
  }
  static const std::regex visible(
      "assert_equal \"((?:[^\"\\\\]|\\\\.)*)\",\\s*EmailReplyParser\\.parse_reply");
  if (std::regex_search(expected, found, visible)) {
    wanted.whole = unescaped(found[1]);
    return;
  }
  static const std::regex single(
      "(assert_equal 1, reply\\.fragments\\.size|test\\.equal\\(1, fragments\\.length)");
  if (std::regex_search(expected, found, single)) wanted.whole = wanted.text;
  static const std::regex equal("\"((?:[^\"\\\\]|\\\\.)*)\", (?:reply\\.)?fragments\\[0\\]");
  if (std::regex_search(expected, found, equal)) wanted.begins = unescaped(found[1]);
  // /^words/ of fragments[n], in either order
  static const std::regex pattern(
      "/(\\^?)((?:[^/\\\\\\n]|\\\\.)*)/(?:,\\s*reply\\.|\\.test\\()fragments\\[(\\d+)\\]");
  const std::vector<bool> hidden = hidden_ones(expected);
  for (const std::smatch& match : all_of(expected, pattern)) {
    std::string words = unescaped(match[2]);
    const std::size_t number = std::stoul(match[3]);
    if (const auto open = words.find_first_of("[(+*"); open != std::string::npos) words.resize(open);
    // Whether the line that introduces a quote is shown, the projects disagree.
    if (words.empty() || words == "On ") continue;
    const bool first_line = match[1].length() > 0;
    const bool shown = number == 0 || (number < hidden.size() && !hidden[number]);
    const bool quote_or_signature = words.starts_with("On ") || words == "On" ||
                                    words.starts_with("--") || words.starts_with("_") ||
                                    words.starts_with(">");
    if (number == 0 && first_line)
      wanted.begins = words;
    else if (number == 0 || (shown && !quote_or_signature))
      wanted.has.push_back(words);
    else if (number < hidden.size() && hidden[number] && words != ">" && words != "> ")
      wanted.has_not.push_back(words);
    else if (words.starts_with("--") || words.starts_with("__"))
      wanted.has_not.push_back(words);
  }
}

ReplySet trimmer(const fs::path& root) {
  ReplySet set{"email_reply_trimmer", {}};
  for (const fs::path& file : files_in(root / "email_reply_trimmer" / "emails", ".txt")) {
    ReplyCase wanted;
    wanted.name = file.filename().string();
    wanted.text = clean_text(content(file));
    wanted.whole = clean_text(content(root / "email_reply_trimmer" / "trimmed" / file.filename()));
    if (comparable(wanted.whole, false).empty()) wanted.whole = "\n";
    set.cases.push_back(std::move(wanted));
  }
  return set;
}

ReplySet test_blocks(const fs::path& root, const std::string& name) {
  ReplySet set{name, {}};
  for (const fs::path& file : files_in(root / name, ".txt")) {
    fs::path expected = file;
    expected.replace_extension(".expected.txt");
    if (file.string().ends_with(".expected.txt") || !fs::exists(expected)) continue;
    ReplyCase wanted;
    wanted.name = file.filename().string();
    wanted.text = clean_text(content(file));
    read_test_block(content(expected), wanted);
    const bool asks = !wanted.whole.empty() || !wanted.begins.empty() || !wanted.has.empty() ||
                      !wanted.has_not.empty();
    if (asks) set.cases.push_back(std::move(wanted));
  }
  return set;
}

std::string html_mail(const std::string& html) {
  return "From: ada@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Content-Transfer-Encoding: 8bit\r\n\r\n" +
         html;
}

ReplySet talon(const fs::path& root) {
  ReplySet set{"talon", {}};
  const fs::path folder = root / "talon";
  for (const fs::path& file : files_in(folder / "standard_replies", ".eml")) {
    ReplyCase wanted{.name = file.filename().string(), .mail = content(file), .whole = "Hello"};
    const fs::path other = file.string().substr(0, file.string().size() - 4) + "_reply_text";
    if (fs::exists(other)) wanted.whole = content(other);
    set.cases.push_back(std::move(wanted));
  }
  for (const fs::path& file : files_in(folder / "html_replies", ".html"))
    set.cases.push_back({.name = file.filename().string(),
                         .mail = html_mail(content(file)),
                         .whole = "Hi.Iamfine.Thanks,Alex",
                         .tight = true});
  for (const fs::path& file : files_in(folder, ".html"))
    set.cases.push_back(
        {.name = file.filename().string(), .mail = html_mail(content(file)), .whole = "Reply"});
  for (const fs::path& file : files_in(folder / "signature" / "emails" / "stripped", "_body")) {
    ReplyCase wanted{.name = "signature " + file.filename().string(), .text = clean_text(content(file))};
    std::string signature =
        clean_text(content(file.string().substr(0, file.string().size() - 5) + "_signature"));
    for (std::string* text : {&wanted.text, &signature})
      replace_all(*text, "#sig#", "");
    const std::string all = comparable(wanted.text, false);
    wanted.whole = all.substr(0, all.rfind(comparable(signature, false)));
    set.cases.push_back(std::move(wanted));
  }
  return set;
}

bool has_line_beginning(const std::string& text, const std::string& words) {
  return text.starts_with(words) || text.find("\n" + words) != std::string::npos;
}

}  // namespace

std::vector<ReplySet> reply_sets() {
  const fs::path root = corpus_folder() / "replies";
  return {trimmer(root), test_blocks(root, "email_reply_parser"),
          test_blocks(root, "crisp-email-reply-parser"), talon(root)};
}

bool as_expected(const ReplyCase& wanted, const std::string& said) {
  const auto form = [&](const std::string& text) { return comparable(text, wanted.tight); };
  const std::string got = form(said);
  if (!wanted.whole.empty() && got != form(wanted.whole)) return false;
  if (!got.starts_with(form(wanted.begins))) return false;
  const auto in = [&](const std::string& words) { return got.find(form(words)) != std::string::npos; };
  const auto begins_line = [&](const std::string& words) {
    return has_line_beginning(got, form(words));
  };
  return std::all_of(wanted.has.begin(), wanted.has.end(), in) &&
         std::none_of(wanted.has_not.begin(), wanted.has_not.end(), begins_line);
}

}  // namespace papertray::test
