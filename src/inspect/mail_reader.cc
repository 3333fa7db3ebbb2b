#include "inspect/mail_reader.h"

#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/forwarded_author.h"
#include "inspect/body.h"
#include "inspect/borders.h"
#include "inspect/encoded_words.h"
#include "inspect/fields.h"
#include "inspect/gmime_tree.h"
#include "inspect/html_text.h"
#include "inspect/leaf.h"
#include "inspect/notes.h"
#include "inspect/plain_text.h"
#include "inspect/report.h"
#include "inspect/set_aside.h"
#include "inspect/tree.h"
#include "inspect/unpack.h"

namespace papertray {

struct MailReader::Tools {
  OptionsPtr options = parser_options();
  Charsets charsets;
  PartWriter parts;
};

MailReader::MailReader() {
  g_mime_init();
  register_messages_as_leaves();
  prepare_html();
  tools_ = std::make_unique<Tools>();
}

MailReader::~MailReader() = default;

// One call of read().
class MailReader::Reading {
 public:
  explicit Reading(Tools& tools) : tools_(tools), words_(tools.charsets, notes_) {}

  Message all(MailBuffer& mail) {
    if (mail.bytes().empty()) {
      notes_.add("the mail is empty");
      return finish();
    }
    mail.mend(notes_);
    ObjectPtr<GMimeObject> root = parse(mail.view_for_gmime(), tools_.options.get());
    if (!root) {
      mail.put_empty_header();
      root = parse(mail.view_for_gmime(), tools_.options.get());
    }
    if (!root) throw set_aside("the mail is no mail: its header cannot be read");

    read_fields(g_mime_object_get_header_list(root.get()), words_, tools_.options.get(), message_,
                notes_);
    if (const auto type = type_that_counts(root.get())) {
      mail.keep_type(*type);
      root = parse(mail.view_for_gmime(), tools_.options.get());
    }
    message_.type = leaf::labels(root.get(), words_, tools_.options.get()).type;
    body_ = mail.body();
    read_tree(root.get());
    message_.report = report_.take(message_, mail.bytes());
    if (!message_.report)
      if (const auto author = forwarded_author(message_.text, message_.subject)) note_author(*author);
    return finish();
  }

 private:
  void read_tree(GMimeObject* root) {
    TreeWalk walk(root, notes_);
    Leaf leaf;
    while (walk.next(leaf)) {
      if (message_.parts.size() >= caps::parts) {
        notes_.add("more than the " + std::to_string(caps::parts) + " parts that are looked into");
        break;
      }
      read_leaf(leaf, walk);
    }
    if (walk.encrypted()) message_.sealed = Sealed::pgp;
    if (texts_.empty() && !orphan_text_.empty())
      texts_.push_back({false, std::move(orphan_text_), "", false, false, -1});
    choose_body(std::move(texts_), walk.alternatives(), tools_.charsets, message_, notes_);
  }

  void read_leaf(const Leaf& leaf, TreeWalk& walk) {
    if (GMIME_IS_MULTIPART(leaf.object)) return open_without_border(leaf, walk);
    Part part = leaf::labels(leaf.object, words_, tools_.options.get());
    part.path = leaf.path;
    part.in_attached_message = leaf.attached;
    const bool message = is_attached_message(leaf.object, part);
    if (message && open_plain_message(leaf, walk)) return;
    const bool text = is_text_candidate(leaf, part);
    const bool reports = !leaf.attached && ReportReader::wants(part.type);
    const std::size_t keep = message   ? caps::unwrapped_bytes + 1
                             : text    ? caps::html_bytes
                             : reports ? caps::report_bytes
                                       : 0;
    std::string bytes = leaf::decode(leaf.object, keep, tools_.parts);
    const bool zip = is_zip(tools_.parts.head());
    const bool tnef = is_tnef(tools_.parts.head());
    tools_.parts.finish(part);
    if (message && open_encoded_message(std::move(bytes), leaf, walk)) return;
    if (reports) report_.part(part.type, bytes);
    const std::size_t own = message_.parts.size();
    message_.parts.push_back(part);
    if (zip) look_into_zip(leaf, part);
    if (tnef) look_into_tnef(leaf, part);
    if (text && !part.pdf) take_text(leaf, part, std::move(bytes));
    if (!leaf.attached) look_for_seal(leaf.object, message_.parts[own]);
  }

  // The files that are found within the part that was written last.
  class Files : public Unpacked {
   public:
    Files(Reading& reading, const Part& around, Container container)
        : reading_(reading), around_(around), container_(container) {}

