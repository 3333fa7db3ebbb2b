// Papers within archives: zip, winmail.dat, uuencoded text, as the real program finds them.
#include "inspect/unpack.h"

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <gmime/gmime.h>

#include "inspect/caps.h"
#include "inspect/fake_mail.h"

using namespace papertray;
using namespace papertray::test;

namespace {

struct File {
  std::string name;
  std::string bytes;
};

std::string zip_of(const std::vector<File>& files, const char* password = nullptr) {
  std::string bytes(1'000'000, '\0');
  std::size_t used = 0;
  archive* const zip = archive_write_new();
  archive_write_set_format_zip(zip);
  if (password != nullptr) {
    archive_write_set_options(zip, "zip:encryption=traditional");
    archive_write_set_passphrase(zip, password);
  }
  archive_write_open_memory(zip, bytes.data(), bytes.size(), &used);
  for (const File& file : files) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, file.name.c_str());
    archive_entry_set_filetype(entry, file.name.ends_with("/") ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(file.bytes.size()));
    REQUIRE(archive_write_header(zip, entry) == ARCHIVE_OK);
    if (!file.bytes.empty()) archive_write_data(zip, file.bytes.data(), file.bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(zip);
  archive_write_free(zip);
  bytes.resize(used);
  return bytes;
}

void put(std::string& to, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i)
    to += static_cast<char>(value >> (8 * i));
}

// [MS-OXTNEF] section 2.1.3.1: level, identifier, length, data, the sum of the data's bytes.
void put_attribute(std::string& to, int level, std::uint32_t id, const std::string& data) {
  put(to, static_cast<std::uint64_t>(level), 1);
  put(to, id, 4);
  put(to, data.size(), 4);
  to += data;
  unsigned sum = 0;
  for (const char c : data)
    sum += static_cast<unsigned char>(c);
  put(to, sum & 0xFFFF, 2);
}

const std::string tnef_start("\x78\x9F\x3E\x22\x01\x00", 6);

std::string tnef_of(const std::vector<File>& files) {
  constexpr int message = 1, attachment = 2;
  std::string bytes = tnef_start;
  put_attribute(bytes, message, 0x00089006, std::string("\x00\x00\x01\x00", 4));  // attTnefVersion
  for (const File& file : files) {
    put_attribute(bytes, attachment, 0x00069002, std::string(14, '\0'));  // attAttachRenddata
    put_attribute(bytes, attachment, 0x00018010, file.name + '\0');       // attAttachTitle
    put_attribute(bytes, attachment, 0x0006800F, file.bytes);             // attAttachData
  }
  return bytes;
}

// [MS-OXTNEF] section 2.1.3.4: type, identifier, and for such types one value with its length, padded.
struct Property {
  unsigned type;
  unsigned id;
  std::string value;
};
constexpr unsigned of_object = 0x0D, of_text = 0x1E, of_utf16 = 0x1F;

std::string properties_of(const std::vector<Property>& properties) {
  std::string bytes;
  put(bytes, properties.size(), 4);
  for (const Property& one : properties) {
    put(bytes, one.type, 2);
    put(bytes, one.id, 2);
    if (one.id >= 0x8000) bytes += std::string(16 + 8, '\0');  // its set, a number, the number
    if (one.type == of_object || one.type == of_text || one.type == of_utf16) {
      put(bytes, 1, 4);
      put(bytes, one.value.size(), 4);
    }
    bytes += one.value + std::string((4 - one.value.size() % 4) % 4, '\0');
  }
  return bytes;
}

std::string utf16(std::u16string_view text) {
  std::string bytes;
  for (const char16_t c : text)
    put(bytes, c, 2);
  return bytes;
}

std::string encoded(std::string_view bytes, GMimeContentEncoding encoding) {
  GMimeEncoding state{};
  g_mime_encoding_init_encode(&state, encoding);
  std::string out(g_mime_encoding_outlen(&state, bytes.size()) + 100, '\0');
  out.resize(g_mime_encoding_flush(&state, bytes.data(), bytes.size(), out.data()));
  return out;
}

std::string uuencoded(const File& file) {
  return "begin 644 " + file.name + "\n" + encoded(file.bytes, GMIME_CONTENT_ENCODING_UUENCODE) +
         "end\n";
}

std::string mail_with(const std::string& type, const std::string& name, const std::string& bytes) {
  return "From: a@example.org\nSubject: NIPS Workshop Papers\nMIME-Version: 1.0\n"
         "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhere\n"
         "--b\nContent-Type: " +
         type + "\nContent-Disposition: attachment; filename=\"" + name +
         "\"\nContent-Transfer-Encoding: base64\n\n" + encoded(bytes, GMIME_CONTENT_ENCODING_BASE64) +
         "\n--b--\n";
}

Inspected inspected(const std::string& mail) {
  WorkerInspector inspector(real_worker());
  return inspect_all(inspector, mails({mail})).at(0);
}

