// By hand, because it is written once for each mail: a tree of values would cost more than the parsing.
#include "inspect/json_writer.h"

#include <array>

namespace papertray {
namespace {

class Writer {
 public:
  std::string out;

  void key(std::string_view name) {
    comma();
    quoted(name);
    out += ':';
    first_ = true;
  }
  void open(char bracket) {
    out += bracket;
    first_ = true;
  }
  void close(char bracket) {
    out += bracket;
    first_ = false;
  }
  void text(std::string_view value) {
    comma();
    quoted(value);
  }
  void bare(std::string_view value) {
    comma();
    out += value;
  }

  void field(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void field(std::string_view name, const std::optional<Time>& time) {
    key(name);
    bare(time ? std::to_string(time->time_since_epoch().count()) : "null");
  }
  void field(std::string_view name, const std::vector<std::string>& values) {
    key(name);
    open('[');
    for (const std::string& value : values)
      text(value);
    close(']');
  }
  void field(std::string_view name, const std::vector<Address>& addresses) {
    key(name);
    open('[');
    for (const Address& address : addresses) {
      text(address.name);
      text(address.address);
    }
    close(']');
  }

 private:
  void comma() {
    if (!first_) out += ',';
    first_ = false;
  }

  // RFC 8259 section 7: quotation mark, backslash and control characters are escaped.
  void quoted(std::string_view value) {
    out += '"';
    std::size_t done = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto c = static_cast<unsigned char>(value[i]);
      if (c >= 0x20 && c != '"' && c != '\\') continue;
      out += value.substr(done, i - done);
      done = i + 1;
      if (c == '\n')
        out += "\\n";
      else if (c == '"')
        out += "\\\"";
      else if (c == '\\')
        out += "\\\\";
      else {
        constexpr std::string_view digits = "0123456789abcdef";
        out += "\\u00";
        out += digits[c >> 4];
        out += digits[c & 15];
      }
    }
    out += value.substr(done);
    out += '"';
  }

  bool first_ = true;
};

std::string_view origin(TextOrigin from) {
  return from == TextOrigin::plain ? "plain" : from == TextOrigin::html ? "html" : "none";
}

std::string_view seal(Sealed sealed) {
  return sealed == Sealed::smime ? "smime" : sealed == Sealed::pgp ? "pgp" : "no";
}

}  // namespace

std::string to_json(const Message& message) {
  Writer json;
  json.out.reserve(4096 + message.text.size());
  json.open('{');
  json.key("headers");
  json.open('[');
  for (const Header& header : message.headers) {
    json.text(header.name);
    json.text(header.value);
  }
  json.close(']');
  json.field("from", message.from);
  json.field("sender", message.sender);
  json.field("reply_to", message.reply_to);
  json.field("to", message.to);
  if (message.return_path) json.field("return_path", *message.return_path);
  json.field("subject", message.subject);
  json.field("message_id", message.message_id);
  json.field("in_reply_to", message.in_reply_to);
  json.field("references", message.references);
  json.field("date", message.date);
  json.field("received", message.received);
  json.field("delivery_date", message.delivery_date);
  json.field("type", message.type);
  json.key("parts");
  json.open('[');
  for (const Part& part : message.parts) {
    json.text(part.path);
    json.text(part.type);
    json.text(part.name);
    json.text(part.disposition);
    json.bare(std::to_string(part.size));
    json.text(part.sha256);
    json.bare(part.pdf ? "true" : "false");
    json.bare(part.in_attached_message ? "true" : "false");
    json.bare(std::to_string(part.offset));
    json.bare(std::to_string(static_cast<int>(part.container)));
    json.bare(std::to_string(static_cast<int>(part.kind)));
  }
  json.close(']');
  json.field("text", message.text);
  json.field("text_from", origin(message.text_from));
  json.field("links", message.links);
  json.field("sealed", seal(message.sealed));
  json.field("notes", message.notes);
  if (const auto& report = message.report) {
    json.field("report",
               std::vector<std::string>{std::string(report_action_name(report->action)), report->status,
                                        report->recipient, report->original_recipient,
                                        report->diagnostic, report->message_id, report->token});
  }
  json.close('}');
  return std::move(json.out);
}

std::string refusal_to_json(const std::string& why) {
  Writer json;
  json.open('{');
  json.field("refused", why);
  json.close('}');
  return std::move(json.out);
}

}  // namespace papertray
