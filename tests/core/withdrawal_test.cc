// Who asks to take a paper back, who only writes about it, and what becomes of either.
#include "core/withdrawal.h"

#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

#include "core/reply_text.h"
#include "core/route.h"
#include "sample_rules.h"

using namespace papertray;
using namespace papertray::test;

TEST_CASE("a first line that asks to withdraw, and ones that do not") {
  const char* asks[] = {
      "Withdraw",
      "withdraw.",
      "WITHDRAW!",
      "Please withdraw",
      "Please withdraw our paper.",
      "Please withdraw P-7",
      "please withdraw our paper, P-7, from the workshop",
      "Withdrawal",
      "Withdrawal of P-7",
      "withdrawal of our submission",
      "Withdrawal request",
      "Request for withdrawal of P-7",
      "Paper withdrawal",
      "We would like to withdraw our paper.",
      "We'd like to withdraw our submission [P-7].",
      "I wish to withdraw my submission",
      "I want to withdraw it",
      "I am writing to withdraw our recently submitted 2-page workshop paper.",
      "We hereby withdraw our manuscript \"Deep Nets\".",
      "We have decided to withdraw our paper from consideration.",
      "We must withdraw from the workshop.",
      "We are withdrawing our paper.",
      "Could you please withdraw our paper?",
      "Can you withdraw P-7?",
      "Unfortunately we cannot attend, so please withdraw our paper.",
      "Unfortunately, we cannot come and would like to withdraw our paper.",
      "Due to an error in our results, we withdraw the submission.",
      "There is a bug in our code. We withdraw the paper.",
      "Hi all,\n\nplease withdraw our paper.\n\nAda",
      "Dear organizers,\nplease withdraw our\npaper.",
      "Dear Dr. Smith,\n\nWe would like to\nwithdraw our submission.",
      "Dear all, please withdraw P-7.",
      "All,\n\nwe withdraw our paper.",
      "Please withdraw our paper as soon as possible, thanks!",
      "I would like to withdraw my question.",
      "\n\n  Please withdraw paper no. 7.",
      "Withdraw please",
      "Please ignore my last mail and withdraw our paper.",
      "withdrawl of paper",
  };
  for (const char* said : asks) {
    CAPTURE(std::string(said));
    CHECK(asks_to_withdraw("", said));
  }
  const char* others[] = {
      "",
      "Hello,",
      "We will not withdraw our paper.",
      "We won't withdraw the paper.",
      "We don\u2019t want to withdraw it.",
      "We do not, under any circumstances, plan it. Withdrawing is for others.",
      "Please do not withdraw our paper.",
      "We have decided not to withdraw.",
      "We would rather revise than withdraw it.",
      "Please cancel the withdrawal of P-7.",
      "Please ignore my withdrawal request.",
      "Can we withdraw our paper until Friday?",
      "How do we withdraw a paper?",
      "Is it possible to withdraw a paper after the deadline?",
      "If the deadline is strict, we withdraw our paper.",
      "Unless you object we would like to withdraw it.",
      "We may have to withdraw our paper.",
      "I think we should withdraw our paper.",
      "The withdrawal of funding has hit us.",
      "They withdraw funding from the lab.",
      "The bank will withdraw the money.",
      "Please withdraw my name from the paper.",
      "Please withdraw the previous version of our paper.",
      "Please withdraw version 1.",
      "Withdrawal symptoms in deep networks",
      "Training Withdrawal Policies with Reinforcement Learning",
      "Deep Nets for Opioid Withdrawal",
      "When is the withdrawal deadline?",
      "Thank you. Our paper is attached.\n\nPlease withdraw it only when we ask.",
      "Here is the new version.\nPlease withdraw the old one.",
      "We are withdrawn people.",
  };
  for (const char* said : others) {
    CAPTURE(std::string(said));
    CHECK_FALSE(asks_to_withdraw("", said));
  }
}

