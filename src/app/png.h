// Writes a picture as PNG (ISO/IEC 15948): pixels in, a file's bytes out. Reads nothing, so no picture
// library is needed beside the credentials.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// `pixels`: red, green, blue, row by row from the top left.
std::string png_of(std::string_view pixels, int width, int height);

}  // namespace papertray
