// What the two halves of init's questions share. Internal to init_ask*.cc.
#pragma once

#include <functional>
#include <string>

#include "app/dialogue.h"
#include "app/init_ask.h"
#include "core/error.h"

namespace papertray {

// A person's answer that cannot be: Failure (usage).
[[noreturn]] void wrong_answer(const std::string& text);

// Throws Failure (usage) where we cannot tell where we are.
std::string absolute_path(const std::string& path);

// What a mistake in an answer is, as a sentence; "" for none.
template <typename Parse>
std::string complaint(Parse parse) {
  try {
    parse();
    return "";
  } catch (const Failure& failure) {
    return failure.error().text;
  }
}

// An option is checked as an answer is.
std::string given_or_asked(const std::string& given, const std::string& option,
                           const Dialogue::Check& check, const std::function<std::string()>& ask);

// The rules: their file, and what it says. Needs the places and the address.
void ask_rules(const InitOptions& options, InitPlan& plan, Dialogue& dialogue);

}  // namespace papertray
