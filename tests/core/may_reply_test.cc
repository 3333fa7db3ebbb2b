#include "core/may_reply.h"

#include <functional>

#include <doctest/doctest.h>

#include "sample_rules.h"

using namespace papertray;
using namespace papertray::test;

namespace {

struct Row {
  const char* what;
  std::function<void(Message&)> change;
  std::string reason;  // some of its words; "" for yes
};

std::function<void(Message&)> headed(const std::string& name, const std::string& value) {
  return [=](Message& m) { m.headers.push_back({name, value}); };
}

std::function<void(Message&)> from(const std::string& address) {
  return [=](Message& m) {
    m.from = {{"Ada", address}};
    m.return_path = std::nullopt;
  };
}

std::function<void(Message&)> path(const std::string& address) {
  return [=](Message& m) { m.return_path = address; };
}

std::function<void(Message&)> to(const std::string& address) {
  return [=](Message& m) { m.to = {{"", "other@x.example"}, {"", address}}; };
}

void check(const Row& row) {
  Message message = mail("NIPS Workshop Papers");
  row.change(message);
  const MayReply answer = may_reply(message, {"other-desk@x.example", desk});
  CAPTURE(row.what);
  CAPTURE(answer.reason);
  CHECK(answer.yes == row.reason.empty());
  CHECK(answer.reason.empty() == answer.yes);
  CHECK(answer.reason.find(row.reason) != std::string::npos);
  CHECK(answer.to == (answer.yes ? message.from.front().address : ""));
}

}  // namespace

