// What mail programs say of themselves, and companies of their mails.
#include <algorithm>
#include <bit>
#include <bitset>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "core/ascii.h"
#include "core/reply_words.h"

namespace papertray {
namespace {

// After these anything may follow, as long as it is no sentence of a person's.
constexpr std::string_view sent_from[] = {"sent from",
                                          "sent via",
                                          "sent using",
                                          "sent with",
                                          "sent by",
                                          "send from my",
                                          "via mobile",
                                          "gesendet von",
                                          "gesendet mit",
                                          "von meinem",
                                          "von meiner",
                                          "gesendet über",
                                          "verschickt mit",
                                          "versendet mit",
                                          "gesendet aus",
                                          "envoyé de mon",
                                          "envoyé depuis",
                                          "envoyé avec",
                                          "envoyé à partir",
                                          "envoyé par",
                                          "envoyé de",
                                          "enviado desde",
                                          "enviado con",
                                          "enviado do meu",
                                          "enviado de",
                                          "enviado a partir",
                                          "enviado pelo",
                                          "enviado via",
                                          "enviado por",
                                          "enviat des",
                                          "inviato da",
                                          "inviato dal",
                                          "inviata da",
                                          "inviato con",
                                          "verstuurd vanaf",
                                          "verzonden vanaf",
                                          "verzonden met",
                                          "verstuurd met",
                                          "verzonden via",
                                          "sendt fra",
                                          "sendt med",
                                          "skickat från",
                                          "skickad från",
                                          "skickat med",
                                          "skickades från",
                                          "lähetetty",
                                          "wysłane z",
                                          "wysłano z",
                                          "odesláno z",
                                          "odoslané z",
                                          "poslano s",
                                          "poslano sa",
                                          "poslano iz",
                                          "poslano z",
                                          "отправлено с",
                                          "отправлено из",
                                          "отправлено через",
                                          "послано с",
                                          "надіслано з",
                                          "відправлено з",
                                          "изпратено от",
                                          "trimis de pe",
                                          "trimis din",
                                          "στάλθηκε από",
                                          "εστάλη από",
                                          "saadetud minu",
                                          "išsiųsta iš",
                                          "nosūtīts no",
                                          "dikirim dari",
                                          "gửi từ",
                                          "được gửi từ",
                                          "发自我的",
                                          "发自",
                                          "來自我的",
                                          "從我的",
                                          "傳送自",
                                          "寄自",
                                          "נשלח מ",
                                          "أرسلت من",
                                          "أُرسلت من",
                                          "مرسل من",
                                          "تم الإرسال من"};

// These are nobody's words.
constexpr std::string_view surely_client[] = {"get outlook for",
                                              "outlook für ios",
                                              "outlook für android",
                                              "télécharger outlook",
                                              "obtenir outlook",
                                              "obtener outlook",
                                              "descarga outlook",
                                              "baixe o outlook",
                                              "obter o outlook",
                                              "scarica outlook",
                                              "ottieni outlook",
                                              "download outlook",
                                              "hent outlook",
                                              "hämta outlook",
                                              "skaffa outlook",
                                              "pobierz outlook",
                                              "pobierz aplikację outlook",
                                              "získat outlook",
                                              "get bluemail",
                                              "sent from mail for windows",
                                              "sent from yahoo mail",
                                              "sent from outlook",
                                              "sent with proton",
                                              "sent from protonmail",
                                              "diese nachricht wurde von meinem",
                                              "diese e-mail wurde von meinem",
                                              "diese nachricht wurde mit",
                                              "diese mail wurde von",
                                              "this message was sent from my",
                                              "this email was sent from my",
                                              "this email has been checked for viruses",
                                              "virus-free.",
                                              "diese e-mail wurde von avast",
                                              "cet email a été envoyé",
                                              "ce courriel a été envoyé",
                                              "typed on my",
                                              "brevity brought to you by",
                                              "отправлено с моего",
                                              "ios版outlook"};

constexpr std::string_view at_the_end[] = {"iphoneから送信",
                                           "ipadから送信",
                                           "から送信",
                                           "에서 보냄",
                                           "에서 보냈습니다",
                                           "gesendet.",
                                           "iphone gesendet",
                                           "ipad gesendet",
                                           "smartphone gesendet",
                                           "handy gesendet",
                                           "mobiltelefon gesendet",
                                           "gerät gesendet",
                                           "iphone'umdan gönderildi",
                                           "telefonumdan gönderildi",
                                           "gönderildi"};

constexpr std::string_view devices[] = {
    "iphone",      "ipad",     "ipod",  "android",       "blackberry",    "samsung",    "galaxy",
    "huawei",      "xiaomi",   "nokia", "windows phone", "mobile device", "smartphone", "outlook",
    "thunderbird", "yahoo",    "gmail", "gmx",           "mail",          "proton",     "mobil",
    "handy",       "wireless", "pixel", "tablet",        "telefon"};

// Said in disclaimers and in hardly anything else.
constexpr std::string_view legal_sure[] = {"intended recipient",
                                           "intended solely for",
                                           "intended only for the",
                                           "addressee",
                                           "received this in error",
                                           "received this message in error",
                                           "received this e-mail in error",
                                           "received this email in error",
                                           "received it in error",
                                           "legally privileged",
                                           "be privileged",
                                           "confidentiality notice",
                                           "vorgesehene empfänger",
                                           "richtige adressat",
                                           "beabsichtigte empfänger",
                                           "irrtümlich erhalten",
                                           "destinataire prévu",
                                           "destinataire de ce",
                                           "reçu ce message par erreur",
                                           "exclusivement destiné",
                                           "destinado exclusivamente",
                                           "destinatario de este",
                                           "recibido este mensaje por error",
                                           "recebeu esta mensagem por engano",
                                           "destinatário",
                                           "uso esclusivo del destinatario",
                                           "destinatario",
                                           "ricevuto questo messaggio per errore",
                                           "ricevete questo messaggio per errore",
                                           "uitsluitend bestemd voor",
                                           "geadresseerde",
                                           "ten onrechte ontvangen",
                                           "przeznaczona wyłącznie",
                                           "zamierzonym adresatem",
                                           "tiltenkte modtager",
                                           "avsedda mottagaren",
                                           "není určen",
                                           "не являетесь адресатом",
                                           "предназначено исключительно",
                                           "disclaimer:",
                                           "do not print this"};

constexpr std::string_view legal_words[] = {
    "confidential",   "privileged",     "unauthorized",  "unauthorised",  "disclos",
    "disseminat",     "distribut",      "prohibited",    "delete",        "attachments",
    "recipient",      "in error",       "viruses",       "liab",          "vertraulich",
    "unbefugt",       "löschen",        "anhänge",       "confidentiel",  "divulgu",
    "pièces jointes", "erreur",         "confidencial",  "prohibid",      "adjuntos",
    "divulga",        "proibid",        "anexos",        "riservat",      "allegati",
    "divulga",        "errore",         "vertrouwelijk", "bijlagen",      "verspreid",
    "poufn",          "załącznik",      "důvěrn",        "fortrolig",     "konfidentiell",
    "luottamuksell",  "конфиденциальн", "разглашен",     "do not forward"};

template <std::size_t n>
bool begins_with_any(std::string_view line, const std::string_view (&phrases)[n]) {
  return std::any_of(std::begin(phrases), std::end(phrases),
                     [&](std::string_view phrase) { return line.starts_with(phrase); });
}

template <std::size_t n>
bool has_any(std::string_view line, const std::string_view (&phrases)[n]) {
  return std::any_of(std::begin(phrases), std::end(phrases), [&](std::string_view phrase) {
    return line.find(phrase) != std::string_view::npos;
  });
}

// Four bytes as a number of sixteen bits: few other words share one with these. With two bytes every
// third place of an English line had to be compared.
constexpr std::size_t beginning = 4;
static_assert(std::all_of(std::begin(legal_words), std::end(legal_words),
                          [](std::string_view word) { return word.size() >= beginning; }));

std::size_t beginning_at(std::string_view text, std::size_t at) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, text.data() + at, beginning);
  return (bytes * 0x9E3779B1U) >> 16;
}

