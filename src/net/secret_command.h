// Runs the command that prints a secret.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace papertray {

inline constexpr std::size_t largest_secret = 64UL * 1024;  // OAuth tokens reach a few KB
inline constexpr std::chrono::seconds secret_command_timeout{30};

// What /bin/sh -c COMMAND prints, at most largest_secret + 1 bytes. The child inherits no descriptor
// but standard error, and of the environment only what password managers need; at the timeout it and
// its children are killed, and so they are, with Stopped, when the descriptor `stop` (-1: none) can be
// read. `what` names it in the Failure (account, configuration).
std::string run_secret_command(const std::string& command, const std::string& what,
                               std::chrono::milliseconds timeout, int stop = -1);

}  // namespace papertray