TEST_CASE("people are answered") {
  const Row rows[] = {
      {"plain", [](Message&) {}, ""},
      {"no Return-Path", [](Message& m) { m.return_path.reset(); }, ""},
      {"path in other case", path("ADA@Lab.Example"), ""},
      {"VERP of one's own domain", path("bounces+1=ada@lab.example"), ""},
      {"path below the domain", path("ada@mail.lab.example"), ""},
      {"domain below the path",
       [](Message& m) {
         m.from = {{"", "ada@cs.lab.example"}};
       },
       ""},
      {"Auto-Submitted: no", headed("Auto-Submitted", "NO"), ""},
      {"Auto-Submitted: no, commented", headed("auto-submitted", " (a (b)) no ; a=b"), ""},
      {"suppression of receipts only", headed("X-Auto-Response-Suppress", "DR, RN, NRN"), ""},
      {"ordinary precedence", headed("Precedence", "normal"), ""},
      {"to us with a tag", to("SupercomputersForDL2017+papers@Gmail.com"), ""},
      {"to us with Gmail's dots", to("supercomputers.for.dl2017@googlemail.com"), ""},
      {"to our other address", to("Other-Desk@X.EXAMPLE"), ""},
      {"UTF-8 address", from("\u00fcnal@lab.example"), ""},
      {"foreign Reply-To",
       [](Message& m) {
         m.reply_to = {{"", "evil@x.example"}};
       },
       ""},
      {"listless name", from("alister@lab.example"), ""},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("nobody else is") {
  const Row rows[] = {
      {"null path", path(""), "null return path"},
      {"null path in the header", headed("return-path", "<>"), "null return path"},
      {"our own", from(desk), "our own address"},
      {"our own in capitals with a tag", from("SUPERCOMPUTERSFORDL2017+x@GMAIL.COM"), "our own address"},
      {"our other own", from("other-desk@x.example"), "our own address"},
      {"our own as Sender",
       [](Message& m) {
         m.sender = {{"", desk}};
       },
       "our own address"},
      {"our own as path", path(desk), "our own address"},
      {"auto-replied", headed("Auto-Submitted", "auto-replied"), "Auto-Submitted"},
      {"auto-generated", headed("AUTO-SUBMITTED", "Auto-Generated"), "Auto-Submitted"},
      {"auto-notified", headed("Auto-Submitted", "auto-notified; owner-email=\"a@x.example\""),
       "Auto-Submitted"},
      {"Auto-Submitted empty", headed("Auto-Submitted", ""), "Auto-Submitted"},
      {"Auto-Submitted folded", headed("Auto-Submitted", "\r\n auto-replied"), "Auto-Submitted"},
      {"Auto-Submitted twice",
       [](Message& m) {
         m.headers.push_back({"Auto-Submitted", "no"});
         m.headers.push_back({"Auto-Submitted", "auto-replied"});
       },
       "Auto-Submitted"},
      {"List-Id", headed("List-Id", "<x>"), "list mail"},
      {"list-unsubscribe", headed("list-unsubscribe", ""), "list mail"},
      {"List-anything", headed("LIST-NEVER-HEARD-OF", "x"), "list mail"},
      {"bulk", headed("Precedence", "bulk"), "Precedence"},
      {"Bulk", headed("precedence", " Bulk "), "Precedence"},
      {"junk", headed("Precedence", "JUNK"), "Precedence"},
      {"list", headed("Precedence", "list (really)"), "Precedence"},
      {"auto_reply", headed("Precedence", "Auto_Reply"), "auto"},
      {"suppress All", headed("X-Auto-Response-Suppress", "All"), "X-Auto-Response-Suppress"},
      {"suppress OOF", headed("x-auto-response-suppress", "DR,oof , AutoReply"),
       "X-Auto-Response-Suppress"},
      {"suppress AUTOREPLY", headed("X-Auto-Response-Suppress", "AUTOREPLY"),
       "X-Auto-Response-Suppress"},
      {"X-Autoreply", headed("X-AUTOREPLY", ""), "X-Autoreply"},
      {"X-Autorespond", headed("X-Autorespond", "1"), "X-Autorespond"},
      {"X-Autoresponse", headed("X-Autoresponse", "1"), "X-Autoresponse"},
      {"X-Mail-Autoreply", headed("X-Mail-Autoreply", "1"), "X-Mail-Autoreply"},
      {"X-Loop", headed("X-Loop", "x"), "X-Loop"},
      {"X-Failed-Recipients", headed("X-Failed-Recipients", "x"), "X-Failed-Recipients"},
      {"Feedback-ID", headed("Feedback-ID", "x"), "Feedback-ID"},
      {"multipart/report", [](Message& m) { m.type = "multipart/report"; }, "report"},
      {"multipart/report by header", headed("content-type", "Multipart/Report; report-type=x"),
       "report"},
      {"mailer-daemon", from("MAILER-DAEMON@lab.example"), "mailer-daemon"},
      {"postmaster", from("postmaster@lab.example"), "postmaster"},
      {"listserv", from("LISTSERV@lab.example"), "nobody reads"},
      {"majordomo", from("majordomo@lab.example"), "nobody reads"},
      {"owner-", from("owner-dl@lab.example"), "nobody reads"},
      {"-request", from("dl-Request@lab.example"), "nobody reads"},
      {"noreply", from("noreply@lab.example"), "nobody reads"},
      {"no-reply", from("No-Reply@lab.example"), "nobody reads"},
      {"no_reply with a tag", from("no_reply+x@lab.example"), "nobody reads"},
      {"donotreply", from("do-not.reply@lab.example"), "nobody reads"},
      {"noreply at the end", from("drive-shares-dm-noreply@lab.example"), "nobody reads"},
      {"Sender is a list",
       [](Message& m) {
         m.sender = {{"", "owner-dl@lab.example"}};
       },
       "no person reads"},
      {"path is a list's", path("dl-bounces@lab.example"), "return path"},
      {"path of another domain", path("ada@elsewhere.example"), "does not belong"},
      {"path of a lookalike domain", path("ada@evillab.example"), "does not belong"},
      {"path of a bare top level", path("ada@example"), "does not belong"},
      {"path without a domain", path("ada"), "does not belong"},
      {"several From",
       [](Message& m) {
         m.from.push_back({"", "eve@x.example"});
       },
       "several From"},
      {"no From", [](Message& m) { m.from.clear(); }, "no From"},
      {"unreadable From",
       [](Message& m) {
         m.from = {{"Ada", ""}};
       },
       "no From"},
      {"quoted local part", from("\"evil@x.example x\"@lab.example"), "unusual"},
      {"two addresses in one", from("a@x.example,b@y.example"), "unusual"},
      {"source route", from("@a.example:b@y.example"), "unusual"},
      {"percent relay", from("a%x.example@y.example"), "unusual"},
      {"line end in it", from("a@x.example\r\nBcc: b@y.example"), "unusual"},
      {"NUL in it", from(std::string("a\0@x.example", 12)), "unusual"},
      {"too long", from(std::string(300, 'a') + "@x.example"), "unusual"},
      {"no domain", from("a@"), "unusual"},
      {"no local part", from("@x.example"), "unusual"},
      {"address literal", from("a@[127.0.0.1]"), "unusual"},
      {"to somebody else",
       [](Message& m) {
         m.to = {{"", "other@x.example"}};
       },
       "To, Cc, Bcc"},
      {"to nobody", [](Message& m) { m.to.clear(); }, "To, Cc, Bcc"},
      {"to one like us", to("supercomputersfordl2017@gmail.com.evil.example"), "To, Cc, Bcc"},
      {"to us by name only",
       [](Message& m) {
         m.to = {{desk, "other@x.example"}};
       },
       "To, Cc, Bcc"},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("only the given addresses are ours") {
  CHECK_FALSE(may_reply(mail("x"), {}).yes);
  CHECK_FALSE(may_reply(mail("x"), {"somebody@x.example"}).yes);
  CHECK(may_reply(mail("x"), {desk}).yes);
}
