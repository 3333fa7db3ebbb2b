// How a connection for sending logs in: the same for the transport and for the probe. Internal to smtp/.
#pragma once

#include "net/curl.h"

namespace papertray {

// Whether Kerberos is left to libcurl, or only the password is offered (net/curl.h,
// kerberos_was_in_the_way).
enum class LoginBy { whatever_serves, password_alone };

// As prepare does.
void prepare_to_send(CurlHandle& curl, const Server& server, LoginBy by);

}  // namespace papertray
