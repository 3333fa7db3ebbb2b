"""What two runs over the same mailbox may differ in."""

# When we read a mail and when we sent, loaded or marked something; and with it where the log's entries lie.
CLOCKS = ("fetched_at", "loaded_at", "seen_at", "marked_at", "created_at", "begun_at", "ended_at", "next_try_at",
          "log_segment", "log_offset", "log_position", "path")
# A receipt's Date is when its mail was read.
RECEIPT = ("outbox.bytes",)
