// Mail that no person wrote, and people's mail that looks a little like it.
#include "core/automatic.h"

#include <functional>

#include <doctest/doctest.h>

#include "core/automatic_subjects.h"
#include "core/may_reply.h"
#include "core/route.h"
#include "core/subject.h"
#include "sample_rules.h"

using namespace papertray;
using namespace papertray::test;

namespace {

using Change = std::function<void(Message&)>;

struct Row {
  const char* what;
  Change change;
  std::string reason;  // some of its words; "" for a person's mail
};

Change headed(const std::string& name, const std::string& value) {
  return [=](Message& m) { m.headers.push_back({name, value}); };
}
Change subject(const std::string& text) {
  return [=](Message& m) { m.subject = text; };
}
Change begins(const std::string& words) {
  return [=](Message& m) { m.text = words; };
}
Change from(const std::string& address, const std::string& name = "") {
  return [=](Message& m) {
    m.from = {{name, address}};
    m.return_path.reset();
  };
}
Change nameless(const std::string& header) {
  return [=](Message& m) {
    m.from.clear();
    m.return_path.reset();
    m.headers.push_back({"From", header});
  };
}
Change path(const std::string& address) {
  return [=](Message& m) { m.return_path = address; };
}
Change brings(const std::string& type, const std::string& disposition = "", bool attached = false) {
  return [=](Message& m) {
    m.parts.push_back(attachment(type, ""));
    m.parts.back().disposition = disposition;
    m.parts.back().in_attached_message = attached;
  };
}
Change both(const Change& a, const Change& b) {
  return [=](Message& m) {
    a(m);
    b(m);
  };
}

// A mail that could be anybody's.
Message plain() {
  return mail("About the workshop");
}

void check(const Row& row) {
  Message message = plain();
  row.change(message);
  CAPTURE(row.what);
  const std::string reason = automatic_mail(message);
  CAPTURE(reason);
  CHECK(reason.empty() == row.reason.empty());
  CHECK(reason.find(row.reason) != std::string::npos);
  if (row.reason.empty()) return;
  CHECK_FALSE(may_reply(message, {desk}).yes);
  CHECK(route(message, workshop_rules()).fate == Fate::ignored);
}

}  // namespace