// "path name container size pdf", one for each part.
std::string parts_of(const Inspected& mail) {
  constexpr std::array kinds = {"mail", "zip", "tnef", "uuencode"};
  std::string lines;
  for (const Part& part : mail.message.parts)
    lines += part.path + " " + (part.name.empty() ? "-" : part.name) + " " +
             kinds.at(static_cast<std::size_t>(part.container)) + " " + std::to_string(part.size) +
             (part.pdf ? " pdf\n" : "\n");
  return lines;
}

std::string notes_of(const Inspected& mail) {
  std::string all;
  for (const std::string& note : mail.message.notes)
    all += note + "\n";
  return all;
}

const File paper{"paper.pdf", "%PDF-1.4 the paper\n%%EOF\n"};
const File source{"src/paper.tex", "\\documentclass{article}\n"};

}  // namespace

TEST_CASE("a paper in a zip archive, under any label") {
  const std::string zip = zip_of({{"src/", ""}, source, paper, {"__MACOSX/._paper.pdf", "%PDF-x"}});
  for (const char* type : {"application/zip", "application/octet-stream", "application/pdf"}) {
    CAPTURE(std::string(type));
    const Inspected mail = inspected(mail_with(type, "sub.zip", zip));
    CHECK(parts_of(mail) == "1 - mail 4\n2 sub.zip mail " + std::to_string(zip.size()) +
                                "\n2.1 src/paper.tex zip 24\n2.2 paper.pdf zip 25 pdf\n");
    REQUIRE(mail.parts != nullptr);
    CHECK(pdf_bytes(*mail.parts, mail.message.parts[3]) == paper.bytes);
    CHECK(mail.message.parts[3].type == "application/pdf");
    CHECK(notes_of(mail) == "");
  }
}

