// Asking a person at the terminal, one question a line. Nothing is asked where nobody can answer.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace papertray {

class Dialogue {
 public:
  // After stop_on_signals(): Ctrl-C ends a question with Stopped.
  // `open`: whether somebody is asked at all; without it every question is answered by its default, and
  // one without a default is Failure (usage) that names `flag`.
  explicit Dialogue(bool open) : open_(open) {}

  bool open() const { return open_; }

  // What is wrong with an answer, as a sentence; "" when it will do.
  using Check = std::function<std::string(const std::string&)>;

  // One line, blanks around it cut off; an empty one means `otherwise`.
  std::string ask(const std::string& question, const std::string& otherwise, const std::string& flag,
                  const Check& check = {});
  // The same without showing what is typed, and without a default.
  std::string ask_secret(const std::string& question, const std::string& flag);
  // One of these words; each is shown with its meaning.
  std::string choose(const std::string& question,
                     const std::vector<std::pair<std::string, std::string>>& words,
                     const std::string& otherwise, const std::string& flag);
  bool yes(const std::string& question, bool otherwise);

  // A paragraph before a question; nothing is said where nobody is asked.
  void say(const std::string& paragraph) const;

 private:
  std::string answer();
  bool open_;
  std::string read_ahead_;
};

// Whether standard input and output are a terminal.
bool somebody_is_there();

}  // namespace papertray