TEST_CASE("a subject that asks to withdraw, and ones that do not") {
  struct Row {
    const char* subject;
    bool asks;
  };
  const Row rows[] = {
      {"Withdraw", true},
      {"[P-7] withdraw", true},
      {"Withdraw P-7", true},
      {"WITHDRAWAL: P-7", true},
      {"Re: [P-7] please withdraw", true},
      {"NIPS Workshop Papers: withdrawal request P-7", true},
      {"NIPS Workshop Papers - withdraw", true},
      {"[NIPS Workshop Papers] Withdrawal of our paper", true},
      {"Withdraw: NIPS Workshop Papers", true},
      {"Withdrawing our submission P-7", true},
      {"We will not withdraw P-7", false},
      {"Re: [P-7] Paper received, version 1 - NIPS Workshop Papers", false},
      {"NIPS Workshop Papers: Training Withdrawal in Deep Networks", false},
      {"NIPS Workshop Papers: Deep Nets for Opioid Withdrawal", false},
      {"NIPS Workshop Papers: Withdrawing Neurons", false},
      {"withdrawal of funding", false},
      {"Withdraw?", false},
      {"How to withdraw P-7", false},
      {"", false},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.subject));
    CHECK(asks_to_withdraw(row.subject, "Thank you.") == row.asks);
  }
}

TEST_CASE("answers to the question whether it is to be withdrawn") {
  struct Row {
    const char* said;
    WithdrawalAnswer answer;
  };
  using enum WithdrawalAnswer;
  const Row rows[] = {
      {"yes", yes},
      {"Yes.", yes},
      {"YES!\n\nAda", yes},
      {"Dear organizers,\n\nyes, please.\n\nBest,\nAda", yes},
      {"Yes,\nplease withdraw it.", yes},
      {"yes, please withdraw our paper. We could not finish it.", yes},
      {"I confirm.", yes},
      {"I hereby confirm the withdrawal of P-7.", yes},
      {"Confirmed", yes},
      {"OK", yes},
      {"That is correct.", yes},
      {"Please do.", yes},
      {"go ahead", yes},
      {"Please withdraw it.", yes},
      {"We withdraw the paper.", yes},
      {"no", no},
      {"No, thanks.", no},
      {"No,\nkeep it.", no},
      {"Do not withdraw it!", no},
      {"Don't withdraw our paper, please.", no},
      {"Please keep our paper.", no},
      {"That was a mistake.", no},
      {"Hello,\n\nplease ignore the request. We do not want to withdraw.", no},
      {"Yes. I mean: please do not withdraw it.", no},
      {"", unclear},
      {"Hello,", unclear},
      {"What happens then?", unclear},
      {"Yes?", unclear},
      {"yes, but only if there is no other way", no},
      {"Yes, but after Friday.", unclear},
      {"I am on vacation until Monday.", unclear},
      {"Thank you for your mail.", unclear},
      {"We will tell you tomorrow.\n\nYes, really.", unclear},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.said));
    CHECK(static_cast<int>(answers_withdrawal(row.said)) == static_cast<int>(row.answer));
  }
}

