// What is said in a mail, and what is not: our own mails, as programs and people write them.
#include "core/reply_text.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace papertray {
namespace {

struct Mail {
  const char* name;
  const char* text;
  const char* said;
};

void check(const Mail& mail) {
  CAPTURE(mail.name);
  CHECK(reply_text(mail.text).said == mail.said);
}

std::vector<std::string> kinds(std::string_view text) {
  std::vector<std::string> names;
  for (const Cut& cut : reply_text(text).cut)
    names.emplace_back(cut_name(cut.kind));
  return names;
}

}  // namespace

TEST_CASE("a mail without anything around it is said as it stands") {
  const Mail mails[] = {
      {"nothing", "", ""},
      {"blanks", " \n\t\n\u00A0\n", ""},
      {"a line", "Will there be posters?", "Will there be posters?"},
      {"empty lines at the ends", "\n\nOne.\n\n\nTwo.\n\n", "One.\n\n\nTwo."},
      {"lists and indents", "Three things:\n\n   - rooms\n   - food\n\n\n   - beer",
       "Three things:\n\n   - rooms\n   - food\n\n\n   - beer"},
      {"a greeting and a sign-off are the writer's", "Hi all,\n\nWhere is it?\n\nBest regards,\nAda",
       "Hi all,\n\nWhere is it?\n\nBest regards,\nAda"},
      {"a name after a dash", "Works for me.\n\n-Ada", "Works for me.\n\n-Ada"},
      {"two dashes within a line", "It is late -- not too late.\nOr is it?",
       "It is late -- not too late.\nOr is it?"},
      {"options of a program", "Run it so:\n\n-v -x\n--all", "Run it so:\n\n-v -x\n--all"},
      {"a list of dashes", "-- two poster boards\n-- one projector",
       "-- two poster boards\n-- one projector"},
      {"On, and no date", "On the other hand:\n\nit could rain.",
       "On the other hand:\n\nit could rain."},
      {"On, and a day", "On Thursday I can come.\nOn Friday, too:\nall day.",
       "On Thursday I can come.\nOn Friday, too:\nall day."},
      {"on this day he wrote", "On this day\n\nI wrote something:\n\na paper.",
       "On this day\n\nI wrote something:\n\na paper."},
      {"an appointment", "On 3 May at 10:00 we meet:\nAda, Bob and I.",
       "On 3 May at 10:00 we meet:\nAda, Bob and I."},
      {"a version", "2.1: what changed?\n3.0: and there?", "2.1: what changed?\n3.0: and there?"},
      {"wrote, in a sentence", "As Ada wrote in her paper, it converges.\nBob wrote it down.",
       "As Ada wrote in her paper, it converges.\nBob wrote it down."},
      {"a travel plan is no mail", "From: Berlin\nTo: Paris\nby train?",
       "From: Berlin\nTo: Paris\nby train?"},
      {"a header within a sentence", "It says From: us, To: you. Subject: nothing.",
       "It says From: us, To: you. Subject: nothing."},
      {"sent from, in a sentence", "Hello,\n\nSent from my desk, this took a minute.",
       "Hello,\n\nSent from my desk, this took a minute."},
      {"sent from, asked", "Hello,\n\nSent from where?", "Hello,\n\nSent from where?"},
      {"a rule between paragraphs",
       "Part one\n--------\n\nThis is the first part of what I ask.\n\n--------\n\nAnd this is the "
       "second part of it, too.",
       "Part one\n--------\n\nThis is the first part of what I ask.\n\n--------\n\nAnd this is the "
       "second part of it, too."},
      {"a question below a rule", "See the list.\n\n*****\n\nWhere do we eat?",
       "See the list.\n\n*****\n\nWhere do we eat?"},
      {"code between fences", "Why does this fail?\n\n```\n--\n> x\nOn 3 May 2018 Ada wrote:\n```\n",
       "Why does this fail?\n\n```\n--\n> x\nOn 3 May 2018 Ada wrote:\n```"},
      {"a fence without an end", "```\nOne.\n\n-- \nAda", "```\nOne."},
      {"a prompt", "C> dir\nshows nothing.", "C> dir\nshows nothing."},
      {"From, masked by an mbox file", ">From here on it is easy.", ">From here on it is easy."},
      {"confidential is a word", "Is the review confidential?", "Is the review confidential?"},
      {"an address to answer to", "Can you tell\nbob@example.org\nas well?",
       "Can you tell\nbob@example.org\nas well?"},
      {"Windows line ends are the caller's", "One.\r\nTwo.\r\n", "One.\r\nTwo.\r"},
  };
  for (const Mail& mail : mails)
    check(mail);
}

