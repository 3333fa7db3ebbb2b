// Letters that organizers are about to send: what would go to whom, and what was written.
#pragma once

#include <string>
#include <vector>

#include "report/look.h"
#include "report/rendered.h"

namespace papertray {

struct NoticeView {
  std::string id, title;
  std::string kind;  // of the letter
  std::string to;    // "" when a machine may write to nobody
  std::string step;  // "write", "told", "again", "person"
  std::string text;  // a remark, one sentence
};

struct NoticesView {
  std::string command;  // "notify decisions"
  std::vector<NoticeView> rows;
  std::vector<RenderedView> samples;   // of each kind that is to be written, one letter
  std::vector<std::string> sample_to;  // whom each is for
  bool held = false;                   // they wait for a person's `outbox send`
  bool written = false;
};

std::size_t letters_in(const NoticesView& view);  // to be written

std::string notices_text(const NoticesView& view, const Look& look);
// The last line, once they are written.
std::string noticed_text(const NoticesView& view, const Look& look);
std::string notices_json(const NoticesView& view);

}  // namespace papertray
