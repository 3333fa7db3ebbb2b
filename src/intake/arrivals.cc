#include "intake/arrivals.h"

#include <algorithm>
#include <exception>
#include <string_view>

#include "intake/suspects.h"

namespace papertray {
namespace {

// FNV-1a. Two places with one key would share their deaths, no more: not worth a better hash.
constexpr std::uint64_t fnv_offset = 14'695'981'039'346'656'037ULL;
constexpr std::uint64_t fnv_prime = 1'099'511'628'211ULL;

void mix(std::uint64_t& hash, std::string_view text) {
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * fnv_prime;
  hash = (hash ^ 0xFFU) * fnv_prime;  // no byte of UTF-8: "ab" and "c" are not "a" and "bc"
}

void mix(std::uint64_t& hash, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8)
    hash = (hash ^ ((number >> shift) & 0xFFU)) * fnv_prime;
}

}  // namespace

PlaceKey key_of(const Place& place) {
  std::uint64_t hash = fnv_offset;
  mix(hash, place.account);
  mix(hash, place.folder);
  mix(hash, place.name);
  mix(hash, place.uidvalidity);
  mix(hash, place.uid);
  return hash == 0 ? 1 : hash;
}

void Arrivals::look_back() {
  if (!note_) return;
  suspects_ = note_->arrival_suspects();
  const PlaceKey died_at = note_->arriving();
  if (died_at == 0) return;
  // First, so that a death between the two is one too few, not one too many.
  note_->note_arriving(0);
  add_death(suspects_, &ArrivalSuspect::place, died_at);
  note_->note_arrival_suspects(suspects_);
}

int Arrivals::deaths(PlaceKey place) const {
  const auto known = std::ranges::find(suspects_, place, &ArrivalSuspect::place);
  return known == suspects_.end() ? 0 : known->deaths;
}

void Arrivals::acquit(PlaceKey place) {
  const auto known = std::ranges::find(suspects_, place, &ArrivalSuspect::place);
  if (known == suspects_.end()) return;
  *known = {};
  note_->note_arrival_suspects(suspects_);
}

void Arrivals::enter(PlaceKey place) {
  if (!note_ || now_ == place) return;
  note_->note_arriving(place);
  now_ = place;
}

void Arrivals::leave() noexcept {
  if (!note_ || now_ == 0) return;
  try {
    note_->note_arriving(0);
    now_ = 0;
  } catch (const std::exception&) {
    // A full disk: one death too many at most, and it takes three.
  }
}

}  // namespace papertray
