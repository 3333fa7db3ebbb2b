// Bytes to GMime's tree, and what is asked of its nodes.
#pragma once

#include <optional>
#include <string>

#include "core/message.h"
#include "inspect/gobject_ptr.h"

namespace papertray {

OptionsPtr parser_options();

// The tree points into the bytes. Null when they are no mail.
ObjectPtr<GMimeObject> parse(GByteArray* bytes, GMimeParserOptions* options);

// GMime parses attached messages with all their addresses at once, by recursion; taken for leaves, they
// are parsed by parse() as the mail itself was. To be called once.
void register_messages_as_leaves();

// Also in an encoding that RFC 2046 section 5.2.1 forbids, or under a foreign type.
bool is_attached_message(GMimeObject* object, const Part& part);

// Of the Content-Type field; "" for none.
std::string parameter(GMimeObject* object, const char* name);

// Of several Content-Type fields GMime takes the last, what people read mail with the first. The first
// that is a multipart counts: read as anything else, its attachments would be lost. Nothing when there
// is one.
std::optional<std::size_t> type_that_counts(GMimeObject* root);

}  // namespace papertray
