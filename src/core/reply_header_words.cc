// How the headers of a quoted or forwarded mail are called, and the line before them.
#include <algorithm>
#include <unordered_map>

#include "core/reply_words.h"

namespace papertray {
namespace {

using Names = std::unordered_map<std::string_view, HeaderName>;

const Names& header_names() {
  static const Names names = [] {
    struct Group {
      HeaderName kind;
      std::initializer_list<std::string_view> names;
    };
    const Group groups[] = {
        {HeaderName::from,
         {"from",       "von",        "de",          "de la",     "da",          "van",      "od",
          "från",       "fra",        "lähettäjä",   "feladó",    "kimden",      "gönderen", "от",
          "от кого",    "від",        "від кого",    "από",       "寄件者",      "寄件人",   "发件人",
          "發件人",     "差出人",     "送信者",      "보낸 사람", "보낸사람",    "מאת",      "من",
          "expéditeur", "mittente",   "remitente",   "remetente", "afzender",    "afsender", "avsender",
          "avsändare",  "odesílatel", "odosielateľ", "nadawca",   "pošiljatelj", "dari",     "từ",
          "saatja",     "nuo",        "no",          "expeditor", "подател"}},
        {HeaderName::date,
         {"date",          "sent",       "datum",         "gesendet",   "gesendet am",
          "envoyé",        "envoyé le",  "date d'envoi",  "fecha",      "enviado",
          "enviado el",    "enviado em", "enviada em",    "enviada",    "data",
          "inviato",       "data invio", "verzonden",     "sendt",      "dato",
          "skickat",       "skickades",  "lähetetty",     "päivämäärä", "päiväys",
          "pvm",           "wysłano",    "data wysłania", "odesláno",   "odoslané",
          "dátum",         "elküldve",   "küldve",        "дата",       "отправлено",
          "надіслано",     "отправлен",  "изпратено",     "tarih",      "gönderilme tarihi",
          "gönderildi",    "trimis",     "ημερομηνία",    "στάλθηκε",   "日付",
          "日時",          "送信日時",   "发送时间",      "发送日期",   "發送時間",
          "寄件日期",      "日期",       "時間",          "时间",       "날짜",
          "보낸 날짜",     "תאריך",      "נשלח",          "التاريخ",    "تاريخ",
          "تاريخ الإرسال", "poslano",    "datum slanja",  "dikirim",    "tanggal",
          "đã gửi",        "ngày",       "sent at",       "sent on",    "когда",
          "saatmisaeg",    "kuupäev"}},
        {HeaderName::to, {"to",          "an",           "à",
                          "a",           "para",         "aan",
                          "til",         "till",         "vastaanottaja",
                          "do",          "komu",         "dla",
                          "címzett",     "кому",         "до",
                          "kime",        "alıcı",        "către",
                          "προς",        "宛先",         "收件人",
                          "收件者",      "받는 사람",    "받는사람",
                          "אל",          "إلى",          "prima",
                          "za",          "kepada",       "đến",
                          "pro",         "destinatario", "destinataire",
                          "ontvanger",   "modtager",     "mottaker",
                          "mottagare",   "empfänger",    "получатель",
                          "lähettäjälle"}},
        {HeaderName::subject,
         {"subject",   "betreff", "objet",   "sujet",  "asunto",  "assunto", "oggetto",
          "onderwerp", "emne",    "ämne",    "aihe",   "temat",   "předmět", "predmet",
          "tárgy",     "тема",    "относно", "konu",   "subiect", "θέμα",    "件名",
          "主题",      "主題",    "主旨",    "제목",   "נושא",    "الموضوع", "naslov",
          "zadeva",    "perihal", "subjek",  "chủ đề", "teema",   "tema",    "assumpte"}},
        {HeaderName::other, {"cc",          "bcc",          "kopie",        "kopie an",   "copie",
                             "copia",       "cópia",        "kopia",        "kopi",       "копия",
                             "копія",       "másolat",      "bilgi",        "κοιν",       "抄送",
                             "副本",        "참조",         "עותק",         "نسخة",       "dw",
                             "reply-to",    "reply to",     "antwort an",   "répondre à", "responder a",
                             "rispondi a",  "organization", "organisation", "importance", "wichtigkeit",
                             "attachments", "anlagen",      "newsgroups",   "message-id", "priority",
                             "cc:",         "resent-from",  "mailed-by",    "signed-by"}},
    };
    Names all;
    for (const Group& group : groups)
      for (const std::string_view name : group.names)
        all.emplace(name, group.kind);
    return all;
  }();
  return names;
}

constexpr std::string_view originals[] = {"original message",
                                          "original mail",
                                          "original email",
                                          "original appointment",
                                          "reply message",
                                          "ursprüngliche nachricht",
                                          "ursprüngliche mail",
                                          "originalnachricht",
                                          "original-nachricht",
                                          "message d'origine",
                                          "message original",
                                          "courriel original",
                                          "mensaje original",
                                          "mensagem original",
                                          "missatge original",
                                          "messaggio originale",
                                          "oorspronkelijk bericht",
                                          "origineel bericht",
                                          "original meddelelse",
                                          "oprindelig meddelelse",
                                          "opprinnelig melding",
                                          "ursprungligt meddelande",
                                          "originalmeddelande",
                                          "ursprungligt mail",
                                          "alkuperäinen viesti",
                                          "wiadomość oryginalna",
                                          "oryginalna wiadomość",
                                          "původní zpráva",
                                          "pôvodná správa",
                                          "eredeti üzenet",
                                          "mesaj original",
                                          "mesajul original",
                                          "исходное сообщение",
                                          "оригинальное сообщение",
                                          "первоначальное сообщение",
                                          "вихідне повідомлення",
                                          "оригінальне повідомлення",
                                          "оригинално съобщение",
                                          "orijinal mesaj",
                                          "özgün ileti",
                                          "αρχικό μήνυμα",
                                          "izvorna poruka",
                                          "originalna poruka",
                                          "izvirno sporočilo",
                                          "元のメッセージ",
                                          "原始邮件",
                                          "原始郵件",
                                          "原邮件",
                                          "原始消息",
                                          "원본 메시지",
                                          "원본 메일",
                                          "הודעה מקורית",
                                          "الرسالة الأصلية",
                                          "thư gốc",
                                          "tin nhắn gốc",
                                          "pesan asli",
                                          "jatorrizko mezua"};

constexpr std::string_view forwards[] = {"forwarded message",
                                         "forwarded by",
                                         "forwarded email",
                                         "forwarded mail",
                                         "fwd message",
                                         "weitergeleitete nachricht",
                                         "weitergeleitete mail",
                                         "weitergeleiteten nachricht",
                                         "weitergeleitet von",
                                         "message transféré",
                                         "message réexpédié",
                                         "message transmis",
                                         "courriel transféré",
                                         "mensaje reenviado",
                                         "missatge reenviat",
                                         "mensagem encaminhada",
                                         "mensagem reencaminhada",
                                         "messaggio inoltrato",
                                         "doorgestuurd bericht",
                                         "videresendt meddelelse",
                                         "videresendt besked",
                                         "videresendt melding",
                                         "videresendt e-post",
                                         "vidarebefordrat meddelande",
                                         "vidarebefordrat mejl",
                                         "vidarebefordrat mail",
                                         "vidarebefordrat brev",
                                         "välitetty viesti",
                                         "edelleenlähetetty viesti",
                                         "przekazana wiadomość",
                                         "wiadomość przekazana",
                                         "przekazywanej wiadomości",
                                         "přeposlaná zpráva",
                                         "přeposlané zprávy",
                                         "preposlaná správa",
                                         "továbbított üzenet",
                                         "továbbított levél",
                                         "mesaj redirecționat",
                                         "mesaj redirectionat",
                                         "пересылаемое сообщение",
                                         "переадресованное сообщение",
                                         "переадресованного сообщения",
                                         "пересланное сообщение",
                                         "переслане повідомлення",
                                         "перенаправлене повідомлення",
                                         "препратено съобщение",
                                         "iletilen mesaj",
                                         "yönlendirilmiş ileti",
                                         "προωθημένο μήνυμα",
                                         "proslijeđena poruka",
                                         "posredovano sporočilo",
                                         "転送メッセージ",
                                         "転送されたメール",
                                         "转发的邮件",
                                         "转发邮件",
                                         "轉寄郵件",
                                         "轉寄的郵件",
                                         "전달된 메시지",
                                         "전달된 메일",
                                         "전달 메시지",
                                         "הודעה שהועברה",
                                         "הודעה מועברת",
                                         "رسالة معاد توجيهها",
                                         "رسالة مُعاد توجيهها",
                                         "thư đã chuyển tiếp",
                                         "pesan yang diteruskan",
                                         "pesan terusan"};

template <std::size_t n>
bool has_any(std::string_view line, const std::string_view (&phrases)[n]) {
  return std::any_of(std::begin(phrases), std::end(phrases), [&](std::string_view phrase) {
    return line.find(phrase) != std::string_view::npos;
  });
}

// "-----Original Message-----": what stands between is a few words.
constexpr std::size_t longest_introduction = 120;

}  // namespace

HeaderName header_name(std::string_view name) {
  const auto found = header_names().find(name);
  return found == header_names().end() ? HeaderName::none : found->second;
}

Introduces introduces(std::string_view line) {
  if (line.size() > longest_introduction) return Introduces::nothing;
  const bool framed = line.starts_with("--") || line.starts_with("__") || line.starts_with("==") ||
                      line.starts_with("**");
  // "Begin forwarded message:" needs no frame, a sentence about an original message has none either.
  const bool announced = line.ends_with(':');
  if (!framed && !announced) return Introduces::nothing;
  if (has_any(line, forwards)) {
    constexpr std::size_t longest_announcement = 60;
    if (framed || line.size() <= longest_announcement) return Introduces::forwarded;
  }
  return framed && has_any(line, originals) ? Introduces::original : Introduces::nothing;
}

}  // namespace papertray