TEST_CASE("what makes an archive no use is said, what was whole before is kept") {
  File noise{"noise.tex", std::string(3'000, '\0')};
  unsigned next = 1;
  for (char& c : noise.bytes)
    c = static_cast<char>((next = next * 1'103'515'245 + 12'345) >> 16);
  const std::string zip = zip_of({paper, noise});
  struct Row {
    std::string bytes;
    std::size_t parts;
    std::string note;
  };
  const std::string deep = zip_of({{"inner.zip", zip_of({paper})}});
  std::vector<File> many(caps::unpacked_files + 5, File{"x.txt", "x"});
  const Row rows[] = {
      {zip_of({paper}, "secret"), 2, "sub.zip, a zip archive, is encrypted\n"},
      {zip.substr(0, zip.size() / 2), 3, "sub.zip, a zip archive, is damaged after 2 files\n"},
      {std::string("PK\x03\x04 and no more", 15), 2,
       "sub.zip, a zip archive, is damaged after 0 files\n"},
      {deep, 3, ""},
      {zip_of({{"[Content_Types].xml", "<x/>"}, {"word/media/figure.pdf", paper.bytes}}), 2, ""},
      {zip_of(many), 2 + caps::unpacked_files, "sub.zip, a zip archive, has more than 200 files\n"},
  };
  for (const Row& row : rows) {
    const Inspected mail = inspected(mail_with("application/zip", "sub.zip", row.bytes));
    CAPTURE(row.note);
    CHECK(mail.quarantine == "");
    CHECK(mail.message.parts.size() == row.parts);
    CHECK(notes_of(mail) == row.note);
  }
}

TEST_CASE("a zip archive of zeros ends at its ratio") {
  const std::string zip = zip_of({{"zeros", std::string(50'000'000, '\0')}, paper});
  REQUIRE(zip.size() < 100'000);
  const Inspected mail = inspected(mail_with("application/zip", "bomb.zip", zip));
  CHECK(mail.quarantine == "");
  CHECK(mail.message.parts.size() == 2);
  CHECK(notes_of(mail) ==
        "bomb.zip, a zip archive, unpacks to more than 100 times its size, which is not looked into\n");
}

TEST_CASE("a paper in winmail.dat") {
  const std::string tnef = tnef_of({{"notes.txt", "hello"}, paper});
  for (const char* type : {"application/ms-tnef", "application/octet-stream"}) {
    const Inspected mail = inspected(mail_with(type, "winmail.dat", tnef));
    CHECK(parts_of(mail) == "1 - mail 4\n2 winmail.dat mail " + std::to_string(tnef.size()) +
                                "\n2.1 notes.txt tnef 5\n2.2 paper.pdf tnef 25 pdf\n");
    REQUIRE(mail.parts != nullptr);
    CHECK(pdf_bytes(*mail.parts, mail.message.parts[3]) == paper.bytes);
  }
  const Inspected cut = inspected(mail_with("application/ms-tnef", "winmail.dat", tnef.substr(0, 150)));
  CHECK(cut.quarantine == "");
  CHECK(notes_of(cut) == "winmail.dat, attachments from Outlook, is damaged\n");
}

TEST_CASE("what Outlook writes into a winmail.dat, and other readers fall over") {
  const std::string outer = "forwarded";
  const std::string inner = tnef_of({paper});
  std::string tnef = tnef_start;
  std::string codepage("\xE3\x04\x00\x00\x00\x00\x00\x00", 8);  // 1251
  put_attribute(tnef, 1, 0x00069007, codepage);
  // A long named property and a date before it, the name in UTF-16.
  put_attribute(tnef, 2, 0x00069002, std::string(14, '\0'));
  put_attribute(tnef, 2, 0x00018010, std::string("PAPER~1.PDF\0", 12));
  put_attribute(tnef, 2, 0x0006800F, paper.bytes);
  put_attribute(tnef, 2, 0x00069005,
                properties_of({{of_text, 0x8001, std::string(500, 'x')},
                               {0x40, 0x3007, std::string(8, '\1')},
                               {of_utf16, 0x3707, utf16(u"Größe – final.pdf")}}));
  // A file without bytes, its name in the code page of the mail.
  put_attribute(tnef, 2, 0x00069002, std::string(14, '\0'));
  put_attribute(tnef, 2, 0x0006800F, "");
  put_attribute(tnef, 2, 0x00018010, std::string("\xF2\xE5\xF1\xF2.txt\0", 9));
  // A mail, with words for programs that do not know mails within mails; a kind that nobody knows last.
  put_attribute(tnef, 2, 0x00069002, std::string(14, '\0'));
  put_attribute(tnef, 2, 0x0006800F, "for others");
  put_attribute(tnef, 2, 0x00069005,
                properties_of({{of_text, 0x3001, outer},
                               {0x03, 0x3705, std::string("\x05\0\0\0", 4)},
                               {of_object, 0x3701, std::string(16, 'i') + inner},
                               {0x77, 0x3707, "unknown"}}));
  const Inspected mail = inspected(mail_with("application/ms-tnef", "winmail.dat", tnef));
  CHECK(parts_of(mail) ==
        "1 - mail 4\n2 winmail.dat mail " + std::to_string(tnef.size()) +
            "\n2.1 Größe – final.pdf tnef 25 pdf\n2.2 тест.txt tnef 0\n2.3 forwarded tnef " +
            std::to_string(inner.size()) + "\n2.4 paper.pdf tnef 25 pdf\n");
  CHECK(notes_of(mail) == "");

  std::string deep = inner;
  for (int i = 0; i < 100; ++i)
    deep = tnef_start + [&] {
      std::string one;
      put_attribute(one, 2, 0x00069002, std::string(14, '\0'));
      put_attribute(one, 2, 0x00069005,
                    properties_of({{0x03, 0x3705, std::string("\x05\0\0\0", 4)},
                                   {of_object, 0x3701, std::string(16, 'i') + deep}}));
      return one;
    }();
  const Inspected nested = inspected(mail_with("application/ms-tnef", "winmail.dat", deep));
  CHECK(nested.quarantine == "");
  CHECK(nested.message.parts.size() == 2 + 9);
}

TEST_CASE("a paper uuencoded in the text, which is then what a person wrote") {
  const std::string head = "From: a@example.org\nSubject: NIPS Workshop Papers\n\n";
  const Inspected mail = inspected(head + "Dear all,\nbegin here or begin 64 there\n\n" +
                                   uuencoded(paper) + "\nregards\nA\n");
  CHECK(mail.message.parts.size() == 2);
  CHECK(parts_of(mail).ends_with("\n1.1 paper.pdf uuencode 25 pdf\n"));
  CHECK(mail.message.text == "Dear all,\nbegin here or begin 64 there\n\n\nregards\nA\n");
  REQUIRE(mail.parts != nullptr);
  CHECK(pdf_bytes(*mail.parts, mail.message.parts[1]) == paper.bytes);

  std::string open = uuencoded(paper);
  open.resize(open.size() - 4);
  const Inspected endless = inspected(head + "text\n" + open);
  CHECK(parts_of(endless).ends_with("\n1.1 paper.pdf uuencode 25 pdf\n"));
  CHECK(notes_of(endless) == "a uuencoded file has no end\n");
}

TEST_CASE("what only looks uuencoded stays in the text") {
  for (const std::string text : {"begin 644 paper.pdf\nto be continued\n", "begin 644\nabc\nend\n",
                                 "I begin 644 x\n#86)C\nend\n", "begin 9999 x\n#86)C\nend\n"}) {
    CAPTURE(text);
    CHECK_FALSE(holds_uuencoded(text));
  }
  CHECK(holds_uuencoded("begin 644 x\n#86)C\n`\nend\n"));
}

TEST_CASE("a large uuencoded paper, beyond what is kept of a text") {
  const File large{"large.pdf", "%PDF-1.4 " + std::string(4'000'000, 'x')};
  const Inspected mail =
      inspected("From: a@example.org\nSubject: x\n\nwith it:\n" + uuencoded(large) + "bye\n");
  REQUIRE(mail.message.parts.size() == 2);
  CHECK(mail.message.parts[1].size == large.bytes.size());
  CHECK(mail.message.text == "with it:\nbye\n");
  CHECK(notes_of(mail) == "");
}
