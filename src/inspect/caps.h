// Every limit of reading a stranger's mail, with its reason. The worker keeps them because a mail is
// hostile, the client keeps them again because the worker that read it may have become so.
//
// A mail over a cap marked "set aside" is quarantined with a sentence. The others cut: the message is
// still understood, and a note says what was left out.
#pragma once

#include <cstddef>
#include <cstdint>

namespace papertray::caps {

inline constexpr std::uint64_t kib = 1024;
inline constexpr std::uint64_t mib = 1024 * kib;

// Set aside. Gmail takes in 50 MB, Exchange 150 MB at most; the worker holds the mail in memory, and
// beside it everything else must fit into address_space.
inline constexpr std::uint64_t mail_bytes = 96 * mib;

// Set aside. Attached messages that are themselves base64 are decoded and read again, and a mail can
// nest them: all such copies together.
inline constexpr std::uint64_t unwrapped_bytes = 32 * mib;

// Set aside. Decoding only shrinks (base64, quoted-printable), so this is reached by nesting only. It
// also bounds the output file.
inline constexpr std::uint64_t decoded_bytes = 192 * mib;

// Cut. What comes out of zip archives, winmail.dat and uuencoded text, all together: as much as a mail
// may have. Papers are some megabytes.
inline constexpr std::uint64_t unpacked_bytes = mail_bytes;
inline constexpr std::size_t unpacked_files = 200;  // a paper with its LaTeX sources has some 50
// Deflate reaches 1,032 at most, on zeros; sources and figures stay below 20, PDFs near 1.
inline constexpr std::uint64_t unpacked_ratio = 100;

// Set aside. GMime needs 1.9 KB for a part: measured, 193 MB for 100,000 of them, and with 1,000 open
// borders 2 s for 500,000 lines that begin like one. No honest text has so many.
inline constexpr std::size_t border_lines = 50'000;

// Cut. Honest mail nests below 10 levels; GMime itself stops at 1,024.
inline constexpr std::size_t depth = 64;

// Cut. A digest of a busy list has some hundred.
inline constexpr std::size_t parts = 2'000;

// Set aside: whether a mail may be answered depends on its headers, so none may be left out unseen.
// Long-travelled list mail has about 200.
inline constexpr std::size_t headers = 2'000;
inline constexpr std::size_t header_bytes = 1 * mib;  // all of them, each cut to one_header_bytes

// Cut. References of a very long thread, or Cc to thousands.
inline constexpr std::size_t one_header_bytes = 64 * kib;

// Cut. GMime's address parser recurses once for each `group:` and overflows the stack at some 10,000;
// a real header has a handful.
inline constexpr std::size_t address_colons = 200;

// Cut. All of To, Cc, Bcc together; larger circulars use lists.
inline constexpr std::size_t addresses = 2'000;

// Cut. RFC 5322 section 3.6.4 suggests to keep References short; threads of some hundred exist.
inline constexpr std::size_t message_ids = 1'000;

// Cut. A question is a paragraph; a mail with a long quoted thread has some 100 KB.
inline constexpr std::size_t text_bytes = 512 * kib;

// Cut. HTML as received: mail with inlined pictures runs to megabytes, its text comes early.
inline constexpr std::size_t html_bytes = 2 * mib;

// Cut. libxml2 compares each new attribute with all before it (measured: 6 s for 100,000), and each
// unmatched end tag with every open element (8 s for 1 MB): so many comparisons are allowed in all.
inline constexpr std::size_t html_attributes = 1'000;
inline constexpr std::uint64_t html_comparisons = 50'000'000;

// Cut. The contract of core/message.h, and the longest address that browsers agree on.
inline constexpr std::size_t links = 100;
inline constexpr std::size_t link_bytes = 2 * kib;

// Cut. A file name (Linux has 255 bytes), a content type, a display name.
inline constexpr std::size_t name_bytes = 1 * kib;

// Cut. What is looked at of a message/delivery-status part, of the headers that a bounce gives back, and
// of a text that may be a bounce's: a report of 100 recipients has 20 KB.
inline constexpr std::size_t report_bytes = 64 * kib;

// Cut. How far our own header is searched for in a mail that gives ours back without a part of its own:
// a receipt has 3 KB, and a mail system's words come before it.
inline constexpr std::size_t report_raw_bytes = mib;

// RFC 3463 section 2: class.subject.detail, up to three digits each.
inline constexpr std::size_t status_bytes = 11;

inline constexpr std::size_t notes = 50;
inline constexpr std::size_t note_bytes = 512;

// The JSON answer. Text, headers and links escaped at worst six-fold (`\u001f`).
inline constexpr std::uint64_t answer_bytes = 16 * mib;

// The worker's address space: mail_bytes, unwrapped_bytes, 60 MB for the program with its converters
// (measured; half of it ICU's tables, which are never touched), and what GMime makes of the mail.
inline constexpr std::uint64_t address_space = 256 * mib;

// 0, 1, 2, the socket, and two of a request; a few spare.
inline constexpr std::uint64_t open_files = 12;

}  // namespace papertray::caps
