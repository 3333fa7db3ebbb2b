// What a call that must fail says.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "core/error.h"

namespace papertray::test {

// Scope program, exit 0 and no text when nothing was thrown.
inline Error failure_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Failure& failure) {
    return failure.error();
  }
  return {Scope::program, Again::never, Exit::done, ""};
}

inline std::string sentence_of(const std::function<void()>& call) {
  return failure_of(call).text;
}

// The sentence begins with `begin` ("papertray.toml:5: ") and holds `part`.
inline void check_sentence(const std::string& sentence, const std::string& begin,
                           const std::string& part) {
  CAPTURE(sentence);
  CHECK(sentence.starts_with(begin));
  CHECK(sentence.find(part) != std::string::npos);
  CHECK(sentence.find('\n') == std::string::npos);
}

}  // namespace papertray::test
