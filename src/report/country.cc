// Which country a two-letter top-level domain names: ISO 3166 (as tzdata's iso3166.tab has it), and the
// two that are no code of it, uk and eu. Domains such as .io are used from everywhere: a table of
// guesses.
#include <algorithm>
#include <iterator>
#include <utility>

#include "report/buckets.h"

namespace papertray {
namespace {

using Country = std::pair<std::string_view, std::string_view>;

// clang-format off
constexpr Country countries[] = {
    {"ad", "Andorra"}, {"ae", "United Arab Emirates"}, {"af", "Afghanistan"}, {"ag", "Antigua & Barbuda"},
    {"ai", "Anguilla"}, {"al", "Albania"}, {"am", "Armenia"}, {"ao", "Angola"}, {"aq", "Antarctica"},
    {"ar", "Argentina"}, {"as", "Samoa (American)"}, {"at", "Austria"}, {"au", "Australia"}, {"aw", "Aruba"},
    {"ax", "Åland Islands"}, {"az", "Azerbaijan"}, {"ba", "Bosnia & Herzegovina"}, {"bb", "Barbados"},
    {"bd", "Bangladesh"}, {"be", "Belgium"}, {"bf", "Burkina Faso"}, {"bg", "Bulgaria"}, {"bh", "Bahrain"},
    {"bi", "Burundi"}, {"bj", "Benin"}, {"bl", "St Barthelemy"}, {"bm", "Bermuda"}, {"bn", "Brunei"},
    {"bo", "Bolivia"}, {"bq", "Caribbean NL"}, {"br", "Brazil"}, {"bs", "Bahamas"}, {"bt", "Bhutan"},
    {"bv", "Bouvet Island"}, {"bw", "Botswana"}, {"by", "Belarus"}, {"bz", "Belize"}, {"ca", "Canada"},
    {"cc", "Cocos (Keeling) Islands"}, {"cd", "Congo (Dem. Rep.)"}, {"cf", "Central African Rep."},
    {"cg", "Congo (Rep.)"}, {"ch", "Switzerland"}, {"ci", "Côte d'Ivoire"}, {"ck", "Cook Islands"},
    {"cl", "Chile"}, {"cm", "Cameroon"}, {"cn", "China"}, {"co", "Colombia"}, {"cr", "Costa Rica"}, {"cu", "Cuba"},
    {"cv", "Cape Verde"}, {"cw", "Curaçao"}, {"cx", "Christmas Island"}, {"cy", "Cyprus"},
    {"cz", "Czech Republic"}, {"de", "Germany"}, {"dj", "Djibouti"}, {"dk", "Denmark"}, {"dm", "Dominica"},
    {"do", "Dominican Republic"}, {"dz", "Algeria"}, {"ec", "Ecuador"}, {"ee", "Estonia"}, {"eg", "Egypt"},
    {"eh", "Western Sahara"}, {"er", "Eritrea"}, {"es", "Spain"}, {"et", "Ethiopia"}, {"eu", "European Union"},
    {"fi", "Finland"}, {"fj", "Fiji"}, {"fk", "Falkland Islands"}, {"fm", "Micronesia"}, {"fo", "Faroe Islands"},
    {"fr", "France"}, {"ga", "Gabon"}, {"gd", "Grenada"}, {"ge", "Georgia"}, {"gf", "French Guiana"},
    {"gg", "Guernsey"}, {"gh", "Ghana"}, {"gi", "Gibraltar"}, {"gl", "Greenland"}, {"gm", "Gambia"},
    {"gn", "Guinea"}, {"gp", "Guadeloupe"}, {"gq", "Equatorial Guinea"}, {"gr", "Greece"},
    {"gs", "South Georgia & the South Sandwich Islands"}, {"gt", "Guatemala"}, {"gu", "Guam"},
    {"gw", "Guinea-Bissau"}, {"gy", "Guyana"}, {"hk", "Hong Kong"}, {"hm", "Heard Island & McDonald Islands"},
    {"hn", "Honduras"}, {"hr", "Croatia"}, {"ht", "Haiti"}, {"hu", "Hungary"}, {"id", "Indonesia"},
    {"ie", "Ireland"}, {"il", "Israel"}, {"im", "Isle of Man"}, {"in", "India"},
    {"io", "British Indian Ocean Territory"}, {"iq", "Iraq"}, {"ir", "Iran"}, {"is", "Iceland"}, {"it", "Italy"},
    {"je", "Jersey"}, {"jm", "Jamaica"}, {"jo", "Jordan"}, {"jp", "Japan"}, {"ke", "Kenya"}, {"kg", "Kyrgyzstan"},
    {"kh", "Cambodia"}, {"ki", "Kiribati"}, {"km", "Comoros"}, {"kn", "St Kitts & Nevis"}, {"kp", "North Korea"},
    {"kr", "South Korea"}, {"kw", "Kuwait"}, {"ky", "Cayman Islands"}, {"kz", "Kazakhstan"}, {"la", "Laos"},
    {"lb", "Lebanon"}, {"lc", "St Lucia"}, {"li", "Liechtenstein"}, {"lk", "Sri Lanka"}, {"lr", "Liberia"},
    {"ls", "Lesotho"}, {"lt", "Lithuania"}, {"lu", "Luxembourg"}, {"lv", "Latvia"}, {"ly", "Libya"},
    {"ma", "Morocco"}, {"mc", "Monaco"}, {"md", "Moldova"}, {"me", "Montenegro"}, {"mf", "St Martin (French)"},
    {"mg", "Madagascar"}, {"mh", "Marshall Islands"}, {"mk", "North Macedonia"}, {"ml", "Mali"},
    {"mm", "Myanmar (Burma)"}, {"mn", "Mongolia"}, {"mo", "Macau"}, {"mp", "Northern Mariana Islands"},
    {"mq", "Martinique"}, {"mr", "Mauritania"}, {"ms", "Montserrat"}, {"mt", "Malta"}, {"mu", "Mauritius"},
    {"mv", "Maldives"}, {"mw", "Malawi"}, {"mx", "Mexico"}, {"my", "Malaysia"}, {"mz", "Mozambique"},
    {"na", "Namibia"}, {"nc", "New Caledonia"}, {"ne", "Niger"}, {"nf", "Norfolk Island"}, {"ng", "Nigeria"},
    {"ni", "Nicaragua"}, {"nl", "Netherlands"}, {"no", "Norway"}, {"np", "Nepal"}, {"nr", "Nauru"}, {"nu", "Niue"},
    {"nz", "New Zealand"}, {"om", "Oman"}, {"pa", "Panama"}, {"pe", "Peru"}, {"pf", "French Polynesia"},
    {"pg", "Papua New Guinea"}, {"ph", "Philippines"}, {"pk", "Pakistan"}, {"pl", "Poland"},
    {"pm", "St Pierre & Miquelon"}, {"pn", "Pitcairn"}, {"pr", "Puerto Rico"}, {"ps", "Palestine"},
    {"pt", "Portugal"}, {"pw", "Palau"}, {"py", "Paraguay"}, {"qa", "Qatar"}, {"re", "Réunion"}, {"ro", "Romania"},
    {"rs", "Serbia"}, {"ru", "Russia"}, {"rw", "Rwanda"}, {"sa", "Saudi Arabia"}, {"sb", "Solomon Islands"},
    {"sc", "Seychelles"}, {"sd", "Sudan"}, {"se", "Sweden"}, {"sg", "Singapore"}, {"sh", "St Helena"},
    {"si", "Slovenia"}, {"sj", "Svalbard & Jan Mayen"}, {"sk", "Slovakia"}, {"sl", "Sierra Leone"},
    {"sm", "San Marino"}, {"sn", "Senegal"}, {"so", "Somalia"}, {"sr", "Suriname"}, {"ss", "South Sudan"},
    {"st", "Sao Tome & Principe"}, {"sv", "El Salvador"}, {"sx", "St Maarten (Dutch)"}, {"sy", "Syria"},
    {"sz", "Eswatini (Swaziland)"}, {"tc", "Turks & Caicos Is"}, {"td", "Chad"}, {"tf", "French S. Terr."},
    {"tg", "Togo"}, {"th", "Thailand"}, {"tj", "Tajikistan"}, {"tk", "Tokelau"}, {"tl", "East Timor"},
    {"tm", "Turkmenistan"}, {"tn", "Tunisia"}, {"to", "Tonga"}, {"tr", "Turkey"}, {"tt", "Trinidad & Tobago"},
    {"tv", "Tuvalu"}, {"tw", "Taiwan"}, {"tz", "Tanzania"}, {"ua", "Ukraine"}, {"ug", "Uganda"},
    {"uk", "United Kingdom"}, {"um", "US minor outlying islands"}, {"us", "United States"}, {"uy", "Uruguay"},
    {"uz", "Uzbekistan"}, {"va", "Vatican City"}, {"vc", "St Vincent"}, {"ve", "Venezuela"},
    {"vg", "Virgin Islands (UK)"}, {"vi", "Virgin Islands (US)"}, {"vn", "Vietnam"}, {"vu", "Vanuatu"},
    {"wf", "Wallis & Futuna"}, {"ws", "Samoa (western)"}, {"ye", "Yemen"}, {"yt", "Mayotte"},
    {"za", "South Africa"}, {"zm", "Zambia"}, {"zw", "Zimbabwe"},
};
// clang-format on

}  // namespace

std::string_view country_name(std::string_view top_level_domain) {
  const auto* found = std::ranges::lower_bound(countries, top_level_domain, {}, &Country::first);
  return found != std::end(countries) && found->first == top_level_domain ? found->second : "";
}

}  // namespace papertray