TEST_CASE("the quoted mail goes, and what introduces it") {
  const Mail mails[] = {
      {"above a quote", "Yes.\n\n> Will you come?", "Yes."},
      {"above a quote with a space before the mark", "Yes.\n\n > Will you come?\n > Really?", "Yes."},
      {"right above", "Yes.\nOn Tue, 2018-03-05 at 18:02 +0530, Ada wrote:\n> Will you?", "Yes."},
      {"over two lines",
       "Yes.\n\nOn Mon, Mar 5, 2018 at 4:37 PM Ada Lovelace <\nada.with.a.long.address@example.org> "
       "wrote:\n\n> Will you?",
       "Yes."},
      {"over three lines",
       "Yes.\n\nOn Mar 5, 2018, at 4:37 PM, Ada Lovelace\n<ada@example.org>\nwrote:\n\n> Will you?",
       "Yes."},
      {"a bracket on a line of its own",
       "Yes.\n\nOn Thu, 31 May 2018 at 11:16 Ada\n\n<\nmailto:Ada <ada@example.org>\n> wrote:\n\nWill "
       "you?",
       "Yes."},
      {"only the nearest On is one",
       "On the one hand, yes.\n\nOn Mon, Mar 5, Ada\n<ada@example.org>\nwrote:\n> Will you?",
       "On the one hand, yes."},
      {"a thread", "Three.\n\nOn 5 May 2018, Ada wrote:\n\nTwo.\n\nOn 4 May 2018, Bob wrote:\n\nOne.",
       "Three."},
      {"a name alone introduces a quote", "Yes.\n\nAda Lovelace wrote:\n> Will you?", "Yes."},
      {"but no text", "Yes.\n\nAda Lovelace wrote:\nthat is how it goes on.",
       "Yes.\n\nAda Lovelace wrote:\nthat is how it goes on."},
      {"a line in the quote that was broken",
       "Yes.\n\nOn 5 May 2018, Ada wrote:\n> a long line that some program has broken, as they do with "
       "long ones, in\nthe middle\n> of it",
       "Yes."},
      {"quoted with initials", "Yes.\n\nAL> Will you?\nAL> Really?", "Yes."},
      {"quoted with a bar", "Yes.\n\n2018/3/5 Ada Lovelace <ada@example.org>\n\n| Will you?\n|\n| Ada",
       "Yes."},
      {"headers",
       "Yes.\n\nFrom: Ada Lovelace [mailto:ada@example.org]\nSent: Monday, March 5, 2018 10:00 AM\nTo: "
       "Desk\nSubject: Posters\n\nWill you?",
       "Yes."},
      {"headers in bold",
       "Yes.\n\n*From:* Ada Lovelace <ada@example.org>\n*Sent:* Monday\n*To:* Desk\n*Subject:* "
       "Posters\n\nWill you?",
       "Yes."},
      {"headers apart",
       "Yes.\n\nFrom: Ada <ada@example.org>\n\nDate: Monday\n\nTo: Desk\n\nSubject: Posters\n\nWill "
       "you?",
       "Yes."},
      {"headers that go on",
       "Yes.\n\nFrom: Ada <ada@example.org>\nTo: Desk <desk@example.org>, Bob <bob@example.org>,\n Eve "
       "<eve@example.org>\nSubject: Posters and\n more\n\nWill you?",
       "Yes."},
      {"headers below a rule",
       "Yes.\n________________________________\nFrom: Ada <ada@example.org>\nSent: Monday\nTo: "
       "Desk\nSubject: Posters\n\nWill you?",
       "Yes."},
      {"a title", "Yes.\n\n-----Original Message-----\nFrom: Ada\n\nWill you?", "Yes."},
      {"a title without headers", "Yes.\n\n----- Original Message -----\n\nWill you?", "Yes."},
      {"below a quote it answers", "On 5 May 2018, Ada wrote:\n> Will you?\n> Ada\n\nYes.", "Yes."},
      {"below one that is introduced within", "> On 5 May 2018, Ada wrote:\n> Will you?\n\nYes.",
       "Yes."},
      {"below one that nobody introduces, it stays", "> Will you?\n\nYes.", "> Will you?\n\nYes."},
      {"between quotes they stay",
       "On 5 May 2018, Ada wrote:\n> Will you?\n\nYes.\n\n> And Bob?\n\nNo.\n\n> Ada",
       "> Will you?\n\nYes.\n\n> And Bob?\n\nNo."},
      {"a greeting above", "Hi,\nOn 5 May 2018, Ada wrote:\n> Will you?\n\nYes.\n",
       "Hi,\n> Will you?\n\nYes."},
      {"nothing but a quote", "> Will you?\n> Ada", ""},
      {"nothing but a quote introduced", "\nOn 5 May 2018, Ada <ada@example.org> wrote:\n\n> Will you?",
       ""},
      {"nothing but an original message",
       "-----Original Message-----\nFrom: Ada <ada@example.org>\nTo: Desk\nSubject: Posters\n\nWill "
       "you?",
       ""},
      {"introduced at the top and not marked: whose words it is nobody knows",
       "On 5 May 2018, Ada <ada@example.org> wrote:\n\nWill you?\n\nYes.", "Will you?\n\nYes."},
  };
  for (const Mail& mail : mails)
    check(mail);
}

