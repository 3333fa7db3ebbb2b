// The MIME tree, walked in the order of the mail without recursion: how deep it goes is the sender's
// choice.
#pragma once

#include <string>
#include <vector>

#include <gmime/gmime.h>

#include "core/message.h"
#include "inspect/notes.h"

namespace papertray {

struct Leaf {
  GMimeObject* object = nullptr;  // owned by the tree it stands in
  std::string path;               // RFC 9051 section 6.4.5.1
  bool attached = false;          // below a message/rfc822
  int alternative = -1;           // the innermost multipart/alternative around it, or -1
  std::size_t depth = 0;
};

class TreeWalk {
 public:
  TreeWalk(GMimeObject* root, Notes& notes);

  // The next leaf; false when there is none. A multipart in which no part shows is one, too.
  bool next(Leaf& leaf);

  // Goes on with a message that was found inside a leaf.
  void descend(GMimeObject* message, const Leaf& leaf);

  // Goes on with a multipart that takes the place of a leaf.
  void replace(GMimeObject* multipart, const Leaf& leaf);

  // multipart/alternative containers: index -> the one around it, or -1.
  const std::vector<int>& alternatives() const { return alternatives_; }
  bool encrypted() const { return encrypted_; }

 private:
  // `body`: the content of a message, which has no number of its own.
  struct Place {
    Leaf leaf;
    bool body = false;
  };
  bool open_multipart(const Place& place, GMimeMultipart* multipart);
  void push(Place place);

  std::vector<Place> stack_;
  std::vector<int> alternatives_;
  bool encrypted_ = false;
  Notes& notes_;
};

}  // namespace papertray
