// What becomes of a mail that lies in the folder where the server puts what it takes for spam.
#pragma once

#include <string>
#include <string_view>

#include "core/route.h"

namespace papertray {

// `decision` is what the rules say of the mail as if it had come to the inbox. A filter's mistake must
// not cost an author the paper, so what seems meant for a track waits for a person, however well it
// fits; but a forged mail must get neither a number nor an answer, and nobody reads through the rest, so
// that is ignored.
Decision in_spam_folder(Decision decision, std::string_view folder);

// The note on a mail that was decided so at first, and is decided anew since somebody has moved it.
std::string moved_from_spam(std::string_view folder);

}  // namespace papertray
