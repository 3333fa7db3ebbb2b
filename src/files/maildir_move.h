// Renaming within a Maildir, so that no mail is ever overwritten. Internal to files/.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

enum class Moved { done, gone };

// Moves a file to a name that is free. gone: it was not there any more. Throws Failure (folder).
Moved move_mail(const std::string& from, const std::string& to);

// PATH/.A.B for the folder A/B, as Maildir++ has it. Throws Failure (account, configuration) for a
// folder that would lie elsewhere.
std::string subfolder_path(const std::string& maildir, std::string_view folder);

// cur/, new/ and tmp/ in it (0700), and the file that tells Maildir++ of a subfolder.
void make_subfolder(const std::string& path);

}  // namespace papertray
