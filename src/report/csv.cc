#include "report/csv.h"

#include "report/csv_sheet.h"

namespace papertray {

std::string papers_csv_from(const PaperRows& rows) {
  Sheet sheet(
      "id,title,submitter,versions,received_at,on_time,margin_s,state,pages,findings,sha256,"
      "final_received_at,final_on_time");
  rows([&](const PaperRow& row) {
    sheet.words(row.id).words(row.title).words(row.submitter).number(row.versions).time(row.received);
    sheet.truth(row.on_time).number(row.margin_s).words(row.state).number(row.pages);
    sheet.number(row.findings).words(row.sha256);
    sheet.put(row.final_copy ? rfc3339(row.final_copy->received) : "");
    sheet.put(!row.final_copy ? "" : row.final_copy->on_time ? "true" : "false").end_row();
  });
  return sheet.take();
}

std::string papers_csv(const std::vector<PaperRow>& rows) {
  return papers_csv_from(from(rows));
}

std::string questions_csv(const std::vector<QuestionRow>& rows) {
  Sheet sheet("id,asker,text,received_at,on_time,panel");
  for (const QuestionRow& row : rows) {
    sheet.words(row.id).words(row.asker).words(row.text).time(row.received).truth(row.on_time);
    sheet.number(row.panel).end_row();
  }
  return sheet.take();
}

std::string messages_csv(const std::vector<MessageRow>& rows) {
  Sheet sheet("id,message_id,from,subject,received_at,fate,reason,track,submission,sha256");
  for (const MessageRow& row : rows) {
    sheet.words(row.id).words(row.message_id).words(row.from).words(row.subject).time(row.received);
    sheet.words(fate_name(row.fate)).words(row.reason).words(row.track).words(row.submission);
    sheet.words(row.sha256).end_row();
  }
  return sheet.take();
}

std::string outbox_csv(const std::vector<OutboxListRow>& rows) {
  Sheet sheet("id,kind,to,state,attempts,reason,submission");
  for (const OutboxListRow& row : rows) {
    sheet.number(row.id).words(row.kind).words(row.to).words(outbox_state_name(row.state));
    sheet.number(row.attempts).words(row.reason).words(row.submission).end_row();
  }
  return sheet.take();
}

}  // namespace papertray
