"""Papers as authors send them: under every subject, label and file name that one must expect."""

from .compose import (DESK, Expected, LAST_SECOND, Mail, attached, compose, multipart, pdf, reply_to, text, utc,
                      with_text)
from .pdf import paper

SUBJECT = "NIPS Workshop Papers"
LETTER = "Dear organizers,\n\nplease find our paper attached.\n\nKind regards\n"


def taken(of="", version=1, receipt="received", on_time=True, **more):
    return Expected("recorded", "papers", of, version, on_time, receipt, **more)


def plain(name, at, sender, subject, title, expected, about, file_name="paper.pdf", body=LETTER, also=None, **more):
    """One PDF, properly labelled."""
    document = paper(title, sender.partition("<")[0].strip(), ABSTRACT[title])
    raw = compose(name, at, sender, subject, with_text(body, pdf(document, file_name)), **more)
    return Mail(name, at, raw, expected, about, also=also or {})


ABSTRACT = {
    "Gradient Compression for Sixteen Thousand Nodes":
        "We send two bits per gradient entry and lose no accuracy that we can measure. At 16,384 nodes the "
        "interconnect stops being the bottleneck and the file system becomes one.",
    "Gradient Compression for Sixteen Thousand Nodes, Revised":
        "We send two bits per gradient entry and lose no accuracy that we can measure. This version corrects "
        "the scale of the second figure and adds runs at 8,192 nodes.",
    "Batch Size Is a Clock":
        "The useful batch size grows while training goes on. We follow the noise of the gradient and let it "
        "set the batch, from 256 at the start to 65,536 at the end.",
    "Batch Size Is a Clock, Second Version":
        "The useful batch size grows while training goes on. This version adds the runs that the first left "
        "out for want of node hours, with the batch growing to 131,072.",
    "Batch Size Is a Clock, Third Version":
        "The useful batch size grows while training goes on. This version also names the machine, which the "
        "second forgot.",
    "Reduction Trees on a Dragonfly":
        "A reduction tree that knows the groups of a dragonfly network needs one global hop instead of "
        "three. We report latencies for 4 KB to 64 MB.",
    "Reading Ten Million Small Files":
        "Deep learning reads small files in random order, which parallel file systems were not built for. "
        "Packing by shuffled epochs gives back the bandwidth.",
    "Checkpoints That Cost Nothing":
        "We write checkpoints into the neighbour's memory while the next step runs, and restart a 4,096 node "
        "job within nine seconds.",
    "A Weather Model Learns to Hurry":
        "A network replaces the radiation scheme of a weather model. It runs on the same nodes as the model "
        "and shares their memory.",
    "Half Precision, Whole Accuracy":
        "We train with half precision weights and activations, and keep a single precision copy only where "
        "updates would vanish.",
    "Stragglers Considered Useful":
        "Late gradients are not waste: weighted by their age they act as momentum. Time to accuracy falls by "
        "a fifth on a busy machine.",
    "Neural Networks for Lattice Problems":
        "We learn good starting points for a lattice solver and save a third of its iterations on 2,048 "
        "nodes.",
    "The Power Bill of a Deep Network":
        "We measure energy at the rack for twelve training runs and find that the fastest configuration is "
        "never the cheapest one.",
    "Model Parallelism Without Tears":
        "A compiler pass cuts a network along its narrowest edges and places the pieces. No line of the model "
        "has to change.",
    "Learned Preconditioners at Scale":
        "A small convolutional network predicts sparse preconditioners that beat the algebraic ones on "
        "problems of a billion unknowns.",
    "Elastic Averaging Revisited":
        "We repeat the elastic averaging experiments on 3,000 nodes and find that one parameter explains the "
        "results that were thought to disagree.",
    "One Network, Four Thousand Cameras":
        "Video from 4,000 cameras trains one network without leaving the sites. Only summaries of gradients "
        "travel, once a minute.",
    "Topology-Aware Placement of Layers":
        "Placing layers by the machine's topology instead of by rank halves the time spent in communication.",
    "Asynchrony Without Staleness":
        "Bounding staleness by layer, not by model, keeps asynchronous training as accurate as the "
        "synchronous kind.",
    "Sparse Experts on Dense Machines":
        "We route tokens to experts within a node first and across nodes only when queues are full.",
    "Curriculum by Cost":
        "Cheap examples first: ordering by compute cost keeps all nodes busy in the first epochs.",
    "What the Network Card Knows":
        "Counters of the network card predict the step time of the next minute well enough to move work "
        "before it is late.",
    "Just in Time":
        "We schedule the reduction of each layer so that it ends just in time for the next step, on up to 1,024 "
        "nodes.",
    "The Last Minute":
        "We look at what may be gained in the last minute of a training run and find that it is not little.",
    "The Very Last Second":
        "Deadlines in distributed training are met by those who know their clocks. We compare three ways of "
        "synchronising them.",
    "One Second Too Many":
        "A step that takes one second too long on one node costs a second on all of them. We count the cost.",
    "A Day After":
        "We report what is left of a large training run a day after its nodes were given to others.",
    "Clocks That Lie":
        "Nodes whose clocks are wrong by a year still train well, so long as nobody believes them.",
    "Two Clocks, One Hour":
        "When two servers disagree about the time, one of them should be asked first. We propose which.",
    "Anonymous Gradients":
        "Gradients without identifiers can be summed as well as named ones, and nobody can ask for theirs back.",
    "A Paper Without a Sender":
        "We consider training data of which nobody knows where it came from.",
    "Notes From the Desk":
        "What the organizers learned when they tried their own submission process.",
    "Do Not Reply":
        "We describe an institute's mail gateway that sends in the name of its users and takes no answers.",
}


