#include "core/automatic_subjects.h"

#include <algorithm>
#include <span>

namespace papertray {
namespace {

// All of them as fold_text leaves them: a test compares.

// Outlook and Exchange in their languages, vacation(1), and what is common besides. With the colon where
// one is written: "automatic response" is what papers are about.
constexpr std::string_view auto_replies[] = {"automatic reply:",
                                             "automatic response:",
                                             "automated reply:",
                                             "automated response:",
                                             "auto reply:",
                                             "auto-reply:",
                                             "autoreply:",
                                             "autoreply from ",
                                             "auto response:",
                                             "auto-response:",
                                             "autoresponse:",
                                             "autoresponder:",
                                             "out of office:",
                                             "out of office reply",
                                             "out of office autoreply",
                                             "out of office auto-reply",
                                             "out of the office:",
                                             "out-of-office:",
                                             "vacation reply",
                                             "vacation autoreply",
                                             "vacation message:",
                                             "away from my mail",
                                             "automatische antwort:",
                                             "automatische rückantwort:",
                                             "abwesenheitsnotiz",
                                             "abwesenheitsmeldung",
                                             "abwesenheitsassistent",
                                             "autoantwort:",
                                             "réponse automatique:",
                                             "réponse automatique :",
                                             "absence du bureau",
                                             "absent du bureau",
                                             "message d'absence",
                                             "respuesta automática:",
                                             "autorespuesta:",
                                             "fuera de la oficina:",
                                             "resposta automática:",
                                             "fora do escritório:",
                                             "risposta automatica:",
                                             "fuori sede:",
                                             "fuori ufficio:",
                                             "automatisch antwoord:",
                                             "afwezigheidsbericht",
                                             "autosvar:",
                                             "automatiskt svar:",
                                             "automatisk svar:",
                                             "frånvaroassistenten",
                                             "fraværsassistent",
                                             "automaattinen vastaus:",
                                             "odpowiedź automatyczna:",
                                             "autoodpowiedź:",
                                             "automatická odpověď:",
                                             "automatická odpoveď:",
                                             "automatikus válasz:",
                                             "răspuns automat:",
                                             "автоматический ответ:",
                                             "автоответ:",
                                             "автоматична відповідь:",
                                             "otomatik yanıt:",
                                             "αυτόματη απάντηση:",
                                             "رد تلقائي:",
                                             "自動応答:",
                                             "自動返信:",
                                             "【自動返信】",
                                             "[自動返信]",
                                             "(自動返信)",
                                             "不在通知:",
                                             "自动答复:",
                                             "自动回复:",
                                             "自動回覆:",
                                             "자동 회신:",
                                             "부재 중:",
                                             "trả lời tự động:"};

constexpr std::string_view sure_bounces[] = {"undelivered mail returned to sender",
                                             "mail delivery failed: returning message to sender",
                                             "mail delivery system: returning message to sender",
                                             "delivery status notification",
                                             "delivery status notification (failure)",
                                             "delivery status notification (delay)",
                                             "delivery notification: delivery has failed",
                                             "returned mail: see transcript for details",
                                             "returned mail: user unknown",
                                             "returned mail: host unknown",
                                             "mail system error - returned mail",
                                             "mail could not be delivered: returning to sender",
                                             "notice: mail delivery status.",
                                             "there was an error sending your mail",
                                             "メールを配信できませんでした",
                                             "メッセージを配信できません。",
                                             "メール配信に失敗しました"};

constexpr std::string_view bounces[] = {"undeliverable",
                                        "undelivered",
                                        "mail delivery failed",
                                        "mail delivery failure",
                                        "mail delivery system",
                                        "mail delivery error",
                                        "mail delivery status",
                                        "mail failure",
                                        "mail not delivered",
                                        "mail returned",
                                        "mail system error",
                                        "mail could not be delivered",
                                        "message could not be delivered",
                                        "message undeliverable",
                                        "message delivery has failed",
                                        "message delivery failure",
                                        "message not delivered",
                                        "delivery failure",
                                        "delivery failed",
                                        "delivery_failure",
                                        "delivery has failed",
                                        "delivery notification",
                                        "delivery problem",
                                        "delivery report",
                                        "delivery status",
                                        "delivery error",
                                        "delayed mail",
                                        "failed delivery",
                                        "failure delivery",
                                        "failure notice",
                                        "non-delivery",
                                        "nondeliverable",
                                        "permanent delivery failure",
                                        "returned mail",
                                        "returned to sender",
                                        "returned message",
                                        "unable to deliver",
                                        "unable to relay",
                                        "unzustellbar",
                                        "nicht zustellbar",
                                        "non remis",
                                        "non distribuable",
                                        "échec de la remise",
                                        "no se puede entregar",
                                        "no entregado",
                                        "não entregue",
                                        "não é possível entregar",
                                        "non recapitabile",
                                        "impossibile recapitare",
                                        "niet te bezorgen",
                                        "onbestelbaar",
                                        "olevererbart",
                                        "kan ikke leveres",
                                        "не доставлено",
                                        "ваше сообщение не доставлено",
                                        "系统退信",
                                        "無法傳遞",
                                        "未送達",
                                        "送信できません",
                                        "メール送信エラー",
                                        "배달되지 않음",
                                        "warning: could not send message",
                                        "warning: message",
                                        "your e-mail could not be delivered",
                                        "your message could not be delivered",
                                        "sorry, your message could not be delivered"};

constexpr std::string_view delays[] = {"delivery status notification (delay)",
                                       "delivery status notification: delayed",
                                       "delayed mail",
                                       "delivery delayed",
                                       "delivery status: delayed",
                                       "mail delivery deferred",
                                       "delivery notification: delivery has been delayed",
                                       "undelivered mail: still being retried",
                                       "verzögerte zustellung",
                                       "warning: could not send message",
                                       "warning: delayed mail",
                                       "warning: message",
                                       "warning - delayed mail"};

constexpr std::string_view complaints[] = {"complaint about message from", "abuse report for"};

std::string_view beginning(std::string_view folded, std::span<const std::string_view> table) {
  // The first byte tells most of them apart.
  const auto found = std::find_if(table.begin(), table.end(), [&](std::string_view words) {
    return !folded.empty() && words.front() == folded.front() && folded.starts_with(words);
  });
  return found == table.end() ? std::string_view() : *found;
}

}  // namespace

std::string_view auto_reply_subject(std::string_view folded) {
  // Lotus Notes: "AUTO: Ada Moreno is out of the office (returning 06.11.2017)".
  if (folded.starts_with("auto:") && folded.find(" is out of ") != std::string_view::npos)
    return "auto:";
  return beginning(folded, auto_replies);
}

std::string_view sure_bounce_subject(std::string_view folded) {
  const auto found = std::find(std::begin(sure_bounces), std::end(sure_bounces), folded);
  return found == std::end(sure_bounces) ? std::string_view() : *found;
}

std::string_view bounce_subject(std::string_view folded) {
  return beginning(folded, bounces);
}

std::string_view delay_subject(std::string_view folded) {
  return beginning(folded, delays);
}

std::string_view complaint_subject(std::string_view folded) {
  return beginning(folded, complaints);
}

std::vector<std::string_view> automatic_subjects() {
  std::vector<std::string_view> all;
  for (const std::span<const std::string_view> table :
       {std::span<const std::string_view>(auto_replies), std::span<const std::string_view>(sure_bounces),
        std::span<const std::string_view>(bounces), std::span<const std::string_view>(delays),
        std::span<const std::string_view>(complaints)})
    all.insert(all.end(), table.begin(), table.end());
  return all;
}

}  // namespace papertray
