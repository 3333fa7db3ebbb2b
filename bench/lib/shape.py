"""What the mailbox is like, unless asked otherwise: the issue's ten thousand."""

SEED = 2017
MAILS = 9_000
PAPERS = 1_000
MAIL_BYTES = 3_000
PDF_BYTES = 200_000


def add_options(parser):
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--mails", type=int, default=MAILS, help="mails without a paper (default %(default)s)")
    parser.add_argument("--papers", type=int, default=PAPERS, help="mails with a PDF (default %(default)s)")
    parser.add_argument("--mail-bytes", type=int, default=MAIL_BYTES, help="about so many each (default %(default)s)")
    parser.add_argument("--pdf-bytes", type=int, default=PDF_BYTES, help="each PDF's size (default %(default)s)")


def of(chosen):
    """The arguments of mails.mailbox()."""
    return {"seed": chosen.seed, "small": chosen.mails, "papers": chosen.papers, "size": chosen.mail_bytes,
            "pdf_bytes": chosen.pdf_bytes}