def ordinary():
    yield plain("on-time", utc(10, 9, 16, 12, 30), "Ada Moreno <ada.moreno@uni-north.example>", SUBJECT,
                "Gradient Compression for Sixteen Thousand Nodes", taken(),
                "a paper as the call asks for it", "gradient-compression.pdf")
    yield plain("title-in-subject", utc(10, 10, 8, 40, 2), "Bruno Keller <keller@hpc.example.org>",
                SUBJECT + ": Batch Size Is a Clock", "Batch Size Is a Clock", taken(),
                "the title stands in the subject", "batch-clock.pdf")
    yield plain("lower-case", utc(10, 11, 21, 3, 11), "chen.wei@lab.example", "nips   workshop papers",
                "Reduction Trees on a Dragonfly", taken(), "subject in lower case with several blanks",
                "dragonfly.pdf")
    yield plain("re-prefix", utc(10, 12, 9, 15, 0), "Dora Stein <dora@stein.example>", "Re: NIPS Workshop Papers",
                "Reading Ten Million Small Files", taken(), "an answer to the call, with a paper",
                "small-files.pdf")
    yield plain("fwd-prefix", utc(10, 12, 13, 44, 19), "Emil Larsen <emil@larsen.example>",
                "Fwd: Fw: NIPS Workshop Papers", "Checkpoints That Cost Nothing", taken(),
                "forwarded twice, the paper attached", "checkpoints.pdf")
    yield plain("aw-ext-prefix", utc(10, 13, 7, 30, 45), "Frieda Vogt <f.vogt@wetter.example>",
                "AW: [EXT] Re[2]: NIPS Workshop Papers", "A Weather Model Learns to Hurry", taken(),
                "German reply prefix, a gateway's tag, a counted Re", "weather.pdf")
    yield plain("near-miss-singular", utc(10, 14, 18, 0, 6), "Gita Rao <gita.rao@iis.example>",
                "NIPS Workshop Paper", "Half Precision, Whole Accuracy", taken(),
                "a near miss of the subject, with a PDF", "half-precision.pdf")
    yield plain("near-miss-neurips", utc(10, 15, 11, 22, 33), "Hugo Brandt <hugo@brandt.example>",
                "NeurIPS Workshop Papers", "Stragglers Considered Useful", taken(),
                "the conference's other name, with a PDF", "stragglers.pdf")
    yield plain("encoded-subject", utc(10, 16, 4, 51, 9), "=?UTF-8?Q?Ines_Garc=C3=ADa?= <ines@garcia.example>",
                "=?UTF-8?B?77yu77yp77yw77yz44CAV29ya3Nob3A=?=\n =?UTF-8?Q?_Papers?=",
                "Neural Networks for Lattice Problems", taken(),
                "subject in encoded words and full-width letters", "lattice.pdf")


