#include "inspect/body.h"

#include <algorithm>

#include "inspect/flowed.h"
#include "inspect/html_text.h"
#include "inspect/links.h"
#include "inspect/plain_text.h"

namespace papertray {
namespace {

struct Reading {
  bool html = false;
  std::string text;
  int alternative = -1;
  bool blank = false;
};

Reading read(const TextPart& part, const Charsets& charsets, Links& links, Notes& notes) {
  std::string label = part.charset;
  if (part.html && label.empty()) label = charset_in_html(part.bytes);
  Charsets::Decoded decoded = charsets.to_utf8(label, part.bytes);
  // Without a label, mail is ASCII by RFC 2046 section 4.1.2, and UTF-8 in fact.
  notes.add(decoded.note);
  Reading reading{part.html, clean_text(decoded.text), part.alternative, false};
  if (part.html) {
    HtmlText html = html_to_text(reading.text);
    notes.add(html.note);
    for (const std::string& link : html.links)
      links.add(link);
    reading.text = std::move(html.text);
  } else if (part.flowed) {
    reading.text = unflow(reading.text, part.delsp);
  }
  links.find_in(reading.text);
  reading.blank = is_blank_text(reading.text);
  return reading;
}

}  // namespace

void choose_body(std::vector<TextPart> parts, const std::vector<int>& alternatives,
                 const Charsets& charsets, Message& message, Notes& notes) {
  Links links;
  std::vector<Reading> readings;
  for (const TextPart& part : parts)
    readings.push_back(read(part, charsets, links, notes));

  // Containers in which plain text stands, at any depth below.
  std::vector<bool> has_plain(alternatives.size(), false);
  for (const Reading& reading : readings) {
    if (reading.html || reading.blank) continue;
    for (int at = reading.alternative; at >= 0; at = alternatives[static_cast<std::size_t>(at)])
      has_plain[static_cast<std::size_t>(at)] = true;
  }
  std::erase_if(readings, [&](const Reading& reading) {
    if (reading.blank) return true;
    if (!reading.html) return false;
    for (int at = reading.alternative; at >= 0; at = alternatives[static_cast<std::size_t>(at)])
      if (has_plain[static_cast<std::size_t>(at)]) return true;
    return false;
  });

  if (!readings.empty()) {
    const bool html = readings.front().html;
    message.text_from = html ? TextOrigin::html : TextOrigin::plain;
    for (const Reading& reading : readings) {
      if (reading.html && !html) continue;
      if (!message.text.empty() && message.text.back() != '\n') message.text += '\n';
      message.text += reading.text;
    }
  }
  if (cut_utf8(message.text, caps::text_bytes))
    notes.add("the text is cut after " + std::to_string(caps::text_bytes) + " bytes");
  if (message.sealed == Sealed::no &&
      message.text.find("-----BEGIN PGP MESSAGE-----") != std::string::npos)
    message.sealed = Sealed::pgp;
  if (links.cut()) notes.add("more links than the " + std::to_string(caps::links) + " that are kept");
  message.links = links.take();
}

}  // namespace papertray
