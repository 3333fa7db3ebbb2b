#include "inspect/tree.h"

#include <algorithm>

#include "inspect/gobject_ptr.h"

namespace papertray {
namespace {

std::string below(const std::string& path, int number) {
  return path.empty() ? std::to_string(number) : path + "." + std::to_string(number);
}

}  // namespace

TreeWalk::TreeWalk(GMimeObject* root, Notes& notes) : notes_(notes) {
  push({Leaf{root, "", false, -1, 0}, true});
}

void TreeWalk::push(Place place) {
  if (place.leaf.object == nullptr) return;
  if (place.leaf.depth > caps::depth) {
    notes_.add("parts nested deeper than " + std::to_string(caps::depth) +
               " levels are not looked into");
    return;
  }
  stack_.push_back(std::move(place));
}

bool TreeWalk::next(Leaf& leaf) {
  while (!stack_.empty()) {
    Place place = std::move(stack_.back());
    stack_.pop_back();
    if (GMIME_IS_MULTIPART(place.leaf.object) &&
        open_multipart(place, GMIME_MULTIPART(place.leaf.object)))
      continue;
    if (place.body && !GMIME_IS_MULTIPART(place.leaf.object))
      place.leaf.path = below(place.leaf.path, 1);
    leaf = std::move(place.leaf);
    return true;
  }
  return false;
}

bool TreeWalk::open_multipart(const Place& place, GMimeMultipart* multipart) {
  GMimeContentType* const type = g_mime_object_get_content_type(place.leaf.object);
  Leaf inside = place.leaf;
  ++inside.depth;
  if (!place.leaf.attached && g_mime_content_type_is_type(type, "multipart", "alternative") != FALSE) {
    alternatives_.push_back(place.leaf.alternative);
    inside.alternative = static_cast<int>(alternatives_.size()) - 1;
  }
  if (!place.leaf.attached && g_mime_content_type_is_type(type, "multipart", "encrypted") != FALSE)
    encrypted_ = true;

  const int count = g_mime_multipart_get_count(multipart);
  // The last first: a stack gives them back in the order of the mail. No more than can be kept.
  for (int i = std::min(count, static_cast<int>(caps::parts) + 1); i > 0; --i) {
    Leaf child = inside;
    child.object = g_mime_multipart_get_part(multipart, i - 1);
    child.path = below(place.leaf.path, i);
    push({std::move(child), false});
  }
  return count > 0;
}

void TreeWalk::replace(GMimeObject* multipart, const Leaf& leaf) {
  Leaf same = leaf;
  same.object = multipart;
  ++same.depth;
  push({std::move(same), false});
}

void TreeWalk::descend(GMimeObject* message, const Leaf& leaf) {
  push({Leaf{message, leaf.path, true, -1, leaf.depth + 1}, true});
}

}  // namespace papertray