def labels():
    """The same thing under other labels: content decides, never the label."""
    title = "The Power Bill of a Deep Network"
    yield labelled("octet-stream", utc(10, 17, 10, 0, 1), "Jonas Weiss <jonas@weiss.example>", title,
                   'application/octet-stream; name="power.pdf"', 'attachment; filename="power.pdf"',
                   "PDF sent as application/octet-stream")
    yield labelled("inline-pdf", utc(10, 18, 12, 9, 40), "Kaoru Mori <kaoru@mori.example>",
                   "Model Parallelism Without Tears", 'application/pdf; name="tears.pdf"',
                   'inline; filename="tears.pdf"', "PDF shown inline")
    yield labelled("no-name", utc(10, 19, 15, 16, 17), "Lena Novak <lena@novak.example>",
                   "Learned Preconditioners at Scale", "application/octet-stream", None,
                   "PDF without name, disposition or label")
    yield labelled("rfc2231-name", utc(10, 20, 6, 5, 4), "Milan Havel <milan@havel.example>",
                   "Elastic Averaging Revisited", "application/pdf",
                   "attachment;\n filename*0*=utf-8''Pr%C5%AFm%C4%9Brov%C3%A1n%C3%AD%20;\n filename*1*=revidovan%C3%A9.pdf",
                   "file name in RFC 2231 continuations", file_name="Průměrování revidované.pdf")
    yield labelled("encoded-word-name", utc(10, 20, 22, 41, 0), "Nadia Amrani <nadia@amrani.example>",
                   "One Network, Four Thousand Cameras",
                   'application/pdf;\n name="=?UTF-8?Q?cam=C3=A9ras.pdf?="',
                   'attachment;\n filename="=?UTF-8?Q?cam=C3=A9ras.pdf?="', "file name as an encoded word",
                   file_name="caméras.pdf")
    title = "Topology-Aware Placement of Layers"
    name, at, sender = "supplement", utc(10, 21, 9, 59, 59), "Olga Petrova <olga@petrova.example>"
    extra = paper(title, "Supplementary material", ABSTRACT[title], "Further tables. " * 60)
    raw = compose(name, at, sender, SUBJECT, with_text(
        LETTER, pdf(extra, "supplementary-material.pdf"), pdf(paper(title, "Olga Petrova", ABSTRACT[title]), "paper.pdf")))
    yield Mail(name, at, raw, taken(), "two PDFs, the larger one named like a supplement",
               also={"file_name": "paper.pdf"})
    title = "Asynchrony Without Staleness"
    name, at, sender = "forwarded-eml", utc(10, 22, 17, 2, 3), "Pavel Orlov <pavel@orlov.example>"
    inner = compose("forwarded-inner", at - 3600, "Quentin Roy <quentin@roy.example>", "the camera ready pdf",
                    with_text("here it is\n", pdf(paper(title, "Quentin Roy, Pavel Orlov", ABSTRACT[title]), "async.pdf")),
                    to="pavel@orlov.example", trace=[])
    raw = compose(name, at, sender, "Fwd: " + SUBJECT, with_text(
        "Forwarded as an attachment.\n", b"Content-Type: message/rfc822\nContent-Disposition: attachment\n\n" + inner))
    yield Mail(name, at, raw, taken(), "the PDF is inside an attached mail")
    title = "Sparse Experts on Dense Machines"
    name, at, sender = "pdf-is-the-mail", utc(10, 23, 8, 8, 8), "Rosa Lind <rosa@lind.example>"
    raw = compose(name, at, sender, SUBJECT,
                  attached(paper(title, "Rosa Lind", ABSTRACT[title]), 'application/pdf; name="experts.pdf"'))
    yield Mail(name, at, raw, taken(), "the whole mail is a PDF, no text", also={"file_name": "experts.pdf"})