const std::bitset<65536> legal_beginnings = [] {
  std::bitset<65536> beginnings;
  for (const std::string_view word : legal_words)
    beginnings.set(beginning_at(word, 0));
  return beginnings;
}();

}  // namespace

bool begins_client_line(std::string_view line) {
  if (begins_with_any(line, surely_client)) return true;
  return std::any_of(std::begin(at_the_end), std::end(at_the_end),
                     [&](std::string_view phrase) { return line.ends_with(phrase); });
}

bool begins_sent_from(std::string_view line) {
  return begins_with_any(line, sent_from);
}

bool names_device(std::string_view words) {
  return has_any(words, devices);
}

// Nearly every line of every letter is looked at, so only where four bytes begin one of the words.
int legal_words_in(std::string_view line) {
  std::uint64_t seen = 0;
  static_assert(std::size(legal_words) <= 64);
  for (std::size_t at = 0; at + beginning <= line.size(); ++at) {
    if (!legal_beginnings[beginning_at(line, at)]) continue;
    const std::string_view rest = line.substr(at);
    for (std::size_t i = 0; i < std::size(legal_words); ++i)
      if (rest.starts_with(legal_words[i])) seen |= std::uint64_t{1} << i;
  }
  return std::popcount(seen);
}

bool is_surely_legal(std::string_view line) {
  return has_any(line, legal_sure);
}

}  // namespace papertray