    bool begin(std::string_view name) override {
      if (reading_.message_.parts.size() >= caps::parts) {
        reading_.notes_.add("more than the " + std::to_string(caps::parts) +
                            " parts that are looked into");
        return false;
      }
      name_ = name;
      reading_.tools_.parts.begin();
      return true;
    }
    bool add(std::string_view piece) override {
      reading_.unpacked_ += piece.size();
      if (reading_.unpacked_ > caps::unpacked_bytes) {
        reading_.notes_.add("more than " + std::to_string(caps::unpacked_bytes) +
                            " bytes come out of archives, which is not looked into");
        return false;
      }
      reading_.tools_.parts.add(piece);
      return true;
    }
    void end() override {
      Part part;
      part.path = around_.path + "." + std::to_string(++number_);
      part.container = container_;
      part.disposition = "attachment";
      part.in_attached_message = around_.in_attached_message;
      // A zip entry's name is UTF-8 or the code page of some DOS; a name in winmail.dat the sender's.
      part.name = line_value(clean_text(name_), caps::name_bytes);
      reading_.tools_.parts.finish(part);
      part.type = part.pdf ? "application/pdf" : "application/octet-stream";
      reading_.message_.parts.push_back(std::move(part));
    }

   private:
    Reading& reading_;
    const Part& around_;
    Container container_;
    std::string name_;
    int number_ = 0;
  };

  void note_about(const Part& part, const char* what, const std::string& wrong) {
    if (!wrong.empty())
      notes_.add((part.name.empty() ? "part " + part.path : part.name) + ", " + what + ", " + wrong);
  }

  void look_into_zip(const Leaf& leaf, const Part& part) {
    Files files(*this, part, Container::zip);
    leaf::LeafBytes bytes(leaf.object);
    note_about(part, "a zip archive", unpack_zip([&] { return bytes.next(); }, part.size, files));
  }

  void look_into_tnef(const Leaf& leaf, const Part& part) {
    unwrap(part.size, "attachments from Outlook");
    Files files(*this, part, Container::tnef);
    leaf::LeafBytes decoded(leaf.object);
    std::string bytes;
    for (std::string_view piece = decoded.next(); !piece.empty(); piece = decoded.next())
      bytes += piece;
    note_about(part, "attachments from Outlook", unpack_tnef(bytes, tools_.charsets, files));
  }

  // Out of the text, which is then what a person wrote.
  bool look_into_text(const Leaf& leaf, const Part& part, std::string& text) {
    if (!holds_uuencoded(text)) return false;
    if (part.size > text.size()) {
      unwrap(part.size, "uuencoded texts");
      text.clear();
      leaf::LeafBytes decoded(leaf.object);
      for (std::string_view piece = decoded.next(); !piece.empty(); piece = decoded.next())
        text += piece;
    }
    Files files(*this, part, Container::uuencode);
    notes_.add(unpack_uuencoded(text, files));
    return true;
  }

  // Copies that are held in memory, all together.
  void unwrap(std::uint64_t bytes, const char* what) {
    unwrapped_ += bytes;
    if (unwrapped_ > caps::unwrapped_bytes) {
      throw set_aside(std::string("the mail's ") + what + " have more than the " +
                      std::to_string(caps::unwrapped_bytes) + " bytes that are looked into");
    }
  }

  // A text with a file name is an attachment, unless it comes first: some programs name the body.
  bool is_text_candidate(const Leaf& leaf, const Part& part) const {
    if (leaf.attached || part.disposition == "attachment") return false;
    if (part.type != "text/plain" && part.type != "text/html") return false;
    return part.name.empty() || texts_.empty();
  }

  void take_text(const Leaf& leaf, const Part& part, std::string bytes) {
    const bool plain = part.type == "text/plain";
    bool cut = part.size > bytes.size();
    if (plain && look_into_text(leaf, part, bytes)) cut = bytes.size() > caps::html_bytes;
    if (cut) notes_.add("the text of part " + part.path + " is cut");
    if (bytes.size() > caps::html_bytes) bytes.resize(caps::html_bytes);
    texts_.push_back({!plain, std::move(bytes), parameter(leaf.object, "charset"),
                      plain && same_ascii(parameter(leaf.object, "format"), "flowed"),
                      same_ascii(parameter(leaf.object, "delsp"), "yes"), leaf.alternative});
  }

  // False: it is encoded, or no message after all. Nothing is copied: the tree points into the mail.
  bool open_plain_message(const Leaf& leaf, TreeWalk& walk) {
    const auto bytes = leaf::plain_bytes(leaf.object);
    if (!bytes || bytes->empty()) return false;
    GByteArray window{};
    window.data = reinterpret_cast<guint8*>(const_cast<char*>(bytes->data()));  // GMime only reads
    window.len = static_cast<guint>(bytes->size());
    windows_.push_back(std::make_unique<GByteArray>(window));
    return open_message(parse(windows_.back().get(), tools_.options.get()), leaf, walk);
  }