def labelled(name, at, sender, title, content_type, disposition, about, file_name=None):
    document = paper(title, sender.partition("<")[0].strip(), ABSTRACT[title])
    raw = compose(name, at, sender, SUBJECT, with_text(LETTER, attached(document, content_type, disposition)))
    return Mail(name, at, raw, taken(), about, also={"file_name": file_name} if file_name else {})


def versions():
    """Several papers of one author, several versions of one paper, one paper twice."""
    sender = "Sven Dahl <sven@dahl.example>"
    yield plain("two-papers-first", utc(10, 24, 10, 0, 0), sender, SUBJECT + " - Curriculum by Cost",
                "Curriculum by Cost", taken(), "first of two papers of one author", "curriculum.pdf")
    second = plain("two-papers-second", utc(10, 24, 10, 4, 30), sender, SUBJECT + " - What the Network Card Knows",
                   "What the Network Card Knows", taken(), "second, different paper of the same author",
                   "network-card.pdf")
    yield second
    yield Mail("two-papers-second-copy", second.at + 1, second.raw, second.expected,
               "the mail before, byte for byte, a second time in the mailbox", also={"copy_of": "two-papers-second"})
    title = "Gradient Compression for Sixteen Thousand Nodes"
    yield plain("same-pdf-again", utc(10, 25, 7, 0, 0), "Ada Moreno <ada.moreno@uni-north.example>", SUBJECT, title,
                taken("on-time", 1, "duplicate"), "the same PDF in a new mail: nothing new", "gradient-compression.pdf",
                "Did you get it?\n")
    yield plain("thread-version", utc(10, 26, 9, 30, 0), "Bruno Keller <keller@hpc.example.org>",
                "Re: " + SUBJECT + ": Batch Size Is a Clock", "Batch Size Is a Clock, Second Version",
                taken("title-in-subject", 2, "replaced"), "a new version, as a reply to the author's own mail", "batch-clock-v2.pdf",
                extra=reply_to("title-in-subject"))
    yield plain("number-in-subject", utc(10, 27, 14, 20, 10), "Ada Moreno <ada.moreno@uni-north.example>",
                "[P-1] NIPS Workshop Papers", "Gradient Compression for Sixteen Thousand Nodes, Revised",
                taken("on-time", 2, "replaced"), "a new version, under the number from the receipt", "gradient-v2.pdf")


def deadline():
    """2017-11-03 16:59 PST: 00:59:59 UTC is the last second."""
    yield plain("one-second-before", LAST_SECOND - 1, "Tara Quinn <tara@quinn.example>", SUBJECT, "The Last Minute",
                taken(), "one second before the deadline", "last-minute.pdf")
    yield plain("last-second", LAST_SECOND, "Uwe Kern <uwe@kern.example>", SUBJECT, "The Very Last Second",
                taken(), "the last second that is on time", "last-second.pdf")
    yield plain("one-second-after", LAST_SECOND + 1, "Vera Holm <vera@holm.example>", SUBJECT, "One Second Too Many",
                taken("", 1, "late", False), "one second after the deadline: recorded, and told so", "late.pdf")
    yield plain("late-replacement", LAST_SECOND + 3600, "Bruno Keller <keller@hpc.example.org>",
                "Re: " + SUBJECT + ": Batch Size Is a Clock", "Batch Size Is a Clock, Third Version",
                taken("title-in-subject", 3, "late", False), "a late version: the one that was on time still counts",
                "batch-clock-v3.pdf", extra=reply_to("thread-version"))
    yield plain("a-day-late", LAST_SECOND + 86400, "Willem Dijk <willem@dijk.example>", SUBJECT, "A Day After",
                taken("", 1, "late", False), "a day late", "day-after.pdf")


def papers():
    for group in (ordinary, labels, versions, deadline):
        yield from group()
