"""Questions, and every other kind of mail that such an address gets."""

from .compose import DESK, Expected, Mail, attached, compose, message_id, multipart, pdf, received, reply_to, text, utc, with_text
from .papers import ABSTRACT
from .pdf import paper

SUBJECT = "NIPS Workshop Questions"


def asked(**more):
    return Expected("recorded", "questions", "", 1, True, "question", **more)


def one(name, at, sender, subject, content, expected, about, **more):
    new = more.pop("new", False)
    return Mail(name, at, compose(name, at, sender, subject, content, **more), expected, about, new=new)


def questions():
    yield one("question", utc(10, 20, 12, 0, 0), "Ingrid Berg <ingrid@berg.example>", SUBJECT,
              text("What is the largest batch that still makes sense on 10,000 nodes?\n\n-- \nIngrid Berg\n"),
              asked(), "a question")
    yield one("question-html-only", utc(10, 21, 12, 0, 0), "Jack Doyle <jack@doyle.example>", SUBJECT,
              text("<html><head><style>p { color: #333 }</style></head><body><p>Will <b>FPGAs</b> matter for training "
                   "&amp; inference in five years?</p><script>track()</script></body></html>\n", "html", "utf-8"),
              asked(), "a question that is HTML only")
    yield one("question-japanese-jis", utc(10, 22, 3, 0, 0), "=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <yamada@kenkyu.example>",
              SUBJECT, text("スーパーコンピュータで深層学習を行うとき、通信の量をどのように減らせますか。\n", charset="iso-2022-jp"),
              asked(), "a question in Japanese, ISO-2022-JP")
    yield one("question-japanese-utf8", utc(10, 22, 4, 0, 0), "=?UTF-8?B?5L2Q6Jek6Iqx5a2Q?= <hanako@daigaku.example>",
              "Re: " + SUBJECT, text("大規模な学習では、誤差逆伝播法に代わる方法がありますか。\n", charset="utf-8", encoding="base64"),
              asked(), "a question in Japanese, UTF-8, under a Re:")
    title = "Batch Size Is a Clock"
    yield one("question-with-pdf", utc(10, 23, 12, 0, 0), "Karl Ohm <karl@ohm.example>", SUBJECT,
              with_text("Does the panel agree with the figure in the attached draft?\n",
                        pdf(paper(title, "draft", ABSTRACT[title]), "draft.pdf")),
              asked(noted=True), "a PDF under the questions' subject: a question, and a note")
    yield one("question-near-miss", utc(10, 24, 12, 0, 0), "Lucia Conti <lucia@conti.example>",
              "NIPS Workshop Question", text("How do you debug a run that fails on one node in ten thousand?\n"),
              asked(), "a near miss of the questions' subject, with text")
    yield one("question-empty", utc(10, 25, 12, 0, 0), "Mona Frey <mona@frey.example>", SUBJECT, text("\n\n"),
              Expected("triage", "questions", receipt="problem"), "the questions' subject and no text")


IGNORED = Expected("ignored")
TRIAGE = Expected("triage")


def automatic():
    yield one("vacation", utc(10, 26, 12, 0, 0), "Ada Moreno <ada.moreno@uni-north.example>",
              "Automatic reply: NIPS Workshop Papers", text("I am away until 6 November.\n"), IGNORED,
              "an out-of-office reply", return_path="",
              extra=("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All",
                     "In-Reply-To: <receipt.2017@mail.example.net>"))
    report = (b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
              b"Final-Recipient: rfc822; gone@example.org\nAction: failed\nStatus: 5.1.1\n")
    returned = b"Content-Type: text/rfc822-headers\n\nFrom: " + DESK.encode() + b"\nSubject: Received: P-1\n"
    yield one("bounce", utc(10, 26, 13, 0, 0), "Mail Delivery System <MAILER-DAEMON@mail.example.org>",
              "Undelivered Mail Returned to Sender",
              multipart("report; report-type=delivery-status",
                        text("<gone@example.org>: user unknown\n"), report, returned), IGNORED,
              "a bounce (multipart/report, null return path)", return_path="")
    yield one("list-mail", utc(10, 27, 12, 0, 0), "Nils Ek <nils@ek.example>", "[hpc-announce] Call for participation",
              text("The winter school takes place in February.\n"), IGNORED, "a mailing list's mail",
              to="hpc-announce@lists.example.org", return_path="hpc-announce-bounces@lists.example.org",
              extra=("List-Id: <hpc-announce.lists.example.org>", "List-Post: <mailto:hpc-announce@lists.example.org>",
                     "Precedence: list"))
    yield one("newsletter", utc(10, 28, 12, 0, 0), "Example Cloud <news@cloud.example>", "Your weekly GPU news",
              multipart("alternative", text("Prices fell again.\n"), text("<p>Prices fell again.</p>\n", "html")),
              IGNORED, "a newsletter", return_path="bounce-1@cloud.example",
              extra=("List-Unsubscribe: <https://cloud.example/unsubscribe>", "Precedence: bulk"))


def people():
    yield one("spam", utc(10, 28, 13, 0, 0), "Prince Example <prince@wealth.example>", "You have WON!!!",
              text("<p>Dear beneficiary, claim <a href=\"http://wealth.example/\">here</a>.</p>\n", "html"), TRIAGE,
              "spam that no header tells: for a person")
    yield one("contact", utc(10, 29, 12, 0, 0), "Oskar Lind <oskar@lind.example>", "Visa letter",
              text("Dear organizers,\n\ncould you send me an invitation letter for my visa?\n\nOskar Lind\n"), TRIAGE,
              "a general question to the organizers", new=True)
    yield one("contact-japanese", utc(10, 30, 12, 0, 0), "=?UTF-8?B?6Yi05pyo5LiA6YOO?= <ichiro@gakkai.example>",
              "=?ISO-2022-JP?B?GyRCJW8hPCUvJTclZyVDJVckSyREJCQkRhsoQg==?=",
              text("ワークショップの会場はどこですか。参加費は必要ですか。\n", charset="iso-2022-jp"), TRIAGE,
              "a contact question in Japanese", new=True)
    yield one("contact-thread", utc(11, 9, 8, 0, 0), "Oskar Lind <oskar@lind.example>", "Re: Visa letter",
              text("Thank you, it has arrived.\n\n> could you send me an invitation letter for my visa?\n"), TRIAGE,
              "an answer on such a thread", new=True, extra=reply_to("contact"))
    yield one("no-subject", utc(11, 10, 9, 0, 0), "Petra Wolf <petra@wolf.example>", "",
              text("Is there a poster session?\n"), TRIAGE, "no subject at all", new=True)


def others():
    for group in (questions, automatic, people):
        yield from group()