// As the mail programs of each language write it.
TEST_CASE("quotes are introduced in many languages, marked or not") {
  const char* lines[] = {
      "On Mon, Mar 5, 2018 at 10:00 AM Ada <ada@example.org> wrote:",
      "On Mar 5, 2018 10:00 AM, \"Ada\" <ada@example.org> wrote:",
      "On 05/03/18 10:00, Ada wrote:",
      "At 2018-03-05 10:00:00, \"Ada\" <ada@example.org> wrote:",
      "--- On Mon, 3/5/18, Ada <ada@example.org> wrote:",
      "---- On Mon, 05 Mar 2018 10:00:00 +0100 Ada <ada@example.org> wrote ----",
      "Ada/Desk/Example wrote on 03/05/2018 10:00:00 AM:",
      "2018-03-05 10:00 GMT+01:00 Ada <ada@example.org>:",
      "10:00 AM, March 5, 2018, \"Ada - Desk\" <ada@example.org>:",
      "Am Mo., 5. März 2018 um 10:00 Uhr schrieb Ada <ada@example.org>:",
      "Am 05.03.2018 10:00 vorm. schrieb Ada <ada@example.org>:",
      "Ada <ada@example.org> schrieb am Mo., 5. März 2018,\n10:00:",
      "Ada <ada@example.org> hat am 5. März 2018 um 10:00 geschrieben:",
      "Le lun. 5 mars 2018 à 10:00, Ada <ada@example.org> a écrit\u00A0:",
      "Le 05/03/2018 à 10:00, Ada a écrit :",
      "El lun., 5 mar. 2018 a las 10:00, Juan (<juan@example.org>) escribió:",
      "El lunes, 5 de marzo de 2018, Juan escribió:",
      "Em seg., 5 de mar. de 2018 às 10:00, João <joao@example.org> escreveu:",
      "Il giorno lun 5 mar 2018 alle ore 10:00 Ada <ada@example.org>\nha scritto:",
      "El dl., 5 de març 2018 a les 10:00, Jordi (<jordi@example.org>) va escriure:",
      "În lun., 5 mar. 2018 la 10:00, Ion <ion@example.org> a scris:",
      "Op ma 5 mrt. 2018 om 10:00 schreef Jan <jan@example.org>:",
      "Den mån 5 mars 2018 kl 10:00 skrev Sven <sven@example.org>:",
      "Den 5. mar. 2018 kl. 10.00 skrev Jens <jens@example.org>:",
      "man. 5. mar. 2018 kl. 10:00 skrev Ola <ola@example.org>:",
      "ma 5. maalisk. 2018 klo 10.00 Matti (matti@example.org) kirjoitti:",
      "pon., 5 mar 2018 o 10:00 Jan <jan@example.org> napisał(a):",
      "W dniu 5.03.2018 o 10:00, Jan pisze:",
      "po 5. 3. 2018 v 10:00 odesílatel Jan <jan@example.org> napsal:",
      "Dne 5.3.2018 v 10:00 Jan napsal(a):",
      "po 5. 3. 2018 o 10:00 Ján <jan@example.org> napísal(a):",
      "Kovács <kovacs@example.org> ezt írta (időpont: 2018. márc. 5., H, 10:00):",
      "pon, 5. ožu 2018. u 10:00 Ana <ana@example.org> je napisao/la:",
      "V pon., 5. mar. 2018 ob 10:00 je oseba Ana <ana@example.org> napisala:",
      "пн, 5 мар. 2018 г. в 10:00, Иван <ivan@example.org>:",
      "Понедельник, 5 марта 2018, 10:00 +03:00 от Иван <ivan@example.org>:",
      "05.03.2018 10:00, Иван пишет:",
      "пн, 5 бер. 2018 о 10:00 Іван <ivan@example.org> пише:",
      "На пн, 5.03.2018 г. в 10:00 Иван <ivan@example.org> написа:",
      "Στις Δευ, 5 Μαρ 2018 στις 10:00 π.μ., ο χρήστης Άννα <anna@example.org> έγραψε:",
      "Ahmet <ahmet@example.org>, 5 Mar 2018 Pzt, 10:00 tarihinde şunu yazdı:",
      "2018-03-05, pr, 10:00 Jonas <jonas@example.org> rašė:",
      "pirmd., 2018. g. 5. marts, plkst. 10:00 — lietotājs Jānis (<janis@example.org>) rakstīja:",
      "Kuupäev: E, 5. märts 2018 kell 10:00, kasutaja Jaan (<jaan@example.org>) kirjutas:",
      "2018年3月5日(月) 10:00 山田 <yamada@example.org>:",
      "2018/03/05 10:00、山田 <yamada@example.org>のメール:",
      "王小明 <wang@example.org> 于2018年3月5日周一 上午10:00写道：",
      "在 2018年3月5日，上午10:00，王 <wang@example.org> 寫道：",
      "2018년 3월 5일 (월) 오전 10:00, 김 <kim@example.org>님이 작성:",
      "\u202Bבתאריך יום ב׳, 5 במרץ 2018 ב-10:00 מאת \u202Aדן\u202C\u200F "
      "<\u202Adan@example.org\u202C\u200F>:\u202C",
      "في الاثنين، 5 مارس 2018 في 10:00 ص تمت كتابة ما يلي بواسطة علي <ali@example.org>:",
      "Vào Th 2, 5 thg 3, 2018 vào lúc 10:00 An <an@example.org> đã viết:",
      "Pada tanggal Sen, 5 Mar 2018 pukul 10.00 Budi <budi@example.org> menulis:",
      "ในวันที่ จ. 5 มี.ค. 2018 เวลา 10:00 สมชาย <somchai@example.org> เขียนว่า:",
  };
  for (const std::string line : lines) {
    CAPTURE(line);
    CHECK(reply_text("Posters?\n\n" + line + "\n\n> quoted\n> quoted\n").said == "Posters?");
    CHECK(reply_text("Posters?\n\n" + line + "\n\nnot marked\n").said == "Posters?");
    CHECK(reply_text(line + "\n> quoted\n\nPosters?").said == "Posters?");
  }
}

