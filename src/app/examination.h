// The rows of `doctor`, as its checks find them.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "report/doctor.h"

namespace papertray {

class Examination {
 public:
  void add(Verdict verdict, std::string check, std::string text) {
    rows_.push_back({verdict, std::move(check), std::move(text)});
    if (verdict == Verdict::fail && exit_ == Exit::done) exit_ = Exit::not_there;
  }
  // A check that throws has failed; the others go on.
  void attempt(const std::string& check, const std::function<void()>& look) {
    try {
      look();
    } catch (const Stopped&) {
      throw;
    } catch (const Failure& failure) {
      if (exit_ == Exit::done) exit_ = failure.error().exit;
      add(Verdict::fail, check, failure.error().text);
    }
  }
  const std::vector<CheckRow>& rows() const { return rows_; }
  Exit exit() const { return exit_; }  // of the first failure

 private:
  std::vector<CheckRow> rows_;
  Exit exit_ = Exit::done;
};

}  // namespace papertray