  bool open_encoded_message(std::string bytes, const Leaf& leaf, TreeWalk& walk) {
    unwrap(bytes.size(), "encoded attached messages");
    if (bytes.empty()) return false;
    copies_.push_back(std::make_unique<MailBuffer>());
    copies_.back()->assign(bytes);
    bytes = {};
    copies_.back()->mend(notes_);
    return open_message(parse(copies_.back()->view_for_gmime(), tools_.options.get()), leaf, walk);
  }

  // A multipart in which GMime sees no part.
  void open_without_border(const Leaf& leaf, TreeWalk& walk) {
    // What GMime tells is without CR and ends at a NUL.
    const std::string_view text =
        leaf.path.empty() ? body_ : view(g_mime_multipart_get_prologue(GMIME_MULTIPART(leaf.object)));
    unwrap(text.size(), "multiparts without their borders");
    const std::string found =
        with_plain_borders(text, parameter(leaf.object, "boundary"),
                           leaf::labels(leaf.object, words_, tools_.options.get()).type);
    if (!found.empty()) {
      copies_.push_back(std::make_unique<MailBuffer>());
      copies_.back()->assign(found);
      trees_.push_back(parse(copies_.back()->view_for_gmime(), tools_.options.get()));
      notes_.add("a multipart's border is not as its header says");
      return walk.replace(trees_.back().get(), leaf);
    }
    notes_.add("a multipart without parts: its border is missing");
    if (!leaf.attached && orphan_text_.empty()) orphan_text_ = text.substr(0, caps::text_bytes);
  }

  bool open_message(ObjectPtr<GMimeObject> tree, const Leaf& leaf, TreeWalk& walk) {
    if (!tree) return false;
    if (!leaf.attached) {
      report_.returned(tree.get());
      note_author_of(tree.get());
    }
    walk.descend(tree.get(), leaf);
    trees_.push_back(std::move(tree));
    return true;
  }

  // Forwarded by a co-author or an organizer: who forwards is whom we answer, who wrote it is worth a
  // word.
  void note_author(const Address& author) {
    std::string who = author.name;
    if (!who.empty() && !author.address.empty()) who += ' ';
    if (!author.address.empty()) who += '<' + author.address + '>';
    notes_.add("holds a message from " + who);
  }

  void note_author_of(GMimeObject* tree) {
    if (message_.type == "multipart/report") return;
    Notes of_inner;
    const EncodedWords words(tools_.charsets, of_inner);
    const std::vector<Address> from =
        read_from(g_mime_object_get_header_list(tree), words, tools_.options.get(), of_inner);
    if (!from.empty()) note_author(from.front());
  }

  // RFC 8551 section 3.2: what is enveloped cannot be looked into; what is only signed could be, but
  // is not.
  void look_for_seal(GMimeObject* object, const Part& part) {
    const bool by_type =
        part.type == "application/pkcs7-mime" || part.type == "application/x-pkcs7-mime";
    const bool by_name = part.type == "application/octet-stream" && ascii::ends_with(part.name, ".p7m");
    if (!by_type && !by_name) return;
    const std::string kind = lower_ascii(parameter(object, "smime-type"));
    if (kind == "signed-data" || kind == "certs-only" || ascii::ends_with(part.name, ".p7c")) {
      notes_.add("signed with S/MIME in one block, which is not looked into");
      return;
    }
    message_.sealed = Sealed::smime;
  }

  Message finish() {
    message_.notes = notes_.take();
    return std::move(message_);
  }

  Tools& tools_;
  Message message_;
  Notes notes_;
  EncodedWords words_;
  ReportReader report_;
  std::vector<TextPart> texts_;
  std::string_view body_;    // of the mail, as it is
  std::string orphan_text_;  // of a multipart that shows no parts, for want of any other text
  // Of attached messages. What the trees point into stands before them, so it goes after them.
  std::vector<std::unique_ptr<GByteArray>> windows_;
  std::vector<std::unique_ptr<MailBuffer>> copies_;
  std::vector<ObjectPtr<GMimeObject>> trees_;
  std::uint64_t unwrapped_ = 0;
  std::uint64_t unpacked_ = 0;
};

Message MailReader::read(MailBuffer& mail, Output& output) {
  tools_->parts.reset(output);
  return Reading(*tools_).all(mail);
}

}  // namespace papertray