TEST_CASE("headers and titles of quoted mails in many languages") {
  struct Row {
    const char* title;
    const char* headers;
  };
  const Row rows[] = {
      {"-----Ursprüngliche Nachricht-----",
       "Von: Ada [mailto:ada@example.org]\nGesendet: Montag, 5. März 2018 10:00\nAn: Desk\nBetreff: "
       "Poster"},
      {"-------- Message d'origine --------",
       "De\u00A0: Ada <ada@example.org>\nDate : 05/03/2018 10:00 (GMT+01:00)\nÀ : "
       "desk@example.org\nObjet : Affiches"},
      {"-----Mensaje original-----",
       "De: Juan <juan@example.org>\nEnviado el: lunes, 5 de marzo de 2018 10:00\nPara: Desk\nAsunto: "
       "Pósters"},
      {"----- Mensagem original -----",
       "De: João <joao@example.org>\nEnviada em: segunda-feira\nPara: Desk\nAssunto: Pôsteres"},
      {"-----Messaggio originale-----",
       "Da: Ada <ada@example.org>\nInviato: lunedì 5 marzo 2018\nA: Desk\nOggetto: Poster"},
      {"-----Oorspronkelijk bericht-----",
       "Van: Jan <jan@example.org>\nVerzonden: maandag 5 maart 2018\nAan: Desk\nOnderwerp: Posters"},
      {"-----Oprindelig meddelelse-----",
       "Fra: Jens <jens@example.org>\nSendt: 5. marts 2018\nTil: Desk\nEmne: Plakater"},
      {"-----Ursprungligt meddelande-----",
       "Från: Sven <sven@example.org>\nSkickat: den 5 mars 2018\nTill: Desk\nÄmne: Posters"},
      {"-----Alkuperäinen viesti-----",
       "Lähettäjä: Matti <matti@example.org>\nLähetetty: maanantai\nVastaanottaja: Desk\nAihe: "
       "Julisteet"},
      {"-----Wiadomość oryginalna-----",
       "Od: Jan <jan@example.org>\nWysłano: poniedziałek\nDo: Desk\nTemat: Plakaty"},
      {"---------- Původní zpráva ----------",
       "Od: Jan <jan@example.org>\nKomu: desk@example.org\nDatum: 5. 3. 2018\nPředmět: Plakáty"},
      {"-----Eredeti üzenet-----",
       "Feladó: Kovács <kovacs@example.org>\nElküldve: 2018. március 5.\nCímzett: Desk\nTárgy: "
       "Poszterek"},
      {"-----Исходное сообщение-----",
       "От: Иван <ivan@example.org>\nОтправлено: 5 марта 2018\nКому: Desk\nТема: Постеры"},
      {"-----Orijinal Mesaj-----",
       "Kimden: Ahmet <ahmet@example.org>\nGönderildi: 5 Mart 2018\nKime: Desk\nKonu: Posterler"},
      {"-----Αρχικό μήνυμα-----",
       "Από: Άννα <anna@example.org>\nΣτάλθηκε: Δευτέρα\nΠρος: Desk\nΘέμα: Αφίσες"},
      {"-----元のメッセージ-----",
       "差出人: 山田 <yamada@example.org>\n送信日時: 2018年3月5日\n宛先: Desk\n件名: ポスター"},
      {"------------------ 原始邮件 ------------------",
       "发件人： 王 <wang@example.org>\n发送时间： 2018年3月5日\n收件人： Desk\n主题： 海报"},
      {"-----원본 메시지-----",
       "보낸 사람: 김 <kim@example.org>\n보낸 날짜: 2018년 3월 5일\n받는 사람: Desk\n제목: 포스터"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.title);
    const std::string said = "Where?";
    CHECK(reply_text(said + "\n\n" + row.title + "\n" + row.headers + "\n\nold").said == said);
    CHECK(reply_text(said + "\n\n" + row.title + "\n\nold").said == said);
    CHECK(reply_text(said + "\n\n" + row.headers + "\n\nold").said == said);
  }
}

