// How quotes are introduced: verbs, prepositions, days and months.
#include "core/reply_words.h"

#include <algorithm>
#include <unordered_set>

namespace papertray {
namespace {

using Words = std::unordered_set<std::string_view>;

const Words& wrote_last() {
  static const Words words = {
      "wrote",      "writes",   "written",    "écrit",     "ecrit",       "écrivait", "escribió",
      "escribio",   "escrigué", "escriure",   "escribiu",  "scritto",     "scrive",   "escreveu",
      "escreve",    "scris",    "scrisese",   "kirjoitti", "kirjoittaa",  "napisał",  "napisała",
      "napisal",    "napisala", "pisze",      "pisał",     "pisała",      "napsal",   "napsala",
      "napísal",    "napísala", "píše",       "napisao",   "piše",        "написал",  "написала",
      "написав",    "написа",   "написао",    "пишет",     "пише",        "писал",    "писала",
      "írta",       "írja",     "έγραψε",     "έγραφε",    "yazdı",       "yazmış",   "rašė",
      "parašė",     "rakstīja", "uzrakstīja", "kirjutas",  "menulis",     "viết",     "כתב",
      "כתבה",       "כתבו",     "schreef",    "schrieb",   "geschrieben", "skrev",    "schreibt",
      "geschreven", "skrifaði", "skreiv",     "idatzi",    "shkroi",      "скрев",    "odesílatel"};
  return words;
}

// Where the name comes after the verb: "Am 3. Mai schrieb Ada:", "Den 3. maj skrev Ada:", "كتب Ada:".
const Words& wrote_before_name() {
  static const Words words = {"schrieb", "schreef", "skrev",      "skreiv", "كتب",
                              "كتبت",    "كتابة",   "odesílatel", "מאת"};
  return words;
}

constexpr std::string_view wrote_signs[] = {
    "写道",       "寫道",      "写到",  "寫到",       "のメッセージ", "のメール", "は書きました",
    "書きました", "님이 작성", "작성:", "님이 쓴 글", "เขียนว่า",       "เขียน:"};

const Words& openers() {
  static const Words words = {
      // prepositions and articles
      "on", "at", "在", "於", "于", "am", "vom", "le", "el", "em", "il", "op", "den", "dnia", "w", "dne",
      "dňa", "dana", "på", "în", "la", "στις", "την", "на", "от", "у", "в", "ngày", "vào", "lúc", "pada",
      "tanggal", "no", "a", "em:", "date", "datum", "בתאריך", "ב", "في", "ใน", "เมื่อ", "kl", "kuupäeval",
      "ne", "u", "de", "het",
      // days of the week, as clients write and shorten them
      "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday",
      "fri", "friday", "sat", "saturday", "sun", "sunday", "mo", "montag", "di", "dienstag", "mi",
      "mittwoch", "do", "donnerstag", "fr", "freitag", "sa", "samstag", "sonnabend", "so", "sonntag",
      "lun", "lundi", "mar", "mardi", "mer", "mercredi", "jeu", "jeudi", "ven", "vendredi", "sam",
      "samedi", "dim", "dimanche", "lunes", "martes", "mié", "miércoles", "jue", "jueves", "vie",
      "viernes", "sáb", "sábado", "dom", "domingo", "seg", "segunda", "ter", "terça", "qua", "quarta",
      "qui", "quinta", "sex", "sexta", "lunedì", "martedì", "mercoledì", "gio", "giovedì", "venerdì",
      "sab", "sabato", "domenica", "ma", "maandag", "dinsdag", "wo", "woensdag", "donderdag", "vr",
      "vrijdag", "za", "zaterdag", "zo", "zondag", "man", "mandag", "tir", "tirs", "tirsdag", "ons",
      "onsdag", "tor", "tors", "torsdag", "fre", "fredag", "lør", "lørdag", "søn", "søndag", "mån",
      "måndag", "tis", "tisdag", "lör", "lördag", "sön", "söndag", "maanantai", "ti", "tiistai", "ke",
      "keskiviikko", "to", "torstai", "pe", "perjantai", "lauantai", "su", "sunnuntai", "pon",
      "poniedziałek", "wt", "wtorek", "śr", "środa", "czw", "czwartek", "pt", "pią", "piątek", "sob",
      "sobota", "niedz", "niedziela", "po", "pondělí", "út", "úterý", "st", "středa", "čt", "čtvrtek",
      "pá", "pátek", "neděle", "ut", "utorok", "streda", "št", "štvrtok", "pi", "piatok", "nedeľa", "h",
      "hétfő", "k", "kedd", "sze", "szerda", "cs", "csütörtök", "p", "péntek", "szo", "szombat", "v",
      "vas", "vasárnap", "пн", "понедельник", "понеділок", "вт", "вторник", "вівторок", "ср", "среда",
      "середа", "чт", "четверг", "четвер", "пт", "пятница", "п'ятниця", "сб", "суббота", "субота", "вс",
      "воскресенье", "нд", "неділя", "lu", "luni", "marți", "mie", "miercuri", "joi", "vin", "vineri",
      "sâm", "sâmbătă", "dum", "duminică", "pzt", "pazartesi", "sal", "salı", "çar", "çarşamba", "per",
      "perşembe", "cum", "cuma", "cmt", "cumartesi", "paz", "pazar", "δευ", "τρί", "τετ", "πέμ", "παρ",
      "σάβ", "κυρ"};
  return words;
}

// What the names of months begin with. A word alone proves nothing; with a day's number beside it, much.
constexpr std::string_view month_stems[] = {
    "jan",    "feb",    "mar",    "apr",    "may",   "jun",   "jul",   "aug",   "sep",   "oct",
    "nov",    "dec",    "mär",    "mai",    "okt",   "dez",   "fév",   "fev",   "avr",   "juin",
    "juil",   "aoû",    "aou",    "déc",    "ene",   "abr",   "ago",   "dic",   "set",   "out",
    "gen",    "mag",    "giu",    "lug",    "ott",   "mrt",   "maa",   "mei",   "maj",   "tammi",
    "helmi",  "maalis", "huhti",  "touko",  "kesä",  "heinä", "elo",   "syys",  "loka",  "marras",
    "joulu",  "sty",    "lut",    "kwi",    "cze",   "lip",   "sie",   "wrz",   "paź",   "lis",
    "gru",    "led",    "úno",    "bře",    "dub",   "kvě",   "čer",   "srp",   "zář",   "říj",
    "pro",    "máj",    "jún",    "júl",    "márc",  "ápr",   "szept", "янв",   "фев",   "мар",
    "апр",    "мая",    "май",    "июн",    "июл",   "авг",   "сен",   "окт",   "ноя",   "дек",
    "січ",    "лют",    "бер",    "кві",    "тра",   "чер",   "лип",   "сер",   "вер",   "жов",
    "гру",    "ian",    "iun",    "iul",    "noi",   "oca",   "şub",   "nis",   "haz",   "tem",
    "ağu",    "eyl",    "eki",    "kas",    "ara",   "ιαν",   "φεβ",   "μαρ",   "απρ",   "μαΐ",
    "μαι",    "ιουν",   "ιουλ",   "αυγ",    "σεπ",   "οκτ",   "νοε",   "δεκ",   "sij",   "velj",
    "ožu",    "tra",    "svi",    "lip",    "srp",   "kol",   "ruj",   "stu",   "pros",  "ינו",
    "פבר",    "מרץ",    "במרץ",   "באפר",   "במאי",  "ביו",   "באוג",  "בספ",   "באוק",  "בנוב",
    "בדצ",    "יناير",  "يناير",  "فبراير", "مارس",  "أبريل", "مايو",  "يونيو", "يوليو", "أغسطس",
    "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "thg",   "tháng", "des",   "agu",   "okto",  "gener",
    "febr",   "març",   "maig",   "juny",   "saus",  "vas",   "kov",   "bal",   "geg",   "birž",
    "liep",   "rugp",   "rugs",   "spal",   "lapkr", "gruod", "јан",   "феб",   "мај",   "јун",
    "јул",    "нов"};
constexpr std::size_t longest_month = 24;  // bytes

}  // namespace

Wrote wrote_word(std::string_view word) {
  if (wrote_before_name().contains(word)) return Wrote::before_name;
  return wrote_last().contains(word) ? Wrote::last : Wrote::no;
}

bool has_wrote_sign(std::string_view line) {
  return std::any_of(std::begin(wrote_signs), std::end(wrote_signs),
                     [&](std::string_view sign) { return line.find(sign) != std::string_view::npos; });
}

bool opens_attribution(std::string_view word) {
  return openers().contains(word);
}

bool begins_like_month(std::string_view word) {
  if (word.size() < 3 || word.size() > longest_month) return false;
  return std::any_of(std::begin(month_stems), std::end(month_stems),
                     [&](std::string_view stem) { return word.starts_with(stem); });
}

}  // namespace papertray
