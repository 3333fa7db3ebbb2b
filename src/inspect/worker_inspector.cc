#include "inspect/worker_inspector.h"

#include <algorithm>
#include <climits>
#include <deque>
#include <optional>
#include <vector>

#include <poll.h>

#include "core/error.h"
#include "inspect/answer_reader.h"
#include "inspect/caps.h"
#include "inspect/mail_memory.h"
#include "inspect/output_parts.h"
#include "inspect/worker_lane.h"

namespace papertray {
namespace {

using Wall = std::chrono::steady_clock;

// Mails read, but not handed over, because an earlier one (another worker's) is not done yet.
constexpr std::size_t mails_kept = 64;
std::string seconds_text(std::chrono::milliseconds limit) {
  const auto ms = limit.count();
  return ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
}

}  // namespace

// One call of inspect().
class WorkerInspector::Run {
 public:
  Run(const WorkerOptions& options, std::span<WorkerLane> lanes,
      std::span<const std::shared_ptr<const MailBytes>> mails,
      const std::function<void(std::size_t, Inspected)>& done)
      : options_(options),
        lanes_(lanes),
        mails_(mails),
        done_(done),
        tried_(mails.size(), false),
        outgrown_(mails.size(), false) {}
  ~Run() {
    // Left by an exception: what is still being read belongs to nobody.
    for (WorkerLane& lane : lanes_)
      if (!lane.flights.empty()) lane.stop();
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void all() {
    while (delivered_ < mails_.size()) {
      for (WorkerLane& lane : lanes_)
        fill(lane);
      if (!deliver()) wait();
    }
  }

 private:
  struct Ready {
    std::size_t mail;
    Inspected inspected;
  };

  std::optional<std::size_t> next_mail() const {
    if (!again_.empty()) return again_.front();
    if (next_ < mails_.size() && next_ - delivered_ < mails_kept) return next_;
    return std::nullopt;
  }
  void take_next() {
    if (!again_.empty())
      again_.pop_front();
    else
      ++next_;
  }
  void report(std::size_t mail, Inspected inspected) { ready_.push_back({mail, std::move(inspected)}); }
  void report_quarantine(std::size_t mail, std::string why) {
    Inspected inspected;
    inspected.quarantine = std::move(why);
    report(mail, std::move(inspected));
  }

  void fill(WorkerLane& lane) {
    if (lane.is_spent()) lane.stop();
    while (const auto mail = next_mail()) {
      const MailBytes& bytes = *mails_[*mail];
      if (bytes.size() > caps::mail_bytes) {
        take_next();
        report_quarantine(*mail, "the mail has " + std::to_string(bytes.size()) +
                                     " bytes, more than the " + std::to_string(caps::mail_bytes) +
                                     " that are looked into");
        continue;
      }
      if (!lane.has_room(bytes.size())) return;
      if (!lane.process) lane.start(options_);
      Flight flight{*mail, lane.next_id++, bytes.size(), {}, {}};
      const bool sent = send(lane, bytes, flight);
      take_next();
      if (lane.flights.empty()) lane.new_head();
      lane.flights.push_back(std::move(flight));
      if (!sent) return worker_gone(lane);
    }
  }

  bool send(WorkerLane& lane, const MailBytes& bytes, Flight& flight) {
    const wire::Request request{wire::version, 0, flight.id, flight.bytes};
    if (bytes.size() <= wire::packet_mail_bytes && !outgrown_[flight.mail])
      return lane.process->send(request, whole_mail(bytes));
    flight.mail_file = lane.mail_files.with(bytes);
    flight.output = lane.output_files->take();
    return lane.process->send(request, MailFiles::descriptor(*flight.mail_file), flight.output.get());
  }

  // Hands over what is ready, one mail, in order.
  bool deliver() {
    const auto found = std::find_if(ready_.begin(), ready_.end(),
                                    [&](const Ready& ready) { return ready.mail == delivered_; });
    if (found == ready_.end()) return false;
    Ready ready = std::move(*found);
    ready_.erase(found);
    ++delivered_;
    done_(ready.mail, std::move(ready.inspected));
    return true;
  }

  void wait() {
    std::vector<pollfd> sockets;
    std::vector<WorkerLane*> busy;
    auto until = Wall::time_point::max();
    for (WorkerLane& lane : lanes_) {
      if (lane.flights.empty()) continue;
      sockets.push_back({lane.process->socket(), POLLIN, 0});
      busy.push_back(&lane);
      until = std::min(until, lane.look_again(options_));
    }
    if (busy.empty()) return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Wall::now()).count();
    ::poll(sockets.data(), sockets.size(), static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX)));
    for (WorkerLane* lane : busy)
      hear(*lane);
  }

  // Takes every answer that is there; then, and only then, looks at the clock: an answer that came
  // while the caller recorded another mail is in time.
  void hear(WorkerLane& lane) {
    while (!lane.flights.empty()) {
      wire::Answer answer;
      std::string output;
      switch (lane.process->receive(answer, output)) {
        case wire::Got::packet:
          if (!take_answer(lane, answer, std::move(output))) return;
          continue;
        case wire::Got::garbage:
          return blame(lane, "the inspector broke its protocol");
        case wire::Got::gone:
          return worker_gone(lane);
        case wire::Got::nothing:
          break;
      }
      if (Wall::now() >= lane.look_again(options_)) give_up_waiting(lane);
      return;
    }
  }

  // No second worker: everybody behind has waited long enough.
  void give_up_waiting(WorkerLane& lane) {
    const bool worked = Wall::now() < lane.head_since + options_.mail_patience;
    report_quarantine(lane.flights.front().mail,
                      "the inspector did not finish this mail within " +
                          seconds_text(worked ? options_.mail_limit : options_.mail_patience) +
                          (worked ? " of work" : "") + " and was stopped");
    send_again(lane, 1);
  }

  bool take_answer(WorkerLane& lane, const wire::Answer& answer, std::string output) {
    Flight& flight = lane.flights.front();
    const bool in_packet = !flight.output;
    if (in_packet && answer.id == flight.id && answer.status == wire::Status::outgrown) {
      outgrown_[flight.mail] = true;
      again_.push_back(flight.mail);
      return answered(lane);
    }
    const std::uint64_t size = in_packet ? output.size() : memory_size(flight.output.get());
    const bool known = answer.status == wire::Status::read || answer.status == wire::Status::refused;
    const bool inside = known && answer.json_length <= caps::answer_bytes &&
                        answer.json_offset <= size && answer.json_length <= size - answer.json_offset &&
                        answer.json_offset <= caps::decoded_bytes;
    if (answer.id != flight.id || !inside) {
      blame(lane, "the inspector broke its protocol: an answer out of its bounds");
      return false;
    }
    if (!in_packet)
      output = read_memory(flight.output.get(), answer.json_offset,
                           static_cast<std::size_t>(answer.json_length));
    const std::string_view json =
        in_packet ? std::string_view(output).substr(answer.json_offset, answer.json_length) : output;
    AnswerRead read = read_answer(json, answer.json_offset);
    if (!read.wrong.empty()) {
      blame(lane, "the inspector broke its protocol: " + read.wrong);
      return false;
    }
    Inspected inspected;
    if (answer.status != wire::Status::read || !read.refused.empty()) {
      inspected.quarantine = read.refused.empty() ? "the inspector refused this mail" : read.refused;
    } else {
      const auto& parts = read.message.parts;
      if (std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.pdf; }))
        inspected.parts = in_packet
                              ? std::make_shared<OutputParts>(output.substr(0, answer.json_offset))
                              : std::make_shared<OutputParts>(std::move(flight.output),
                                                              answer.json_offset, lane.output_files);
      inspected.message = std::move(read.message);
    }
    if (flight.output) lane.output_files->give_back(std::move(flight.output));
    report(flight.mail, std::move(inspected));
    return answered(lane);
  }

  bool answered(WorkerLane& lane) {
    lane.flights.pop_front();
    ++lane.answered;
    lane.new_head();
    return true;
  }

  // The process ended by itself.
  void worker_gone(WorkerLane& lane) {
    // An answer may have been sent just before the end.
    while (!lane.flights.empty()) {
      wire::Answer answer;
      std::string output;
      if (lane.process->receive(answer, output) != wire::Got::packet) break;
      if (!take_answer(lane, answer, std::move(output))) return;
    }
    const WorkerProcess::End end = lane.process->end();
    if (lane.flights.empty()) return lane.stop();
    blame(lane, "the inspector " + end.how + " while reading this mail", end.from_outside);
  }

  // The worker is done with, and the mail it was reading looks guilty. It is, if it has met a worker
  // that had read nothing before; else an earlier mail may have harmed the worker, or somebody outside
  // ended it, and the mail gets a second, new one. The mails behind it go there too.
  void blame(WorkerLane& lane, std::string why, bool in_doubt = false) {
    const std::size_t mail = lane.flights.front().mail;
    if ((in_doubt || lane.answered > 0) && !tried_[mail]) {
      tried_[mail] = true;
      return send_again(lane, 0);
    }
    report_quarantine(mail, std::move(why));
    send_again(lane, 1);
  }

  void send_again(WorkerLane& lane, std::size_t from) {
    for (std::size_t i = lane.flights.size(); i > from; --i)
      again_.push_front(lane.flights[i - 1].mail);
    lane.stop();
  }

  const WorkerOptions& options_;
  std::span<WorkerLane> lanes_;
  std::span<const std::shared_ptr<const MailBytes>> mails_;
  const std::function<void(std::size_t, Inspected)>& done_;
  std::vector<bool> tried_;        // mails that have met the end of a worker once
  std::vector<bool> outgrown_;     // mails whose answer wants a file
  std::deque<std::size_t> again_;  // were with a worker that ended; before all others
  std::vector<Ready> ready_;
  std::size_t next_ = 0;
  std::size_t delivered_ = 0;
};

WorkerInspector::WorkerInspector(WorkerOptions options)
    : options_(std::move(options)),
      lanes_(std::make_unique<WorkerLane[]>(static_cast<std::size_t>(std::max(1, options_.workers)))) {}

WorkerInspector::~WorkerInspector() = default;

void WorkerInspector::inspect(std::span<const std::shared_ptr<const MailBytes>> mails,
                              const std::function<void(std::size_t, Inspected)>& done) {
  const auto lanes = static_cast<std::size_t>(std::max(1, options_.workers));
  Run(options_, {lanes_.get(), lanes}, mails, done).all();
}

Layers WorkerInspector::layers() {
  if (!lanes_[0].process) lanes_[0].start(options_);
  return lanes_[0].process->layers();
}

std::string inspector_beside_this_program() {
  std::string path(4096, '\0');
  const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
  if (size <= 0) return "papertray-inspect";
  path.resize(static_cast<std::size_t>(size));
  path.resize(path.rfind('/') + 1);
  return path + "papertray-inspect";
}

}  // namespace papertray