TEST_CASE("a mail that is passed on: the writer's words, else the mail") {
  const char* headers =
      "From: Ada <ada@example.org>\nDate: Mon, Mar 5, 2018\nSubject: Posters\nTo: Desk\n\n";
  const char* titles[] = {
      "---------- Forwarded message ---------",           "Begin forwarded message:",
      "-------- Weitergeleitete Nachricht --------",      "Anfang der weitergeleiteten Nachricht:",
      "---------- Message transféré ---------",           "Début du message réexpédié :",
      "---------- Mensaje reenviado ---------",           "-------- Пересылаемое сообщение --------",
      "---------- Videresendt meddelelse ---------",      "---------- 転送メッセージ ----------",
      "---------- Forwarded by Ada on 5 March ----------"};
  for (const std::string title : titles) {
    CAPTURE(title);
    CHECK(reply_text("For you.\n\n" + title + "\n" + headers + "Where?").said == "For you.");
    CHECK(kinds("For you.\n\n" + title + "\n" + headers + "Where?") ==
          std::vector<std::string>{"forward"});
    CHECK(reply_text(title + "\n" + headers + "Where?").said == "Where?");
    CHECK(reply_text("Sent from my iPhone\n\n" + title + "\n\n" + headers + "Where?\n\n-- \nAda").said ==
          "Where?");
  }
  CHECK(reply_text(std::string(headers) + "Where?").said == "Where?");
  CHECK(reply_text("For you.\n\n> Begin forwarded message:\n>\n> From: Ada\n>\n> Where?").said ==
        "For you.");
}

