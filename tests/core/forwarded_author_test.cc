// Whose mail is passed on, as the programs of several years and languages write it.
#include "core/forwarded_author.h"

#include <string>

#include <doctest/doctest.h>

#include "core/printable.h"
#include "core/subject.h"

namespace papertray {
namespace {

std::string author(const std::string& text, const std::string& subject = "NIPS Workshop Papers") {
  const auto found = forwarded_author(text, subject);
  if (!found) return "none";
  return found->name + (found->address.empty() ? "" : "<" + found->address + ">");
}

}  // namespace

TEST_CASE("forwarded, as each program writes it") {
  struct Row {
    const char* program;
    const char* text;
    const char* author;
  };
  const Row rows[] = {
      {"Gmail",
       "For the workshop.\n\n---------- Forwarded message ---------\nFrom: Ada Author "
       "<ada@Example.ORG>\n"
       "Date: Fri, Nov 3, 2017 at 10:00 AM\nSubject: our paper\nTo: Bob <bob@example.org>\n\n\nHello\n",
       "Ada Author<ada@example.org>"},
      {"Gmail, with stars for bold",
       "---------- Forwarded message ---------\nFrom: *Ada Author* <ada@example.org>\nDate: "
       "Fri\n\nHello",
       "Ada Author<ada@example.org>"},
      {"Gmail's HTML as text",
       "---------- Forwarded message ---------\nFrom: Ada Author <ada@example.org "
       "<mailto:ada@example.org>>\nDate: Fri\n\nHello",
       "Ada Author<ada@example.org>"},
      {"Gmail, German",
       "---------- Forwarded message ---------\nVon: Jörg Groß <joerg@example.org>\nDate: Fr., 3. Nov. "
       "2017 um 10:00 Uhr\nSubject: Papier\nTo: <bob@example.org>\n\nHallo",
       "Jörg Groß<joerg@example.org>"},
      {"Gmail, Spanish",
       "---------- Mensaje reenviado ---------\nDe: Juan Pérez <juan@example.org>\nFecha: vie, 3 nov "
       "2017 "
       "a las 10:00\nAsunto: artículo\nPara: <bob@example.org>\n\nHola",
       "Juan Pérez<juan@example.org>"},
      {"Gmail, French",
       "---------- Message transféré ---------\nDe : Zoé Petit <zoe@example.org>\nDate: ven. 3 nov. "
       "2017 "
       "à 10:00\nSubject: article\nTo: <bob@example.org>\n\nBonjour",
       "Zoé Petit<zoe@example.org>"},
      {"Apple Mail",
       "See below.\n\nBegin forwarded message:\n\n> From: Ada Author <ada@example.org>\n> Subject: "
       "paper\n"
       "> Date: 3 November 2017 at 10:00:00 GMT\n> To: bob@example.org\n> \n> Hello\n",
       "Ada Author<ada@example.org>"},
      {"Apple Mail, all of it quoted",
       "See below.\n\n> Begin forwarded message:\n> \n> From: Ada Author <ada@example.org>\n> Subject: "
       "paper\n> To: bob@example.org\n> \n> Hello\n",
       "Ada Author<ada@example.org>"},
      {"Apple Mail, with stars for bold",
       "Begin forwarded message:\n\n> *From: *Ada Author <ada@example.org>\n> *Subject: **paper*\n> \n> "
       "Hi",
       "Ada Author<ada@example.org>"},
      {"Apple Mail, German",
       "Anfang der weitergeleiteten Nachricht:\n\n> Von: Jörg Groß <joerg@example.org>\n> Betreff: "
       "Papier\n> Datum: 3. November 2017\n> An: bob@example.org\n> \n> Hallo\n",
       "Jörg Groß<joerg@example.org>"},
      {"Apple Mail, French",
       "Début du message réexpédié :\n\n> De: Zoé Petit <zoe@example.org>\n> Objet: article\n> Date: 3 "
       "novembre 2017\n> À: bob@example.org\n> \n> Bonjour\n",
       "Zoé Petit<zoe@example.org>"},
      {"Thunderbird: From comes third",
       "-------- Forwarded Message --------\nSubject: \tpaper\nDate: \tFri, 3 Nov 2017 10:00:00 +0100\n"
       "From: \tAda Author <ada@example.org>\nTo: \tbob@example.org\n\n\nHello",
       "Ada Author<ada@example.org>"},
      {"Thunderbird, German",
       "-------- Weitergeleitete Nachricht --------\nBetreff: \tPapier\nDatum: \tFri, 3 Nov 2017\nVon: "
       "\tJörg Groß <joerg@example.org>\nAn: \tbob@example.org\n\nHallo",
       "Jörg Groß<joerg@example.org>"},
      {"Yahoo",
       "----- Forwarded Message -----\nFrom: \"Author, Ada\" <ada@example.org>\nTo: Bob "
       "<bob@example.org>\nSent: Friday\nSubject: paper\n\nHello",
       "Author, Ada<ada@example.org>"},
      {"a bare address",
       "---------- Forwarded message ---------\nFrom: ada@example.org\nDate: Fri\n\nHi",
       "<ada@example.org>"},
      {"an address in its brackets",
       "---------- Forwarded message ---------\nFrom: <ada@example.org>\nDate: Fri\n\nHi",
       "<ada@example.org>"},
      {"the name behind", "----- Forwarded message -----\nFrom: ada@example.org (Ada Author)\n\nHi",
       "Ada Author<ada@example.org>"},
      {"the name is the address",
       "----- Forwarded message -----\nFrom: ada@example.org <ada@example.org>\n\nHi",
       "<ada@example.org>"},
      {"a name that is another address",
       "----- Forwarded message -----\nFrom: \"old@example.org\" <ada@example.org>\n\nHi",
       "old@example.org<ada@example.org>"},
      {"a name that ends in the byte of a no-break space, and one before it",
       "----- Forwarded message -----\nDe :\u00A0Nicolà\n\nCiao", "Nicolà"},
      {"no address", "----- Forwarded message -----\nFrom: Ada Author\nSent: Friday\n\nHi",
       "Ada Author"},
      {"twice: the outermost",
       "---------- Forwarded message ---------\nFrom: Bob <bob@example.org>\nSubject: Fwd: paper\n\n"
       "---------- Forwarded message ---------\nFrom: Ada <ada@example.org>\nSubject: paper\n\nHello",
       "Bob<bob@example.org>"},
      {"by whom, but not whose", "----- Forwarded by Bob/Example on 03.11.2017 10:00 -----\n\nHello",
       "none"},
      {"nothing below the title", "---------- Forwarded message ---------", "none"},
      {"an empty From", "---------- Forwarded message ---------\nFrom:\nDate: Fri\n\nHi", "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.program));
    CHECK(author(row.text) == row.author);
  }
}

TEST_CASE("headers alone are a forward when the subject says so") {
  const std::string outlook =
      "See below.\n\n________________________________\nFrom: Ada Author [mailto:ada@example.org]\nSent: "
      "Friday, November 3, 2017 10:00 AM\nTo: Bob\nSubject: paper\n\nHello";
  const std::string german =
      "-----Ursprüngliche Nachricht-----\nVon: Jörg Groß <joerg@example.org>\nGesendet: Freitag, 3. "
      "November 2017 10:00\nAn: Bob\nBetreff: Papier\n\nHallo";
  const std::string french =
      "De : Zoé Petit\nEnvoyé : vendredi 3 novembre 2017 10:00\nÀ : Bob <bob@example.org>\nObjet : "
      "article\n\nBonjour";
  const std::string spanish =
      "De: Juan Pérez <juan@example.org>\nEnviado el: viernes, 3 de noviembre de 2017 10:00\nPara: "
      "Bob\nAsunto: artículo\n\nHola";
  const std::string unknown =
      "________________________________\nSender in no tongue: Ada <ada@example.org>\nWhen: then\nWhom: "
      "Bob\n\nHello";
  CHECK(author(outlook, "FW: NIPS Workshop Papers") == "Ada Author<ada@example.org>");
  CHECK(author(german, "WG: NIPS Workshop Papers") == "Jörg Groß<joerg@example.org>");
  CHECK(author(french, "TR : NIPS Workshop Papers") == "Zoé Petit");
  CHECK(author(spanish, "RV: NIPS Workshop Papers") == "Juan Pérez<juan@example.org>");
  CHECK(author(unknown, "Fwd: NIPS Workshop Papers") == "Ada<ada@example.org>");
  for (const std::string& text : {outlook, german, french, spanish, unknown}) {
    CHECK(author(text, "RE: NIPS Workshop Papers") == "none");
    CHECK(author(text, "NIPS Workshop Papers") == "none");
  }
}

TEST_CASE("what is no forward") {
  const std::string quoted =
      "> ---------- Forwarded message ---------\n> From: Ada <ada@example.org>\n"
      "> Subject: paper\n> \n> Hello\n";
  const std::string texts[] = {
      "", "Hello,\n\nour paper.", "From: Berlin\nTo: Paris\nby train?",
      "A forwarded message:\nit was nothing.",
      // Somebody answers a mail in which one was passed on.
      "On Fri, Nov 3, 2017 at 10:00 AM Bob <bob@example.org> wrote:\n\n" + quoted,
      "Thanks!\n\n> Hello,\n" + quoted,
      "On Fri, Nov 3, 2017 at 10:00 AM Bob <bob@example.org> wrote:\n> See:\n>\n" + quoted,
      "```\n---------- Forwarded message ---------\nFrom: Ada <ada@example.org>\n```\n"};
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(author(text) == "none");
    CHECK(author(text, "Fwd: papers") == "none");
  }
}

TEST_CASE("subjects that say that the mail is passed on") {
  for (const char* subject :
       {"Fwd: x", "FW: x", "fwd[2]: x", "WG: x", "[EXT] Fwd: x", "External: TR : x", "Doorst: x", "I: x",
        "RV: x", "ENC: x", "转发：x", "転送: x", "x (fwd)"}) {
    CAPTURE(std::string(subject));
    CHECK(says_forwarded(subject));
  }
  for (const char* subject :
       {"", "x", "Re: x", "Re: Fwd: x", "AW: WG: x", "Forward: x", "fw x", "[Fwd]"}) {
    CAPTURE(std::string(subject));
    CHECK_FALSE(says_forwarded(subject));
  }
}

TEST_CASE("hostile texts") {
  const std::string title = "---------- Forwarded message ---------\n";
  CHECK(author(title + "From: " + std::string(1'000'000, 'a') + " <a@b>\nDate: Fri\n") == "none");
  CHECK(author(title + "From: <<<<a@b>>>>\n") != "");
  CHECK(author(title + "From: =1B]0;x\n") == "=1B]0;x");
  // A title on each line: only the first is looked at. The same, quoted on every second line.
  std::string many, quoted;
  for (int i = 0; i < 100'000; ++i) {
    many += title;
    quoted += "> " + title + "\n";
  }
  CHECK(author(many) == "none");
  CHECK(author(quoted) == "none");
}
}  // namespace papertray