TEST_CASE("what machines write, by their headers") {
  const Change report = [](Message& m) { m.type = "multipart/report"; };
  const Row rows[] = {
      {"report", report, "delivery or read report"},
      {"report in capitals", headed("CONTENT-TYPE", "Multipart/REPORT; Report-Type=x"), "report"},
      {"DSN", both(report, brings("message/delivery-status")), "delivery report"},
      {"read receipt", both(report, brings("message/disposition-notification")), "read receipt"},
      {"spam complaint", both(report, brings("message/feedback-report")), "spam complaint"},
      {"null path", path(""), "null return path"},
      {"null path twice", both(headed("Return-Path", "<a@x.example>"), headed("return-path", " <> ")),
       "null return path"},
      {"path is a mail system's", path("MAILER-DAEMON@mx.example"), "return path mailer-daemon"},
      {"path without a domain", path("MAILER-DAEMON"), "return path mailer-daemon"},
      {"auto-replied", headed("Auto-Submitted", "auto-replied (vacation)"), "Auto-Submitted"},
      {"auto-generated", headed("auto-submitted", "AUTO-GENERATED (failure)"), "Auto-Submitted"},
      {"auto-notified", headed("Auto-Submitted", "auto-notified; owner-token=x"), "Auto-Submitted"},
      {"commented", headed("Auto-Submitted", "(no) auto-replied"), "Auto-Submitted"},
      {"unknown word", headed("Auto-Submitted", "yes"), "Auto-Submitted"},
      {"X-Autoreply", headed("X-AutoReply", "yes"), "X-Autoreply"},
      {"X-Autorespond", headed("x-autorespond", ""), "X-Autorespond"},
      {"X-Autoresponse", headed("X-AUTORESPONSE", "1"), "X-Autoresponse"},
      {"X-Autoresponder", headed("X-Autoresponder", "x"), "X-Autoresponder"},
      {"X-Mail-Autoreply", headed("X-Mail-Autoreply", "x"), "X-Mail-Autoreply"},
      {"X-AutoReply-From", headed("X-AutoReply-From", "x"), "X-AutoReply-From"},
      {"X-Vacation", headed("X-Vacation", "x"), "X-Vacation"},
      {"X-Failed-Recipients", headed("x-failed-recipients", "a@x.example"), "X-Failed-Recipients"},
      {"Exchange 5.5", headed("X-MS-Embedded-Report", ""), "X-MS-Embedded-Report"},
      {"Exchange Online", headed("X-MS-Exchange-Message-Is-Ndr", ""), "Is-Ndr"},
      {"Amazon", headed("x-amz-sns-message-id", "1-2-3"), "X-Amz-Sns-Message-Id"},
      {"cron", headed("X-Cron-Env", "<SHELL=/bin/sh>"), "X-Cron-Env"},
      {"Apple", headed("X-Apple-Action", "VACATION"), "X-Apple-Action"},
      {"cPanel", headed("Delivered-To", "Autoresponder"), "Delivered-To"},
      {"auto_reply", headed("Precedence", "AUTO_REPLY (x)"), "Precedence"},
      {"auto-reply", headed("precedence", " auto-reply"), "Precedence"},
      {"bulk", headed("Precedence", "Bulk"), "Precedence"},
      {"list", headed("PRECEDENCE", "list"), "Precedence"},
      {"List-Id", headed("list-id", "<x.example>"), "list-id"},
      {"List-Unsubscribe", headed("List-Unsubscribe", "<mailto:x@x.example>"), "List-Unsubscribe"},
      {"ezmlm", headed("Mailing-List", "contact x-help@x.example; run by ezmlm"), "Mailing-List"},
      {"Mailman", headed("X-BeenThere", "x@x.example"), "X-BeenThere"},
      {"invitation", [](Message& m) { m.type = "text/calendar"; }, "calendar"},
      {"invitation in a part", brings("text/calendar", "inline"), "calendar"},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("what machines write, by who they say they are") {
  const Row rows[] = {
      {"mailer-daemon", from("Mailer-Daemon@x.example"), "mail system"},
      {"with a tag", from("mailer-daemon+1@x.example"), "mail system"},
      {"MAILERDAEMON", from("MAILERDAEMON@x.example"), "mail system"},
      {"mail.daemon", from("mail.daemon@x.example"), "mail system"},
      {"postmaster", from("Postmaster@x.example"), "mail system"},
      {"post_master", from("post_master@x.example"), "mail system"},
      {"Exchange",
       from("MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.example", "Microsoft Outlook"),
       "mail system"},
      {"by name", from("gateway@x.example", "Mail Delivery Subsystem"), "Mail Delivery Subsystem"},
      {"by another name", from("x@x.example", "MMSC NDR Administrator"), "mail system"},
      {"as Sender",
       [](Message& m) {
         m.sender = {{"", "postmaster@x.example"}};
       },
       "mail system"},
      {"no domain", nameless("MAILER-DAEMON"), "mail system"},
      {"no address", nameless("MAILER-DAEMON <>"), "mail system"},
      {"a word in brackets", nameless("Mail Delivery Subsystem <MAILER-DAEMON>"), "mail system"},
      {"a comment", nameless("mailer-daemon (Mail Delivery System)"), "mail system"},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("what machines write, by subject") {
  const Row rows[] = {
      {"Outlook", subject("Automatic reply: Re: received"), "by its subject"},
      {"in capitals, wide colon", subject("AUTOMATIC REPLY\uff1a x"), "by its subject"},
      {"German", subject("Automatische Antwort: x"), "by its subject"},
      {"French", subject("R\u00e9ponse automatique\u00a0: x"), "by its subject"},
      {"Japanese", subject("\u3010\u81ea\u52d5\u8fd4\u4fe1\u3011x"), "by its subject"},
      {"Russian",
       subject("\u0410\u0432\u0442\u043e\u043c\u0430\u0442\u0438\u0447\u0435\u0441\u043a\u0438"
               "\u0439 \u043e\u0442\u0432\u0435\u0442: x"),
       "by its subject"},
      {"Notes", subject("AUTO: Ada is out of the office (returning 06.11.2017)"), "by its subject"},
      {"vacation(1)", subject("away from my mail"), "by its subject"},
      {"Postfix", subject("Undelivered Mail Returned to Sender"), "a bounce by its subject"},
      {"Exim", subject("Mail delivery failed: returning message to sender"), "a bounce by its subject"},
      {"Gmail", subject("Delivery Status Notification (Failure)"), "a bounce by its subject"},
      {"DragonFly, nobody named", both(subject("Mail delivery failed"), nameless("x <>")),
       "a bounce by its subject"},
      {"from a noreply", both(subject("Undeliverable: x"), from("no-reply@x.example")),
       "a bounce by its subject"},
      {"qmail's first words",
       both(subject("failure notice"), begins("Hi. This is the qmail-send program at x.example.\n")),
       "a bounce by its subject"},
      {"Exim's first words",
       both(subject("Warning: message 1a2b delayed 24 hours"),
            begins("This message was created automatically by mail delivery software.\n")),
       "a bounce by its subject"},
      {"Hotmail's complaint",
       both(subject("complaint about message from 192.0.2.1"), brings("text/plain", "", true)),
       "spam complaint"},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("what people write") {
  const Row rows[] = {
      {"plain", [](Message&) {}, ""},
      {"Auto-Submitted: no", headed("Auto-Submitted", "no"), ""},
      {"ordinary precedence", headed("Precedence", "first-class"), ""},
      {"Exchange's suppression", headed("X-Auto-Response-Suppress", "DR, OOF, AutoReply"), ""},
      {"Exchange's loop mark", headed("X-MS-Exchange-Inbox-Rules-Loop", "ada@lab.example"), ""},
      {"delivered to a person", headed("Delivered-To", "desk@x.example"), ""},
      {"an answer to an automatic reply", subject("Re: Automatic reply: x"), ""},
      {"a forwarded bounce", subject("Fwd: Undelivered Mail Returned to Sender"), ""},
      {"a person about a bounce", subject("Mail delivery failed"), ""},
      {"the same, quoting it",
       both(subject("Mail delivery failed: what now?"),
            begins("Hello,\n\nI got this:\n\nThis message was created automatically by mail delivery "
                   "software.\n")),
       ""},
      {"a person about a failure", subject("Delivery failure of my paper"), ""},
      {"a paper on automatic answers", subject("Automatic Response Generation for E-Mail"), ""},
      {"the same in Spanish", subject("Respuesta autom\u00e1tica a preguntas"), ""},
      {"the same in Japanese", subject("\u81ea\u52d5\u5fdc\u7b54\u30b7\u30b9\u30c6\u30e0"), ""},
      {"a paper on cars", subject("Auto: driving at scale"), ""},
      {"a paper on warnings", subject("Warning: message passing considered harmful"), ""},
      {"a complaint of a person", subject("Complaint about message from the reviewers"), ""},
      {"an attached invitation", brings("text/calendar", "attachment"), ""},
      {"an invitation in a forwarded mail", brings("text/calendar", "", true), ""},
      {"a bounce in a forwarded mail", brings("message/delivery-status", "", true), ""},
      {"a bounce's part attached", brings("message/delivery-status", "attachment"), ""},
      {"a postmaster's namesake", from("postmasterson@x.example"), ""},
      {"a person called Postman", from("p@x.example", "Pat Postmaster"), ""},
      {"an Exchange fan", from("microsoftexchange@x.example"), ""},
      {"no From at all",
       [](Message& m) {
         m.from.clear();
         m.return_path.reset();
       },
       ""},
      {"a return path of a person", path("ada+bounces@lab.example"), ""},
      {"with a receipt of ours quoted",
       [](Message& m) { m.report.emplace().token = "pt-0123456789abcdef01234567"; }, ""},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("the table of subjects is written as subjects are compared") {
  CHECK(automatic_subjects().size() > 150);
  for (const std::string_view words : automatic_subjects()) {
    CAPTURE(words);
    // A blank at the end is meant: "autoreply from " is followed by a name.
    const std::string trimmed(words.ends_with(' ') ? words.substr(0, words.size() - 1) : words);
    CHECK(fold_text(words) == trimmed);
  }
}