TEST_CASE("signatures, programs' lines and disclaimers at the end") {
  const Mail mails[] = {
      {"RFC 3676", "Where?\n\n-- \nAda Lovelace\nLondon", "Where?"},
      {"without its blank", "Where?\n\n--\nAda Lovelace", "Where?"},
      {"with nothing below", "Where?\n\n-- \n", "Where?"},
      {"of a list",
       "Where?\n\n_______________________________________________\ndesk mailing list\ndesk@example.org",
       "Where?"},
      {"below dashes", "Where?\n\n—————\nAda Lovelace\nDesk\n+44 20 1234567", "Where?"},
      {"below a rule",
       "Where?\n\n-----------\n\nAda Lovelace\n\nAnalytical Engines\n\nt. 020 "
       "1234567\n\nhttp://example.org/",
       "Where?"},
      {"without a mark, but ways to reach",
       "Where do I find it?\n\nDr. Ada Lovelace\nAnalytical Engines\nada@example.org\nwww.example.org",
       "Where do I find it?"},
      {"above the quote", "Where?\n\n--\nAda\n\nOn 5 May 2018, Bob wrote:\n> Come!", "Where?"},
      {"above and below", "Where?\n\n--\nAda\n\nOn 5 May 2018, Bob wrote:\n> Come!\n\n--\nAda",
       "Where?"},
      {"signed",
       "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWhere?\n-----BEGIN PGP "
       "SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n",
       "Where?"},
      {"a phone", "Where?\n\nSent from my iPhone", "Where?"},
      {"a phone above the quote",
       "Where?\n\nSent from my Example 4G LTE\n\nOn 5 May 2018, Bob wrote:\n\n> Come!", "Where?"},
      {"a joke", "Where?\n\nSent from a very small keyboard", "Where?"},
      {"a phone that begs pardon", "Where?\n\nSent from my BlackBerry, please excuse typos.", "Where?"},
      {"more said below it stays", "Where?\n\nSent from my iPhone\n\nPS: and when?",
       "Where?\n\nPS: and when?"},
      {"a program on a phone", "Where?\n\nGet Outlook for iOS<https://example.org/x>", "Where?"},
      {"German phone", "Wo?\n\nVon meinem iPhone gesendet", "Wo?"},
      {"German program",
       "Wo?\n\n--\nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.", "Wo?"},
      {"French", "Où ?\n\nEnvoyé de mon iPhone", "Où ?"},
      {"Spanish", "¿Dónde?\n\nEnviado desde mi iPad", "¿Dónde?"},
      {"Portuguese", "Onde?\n\nEnviado do meu iPhone", "Onde?"},
      {"Italian", "Dove?\n\nInviato da iPhone", "Dove?"},
      {"Dutch", "Waar?\n\nVerstuurd vanaf mijn iPhone", "Waar?"},
      {"Danish", "Hvor?\n\nSendt fra min iPhone", "Hvor?"},
      {"Swedish", "Var?\n\nSkickat från min iPhone", "Var?"},
      {"Finnish", "Missä?\n\nLähetetty iPhonesta", "Missä?"},
      {"Polish", "Gdzie?\n\nWysłane z iPhone'a", "Gdzie?"},
      {"Czech", "Kde?\n\nOdesláno z iPhonu", "Kde?"},
      {"Russian", "Где?\n\nОтправлено с iPhone", "Где?"},
      {"Turkish", "Nerede?\n\niPhone'umdan gönderildi", "Nerede?"},
      {"Japanese", "どこですか？\n\niPhoneから送信", "どこですか？"},
      {"Chinese", "在哪里？\n\n发自我的 iPhone", "在哪里？"},
      {"Korean", "어디요?\n\n나의 iPhone에서 보냄", "어디요?"},
      {"disclaimer",
       "Where?\n\nThis e-mail is confidential and for the intended recipient only. If you received it "
       "by mistake, delete it.",
       "Where?"},
      {"disclaimer of two paragraphs",
       "Where?\n\nConfidentiality notice: this mail may be privileged; disclosure is "
       "prohibited.\n\nThink of the trees.",
       "Where?"},
      {"German disclaimer",
       "Wo?\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat "
       "sind, löschen Sie sie mit\nallen Anhängen. Unbefugtes Kopieren ist nicht gestattet.",
       "Wo?"},
      {"all together",
       "Where?\n\nSent from my iPhone\n\n-- \nAda\n\nThis mail is confidential, may be privileged and "
       "is for the addressee; unauthorised disclosure is prohibited.\n",
       "Where?"},
      {"nothing else", "-- \nAda Lovelace\n", ""},
      {"nothing but a phone", "\nSent from my iPhone\n", ""},
  };
  for (const Mail& mail : mails)
    check(mail);
}

