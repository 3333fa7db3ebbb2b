#include "smtp/login.h"

namespace papertray {

void prepare_to_send(CurlHandle& curl, const Server& server, LoginBy by) {
  prepare(curl, server, Protocol::smtp);
  if (by == LoginBy::password_alone) insist_on_password(curl);
}

}  // namespace papertray