TEST_CASE("what becomes of a request") {
  struct Row {
    const char* what;
    WithdrawalFacts facts;
    WithdrawalStep step;
    const char* words;
  };
  const WithdrawalFacts good{.label = "P-7", .own = true, .sender = "ada@lab.example"};
  const auto with = [&](auto change) {
    WithdrawalFacts facts = good;
    change(facts);
    return facts;
  };
  using enum WithdrawalStep;
  const Row rows[] = {
      {"the author", good, confirm, "asks to withdraw P-7: the sender is asked to confirm it"},
      {"somebody else", with([](auto& f) {
         f.own = false;
         f.sender = "eve@y.example\x1b[2J";
       }),
       person, "eve@y.example\\x1b[2J is none of its addresses; if it is to be: papertray withdraw P-7"},
      {"nobody", with([](auto& f) {
         f.own = false;
         f.sender = "";
       }),
       person, "an unknown address is none of its addresses"},
      {"cannot be answered", with([](auto& f) { f.unanswered = "several From addresses"; }), person,
       "several From addresses; if it is to be: papertray withdraw P-7"},
      {"withdrawn before", with([](auto& f) { f.state = SubmissionState::withdrawn; }), told,
       "which is withdrawn"},
      {"accepted", with([](auto& f) { f.state = SubmissionState::accepted; }), confirm, "P-7"},
      {"with a PDF", with([](auto& f) { f.pdf = true; }), note,
       "also asks to withdraw P-7; if that is meant: papertray withdraw P-7"},
      {"with a PDF, withdrawn before", with([](auto& f) {
         f.pdf = true;
         f.state = SubmissionState::withdrawn;
       }),
       none, ""},
      {"with a PDF, about nothing", {.sender = "ada@lab.example", .pdf = true}, none, ""},
      {"about nothing", {.sender = "ada@lab.example"}, person, "nothing of ada@lab.example is here"},
      {"about the only one",
       {.sender = "ada@lab.example", .others = {"P-7"}},
       person,
       "the sender's only one is P-7: papertray withdraw P-7"},
      {"about one of two",
       {.sender = "ada@lab.example", .others = {"P-7", "P-9"}},
       person,
       "the sender has P-7, P-9"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    const WithdrawalVerdict verdict = judge_request(row.facts);
    CAPTURE(verdict.sentence());
    CHECK(static_cast<int>(verdict.step) == static_cast<int>(row.step));
    CHECK(verdict.sentence().find(row.words) != std::string::npos);
    CHECK(verdict.text.empty() == (row.step == none));
  }
}

TEST_CASE("what becomes of an answer") {
  struct Row {
    const char* what;
    std::function<void(WithdrawalFacts&)> change;
    WithdrawalAnswer answer;
    OutboxState asked;
    WithdrawalStep step;
    const char* words;
  };
  using enum WithdrawalStep;
  const WithdrawalAnswer yes = WithdrawalAnswer::yes;
  const OutboxState sent = OutboxState::sent;
  const auto gone = [](WithdrawalFacts& f) { f.state = SubmissionState::withdrawn; };
  const Row rows[] = {
      {"yes", nullptr, yes, sent, withdraw, "confirms that P-7 is to be withdrawn"},
      {"yes, of unknown outcome", nullptr, yes, OutboxState::unknown, withdraw, ""},
      {"yes, after a bounce", nullptr, yes, OutboxState::failed, withdraw, ""},
      {"never sent", nullptr, yes, OutboxState::held, person, "which was never sent"},
      {"queued", nullptr, yes, OutboxState::queued, person, "which was never sent"},
      {"suppressed", nullptr, yes, OutboxState::suppressed, person, "which was never sent"},
      {"no", nullptr, WithdrawalAnswer::no, sent, person, "with no: it stays"},
      {"unclear", nullptr, WithdrawalAnswer::unclear, sent, person, "neither yes nor no"},
      {"another address", [](auto& f) { f.own = false; }, yes, sent, person, "none of its addresses"},
      {"cannot be answered", [](auto& f) { f.unanswered = "no From address"; }, yes, sent, person,
       "no From address"},
      {"again", gone, yes, sent, told, "as it is"},
      {"no, too late", gone, WithdrawalAnswer::no, sent, person, "which is done"},
      {"words, after it", gone, WithdrawalAnswer::unclear, sent, person, "a person writing to us"},
      {"with a PDF", [](auto& f) { f.pdf = true; }, WithdrawalAnswer::unclear, sent, none, ""},
      {"yes, with a PDF", [](auto& f) { f.pdf = true; }, yes, sent, note, "papertray withdraw P-7"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    WithdrawalFacts facts{.label = "P-7", .own = true, .sender = "ada@lab.example"};
    if (row.change) row.change(facts);
    const WithdrawalVerdict verdict = judge_answer(facts, row.answer, row.asked);
    CAPTURE(verdict.sentence());
    CHECK(static_cast<int>(verdict.step) == static_cast<int>(row.step));
    CHECK(verdict.sentence().find(row.words) != std::string::npos);
  }
}

TEST_CASE("which mail of ours is answered") {
  const std::string one = "pt-0123456789abcdef01234567";
  const std::string other = "pt-aaaaaaaaaaaaaaaaaaaaaaaa";
  const auto id = [](const std::string& token) { return token + "@workshop.example"; };
  struct Row {
    const char* what;
    std::vector<std::string> in_reply_to, references;
    std::string token;
  };
  const Row rows[] = {
      {"nothing", {}, {}, ""},
      {"by In-Reply-To", {id(one)}, {}, one},
      {"In-Reply-To before References", {id(one)}, {id(other)}, one},
      {"by the last reference", {}, {"a@x", id(other), id(one)}, one},
      {"rewritten on its way", {"new@relay"}, {"a@x", id(one), "new@relay"}, one},
      {"an answer to somebody who answered", {"b@x"}, {id(one), "a@x", "b@x"}, ""},
      {"no token", {"pt-0123@workshop.example"}, {"pt-x@y"}, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    Message message = mail("Re: hello");
    message.in_reply_to = row.in_reply_to;
    message.references = row.references;
    CHECK(answered_token(message) == row.token);
  }
}

TEST_CASE("the routing sees who asks to withdraw") {
  struct Row {
    const char* what;
    Message message;
    bool asks;
  };
  const auto reply = [](const std::string& subject, const std::string& text) {
    Message message = mail(subject, text);
    message.in_reply_to = {"receipt@workshop.example"};
    return message;
  };
  const auto with_pdf = [](Message message) {
    message.parts = {pdf("paper.pdf")};
    return message;
  };
  const auto automatic = [](Message message) {
    message.headers.push_back({"Auto-Submitted", "auto-replied"});
    return message;
  };
  const std::string received = "Re: [P-7] Paper received, version 1 - NIPS Workshop Papers";
  const std::string quote =
      "\n\nOn Fri, Oct 20, 2017 at 12:00 PM, the desk <desk@example.com> wrote:\n\n> ";
  const Row rows[] = {
      {"first line of a reply", reply(received, "Please withdraw our paper." + quote + "thank you\n"),
       true},
      {"quoted text never counts", reply(received, "Thanks!" + quote + "Please withdraw our paper.\n"),
       false},
      {"nothing but a quote", reply(received, "> Please withdraw our paper.\n"), false},
      {"subject", mail("Withdraw P-7", "Thank you."), true},
      {"subject alone", mail("Withdraw P-7", ""), true},
      {"subject of the mail that is answered", reply("Re: Withdraw P-7", "Any news?"), false},
      {"the same, without a word", reply("Re: Withdraw P-7", ""), true},
      {"no answer, though it says so", mail("Re: Withdraw P-7", "Any news?"), true},
      {"title", with_pdf(mail("NIPS Workshop Papers: Training Withdrawal Policies")), false},
      {"title that is the word", with_pdf(mail("NIPS Workshop Papers: Withdrawal")), false},
      {"title, nothing attached", mail("NIPS Workshop Papers: Training Withdrawal Policies"), false},
      {"phrase and word", mail("NIPS Workshop Papers withdrawal"), true},
      {"first line beside a PDF", with_pdf(reply(received, "Please withdraw our paper.")), true},
      {"subject beside a PDF, no track", with_pdf(mail("Withdraw P-7")), true},
      {"a vacation note that quotes", automatic(reply(received, "Please withdraw our paper.")), false},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    CHECK(route(row.message, workshop_rules()).asks_to_withdraw == row.asks);
  }
  const Decision decision = route(mail("Withdraw P-7"), workshop_rules());
  CHECK(std::count(decision.trace.begin(), decision.trace.end(), "it asks to withdraw a submission") ==
        1);
}

TEST_CASE("a title with the word, and a PDF, is a submission as any other") {
  Message message = mail("NIPS Workshop Papers: Training Withdrawal Policies");
  message.parts = {pdf("paper.pdf")};
  const Decision decision = route(message, workshop_rules());
  CHECK(decision.fate == Fate::recorded);
  CHECK(decision.answer == Answer::received);
}

TEST_CASE("hostile texts are weighed in no time") {
  const std::string words(1'000'000, 'w');
  std::string many;
  for (int i = 0; i < 100'000; ++i)
    many += "withdraw not ";
  CHECK_FALSE(asks_to_withdraw(words, words));
  asks_to_withdraw(many, many);
  CHECK(answers_withdrawal(many) == WithdrawalAnswer::no);
  CHECK(answers_withdrawal(std::string(1'000'000, '\n')) == WithdrawalAnswer::unclear);
}