TEST_CASE("what is cut is told with its lines and its kind") {
  const char* mail =
      "Where?\n"                                                                                  // 0
      "\n"                                                                                        // 1
      "Sent from my iPhone\n"                                                                     // 2
      "\n"                                                                                        // 3
      "On 5 May 2018, Ada wrote:\n"                                                               // 4
      "> Come!\n"                                                                                 // 5
      "\n"                                                                                        // 6
      "-- \n"                                                                                     // 7
      "Bob\n"                                                                                     // 8
      "\n"                                                                                        // 9
      "This mail is confidential, for the intended recipient only; disclosure is prohibited.\n";  // 10
  CHECK(kinds(mail) == std::vector<std::string>{"client", "quote", "signature"});
  const std::vector<Cut> cut = reply_text(mail).cut;
  REQUIRE(cut.size() == 3);
  CHECK(cut[0].first == 2);
  CHECK(cut[0].end == 3);
  CHECK(cut[1].first == 4);
  CHECK(cut[1].end == 6);
  CHECK(cut[2].first == 7);
  CHECK(cut[2].end == 11);
  CHECK(kinds("Where?\n\nThis mail is confidential, for the intended recipient only; disclosure is "
              "prohibited.") == std::vector<std::string>{"disclaimer"});
}

TEST_CASE("questions are counted by their marks, or by their numbers") {
  const std::pair<const char*, int> rows[] = {
      {"", 0},
      {"\n> quoted?\n", 0},
      {"Tell me about the posters.", 1},
      {"Where?", 1},
      {"Where? When? And why??", 3},
      {"Really?!? Yes!?", 2},
      {"Is https://example.org/?q=1&r=2 right, or https://example.org/x?y=z?", 1},
      {"(where?) \"when?\" and why?.", 3},
      {"在哪里？什么时候？", 2},
      {"أين؟ متى؟", 2},
      {"¿Dónde? ¿Cuándo?", 2},
      {"Որտե՞ղ", 1},
      {"1. the room\n2. the food\n3. the beer", 3},
      {"1) Where is it? And when?\n2) Who?\n", 3},
      {"Q1: the room\nQ2: the food", 2},
      {"(1) the room\n\n(2) the food", 2},
      {"Question 1: rooms\nQuestion 2: food", 2},
      {"1. only this", 1},
      {"2. nothing\n7. neither\n2018. no", 1},
      {"1.5 times faster\n2.5 times slower", 1},
      {"> Where?\nHere.\n> When?\nWhy?", 1},
  };
  for (const auto& [text, count] : rows) {
    CAPTURE(text);
    CHECK(count_questions(text) == count);
  }
}

}  // namespace papertray
