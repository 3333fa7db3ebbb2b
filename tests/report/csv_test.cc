#include "report/csv.h"

#include <doctest/doctest.h>

#include "report/samples.h"

namespace papertray {
namespace {

// The asker's cell of a question with this text, as it stands in the file.
std::string cell_for(const std::string& text) {
  QuestionRow row;
  row.id = "Q-1";
  row.asker = "a@b";
  row.text = text;
  const std::string csv = questions_csv({row});
  const std::size_t begin = csv.find("Q-1,a@b,") + 8;
  return csv.substr(begin, csv.rfind(",1970-01-01T00:00:00Z") - begin);
}

}  // namespace

TEST_CASE("lists as CSV have the fields of JSON, LF line ends and one line a row") {
  CHECK(papers_csv({}) ==
        "id,title,submitter,versions,received_at,on_time,margin_s,state,pages,findings,sha256,"
        "final_received_at,final_on_time\n");
  const std::string a(64, 'a'), c(64, 'c'), d(64, 'd');
  CHECK(papers_csv(sample::papers()) ==
        "id,title,submitter,versions,received_at,on_time,margin_s,state,pages,findings,sha256,"
        "final_received_at,final_on_time\n"
        "P-7,\"Scaling Batch Norm to 4,096 Nodes: an Experience "
        "Report\",ada@example.org,2,2017-11-03T23:58:59Z,"
        "true,3660,submitted,2,0," +
            a +
            ",,\n"
            "P-8,スーパーコンピュータにおける深層学習の分散最適化,hanako.yamada@eng.university.example."
            "jp,1,"
            "2017-11-04T04:02:05Z,false,-10926,submitted,3,2," +
            c +
            ",,\n"
            "P-12,,grace@example.net,1,2017-10-01T12:00:00Z,true,2897999,accepted,,0," +
            d + ",2017-11-20T10:00:00Z,true\n");
  CHECK(questions_csv(sample::questions()) ==
        "id,asker,text,received_at,on_time,panel\n"
        "Q-1,alan@example.org,How do you keep the learning rate stable when the batch grows with the "
        "number of "
        "nodes?,2017-11-02T08:00:00Z,true,1\n"
        "Q-2,kim@example.kr,\"深層学習の電力は?\nAnd who pays for it?\",2017-12-01T08:00:00Z,false,\n");
  CHECK(outbox_csv(sample::outbox()) ==
        "id,kind,to,state,attempts,reason,submission\n"
        "1,received,ada@example.org,sent,1,250 2.0.0 OK,P-7\n"
        "2,problem,bob@example.com,queued,2,451 4.3.0 try again later,\n");
  CHECK(messages_csv({sample::messages()[1]}) ==
        "id,message_id,from,subject,received_at,fate,reason,track,submission,sha256\n"
        "M-4,,visitor@example.com,Where is the venue? 会場はどこですか,2017-11-03T10:00:00Z,triage,the "
        "subject names "
        "no track,,," +
            std::string(64, '2') + "\n");
}

TEST_CASE("a stranger's cell is quoted where it must be and never a formula") {
  struct Row {
    std::string text, cell;
  };
  const Row rows[] = {
      {"plain", "plain"},
      {"", ""},
      {"a,b", "\"a,b\""},
      {"say \"hi\"", "\"say \"\"hi\"\"\""},
      {"two\nlines", "\"two\nlines\""},
      {"=HYPERLINK(1)", "'=HYPERLINK(1)"},
      {"=1,2", "\"'=1,2\""},
      {"+1", "'+1"},
      {"-1", "'-1"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "'\t=1"},
      {"\r=1", "' =1"},
      {"\n=1", "\"'\n=1\""},
      {"  =1", "'  =1"},
      {"\uFF1D1", "'\uFF1D1"},
      {"a=1", "a=1"},
      {"\x1b[2J", "\\x1b[2J"},
      {"\xff", "\uFFFD"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(cell_for(row.text) == row.cell);
  }
}

}  // namespace papertray
