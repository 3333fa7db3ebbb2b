// A hostile inspector's answer: taken whole within every cap, or refused with a sentence.
#include "fuzz/target.h"
#include "inspect/answer_reader.h"
#include "inspect/caps.h"

using namespace papertray;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const AnswerRead read = read_answer(fuzz::text_of(data, size), 1000);
  if (!read.wrong.empty()) return 0;
  const Message& message = read.message;
  fuzz::expect(message.text.size() <= caps::text_bytes && message.parts.size() <= caps::parts &&
                   message.headers.size() <= caps::headers,
               "an answer that is taken keeps the caps");
  fuzz::expect(message.subject.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos,
               "a subject is one line");
  for (const Part& part : message.parts)
    fuzz::expect(!part.pdf || (part.offset <= 1000 && part.size <= 1000 - part.offset),
                 "a PDF lies within the output");
  return 0;
}
