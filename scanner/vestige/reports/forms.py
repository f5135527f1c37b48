"""Sentences that other rooms form of a finding or verdict, with places for what varies.

A scan file keeps such sentences in English, and so do JSON, CSV and SARIF. By these forms a report
in another language tells their words from their figures; a test holds them to what is really said.
"""

from vestige.reports.language import marked as _

REASONS = (
    _("If true, it names a person outright."),
    _("If true, it leads to a person with little effort."),
    _("If true, it helps to single a person out."),
    _("Alone it says little about a person."),
    _("It is worth knowing; it points at nobody."),
    _("It undoes codes of this volume: nothing that names single persons goes as far."),
    _("The evidence leaves little doubt."),
    _("The evidence is good."),
    _("The evidence is weak: someone should look."),
    _("It stands in the name of an entry, which emptied headers do not change."),
    _("It is the name of an entry, and stands in a file that still tells of it."),
    _("{members} sibling names share one template, and their {kind}."),
    _("{members} names in neighbouring folders share one template, and their {kind}."),
    _("words vary like surnames"),
    _("words probably are surnames"),
    _("words may be surnames"),
    _("dates spread over decades as births do"),
    _("initials stand beside dates that spread as births do"),
    _("numbers are those of a register of persons"),
    _("numbers look like those of examinations"),
    _("UIDs hold the second of their making"),
    _("The headers below are clean: only the tree still names the persons."),
    _("They stand in a file that still tells of them."),
    _("It concerns {entries} and {files}."),
    _("It concerns {entries}, {files} and about {persons}."),
)
"""Why a finding has its rank."""

COUNTED = (
    *(_("1 entry"), _("{count} entries"), _("1 file"), _("{count} files")),
    *(_("1 person"), _("{count} persons"), _("1 acceptance"), _("{count} acceptances")),
)

VERDICTS = (
    _("The scan did not come to its end."),
    _("No rule counts under this policy: nothing could be found."),
    _("The volume holds no file: an empty or missing mount looks the same."),
    _("{entries} could not be read."),
    _("{entries} could be read in part only."),
    _("The content of {entries} was not examined; names were."),
    _("1 root holds no file: a missing mount looks the same."),
    _("{count} roots hold no file: a missing mount looks the same."),
    _("1 entry was changed or replaced while the gate looked."),
    _("{entries} were changed or replaced while the gate looked."),
    _("1 entry was gone before the gate had come to its end."),
    _("{entries} were gone before the gate had come to its end."),
    _("Something appeared in {entries} while the gate looked."),
    _("Of {entries} something lies beyond a limit of what is searched, or took too long."),
    _("Of {entries} something was not hunted through: it is too long, locked or damaged."),
    _("Of {entries} something else was not read: problems.csv says what."),
    _("Texts are too many or too long: not all were compared with known persons."),
    _("1 file is an object of a class that no table knows."),
    _("{count} files are objects of a class that no table knows."),
    _("1 link leads elsewhere: what follows links transfers what was not judged."),
    _("{count} links lead elsewhere: what follows links transfers what was not judged."),
    _("1 device, pipe or socket: nobody can say what comes out."),
    _("{count} devices, pipes or sockets: nobody can say what comes out."),
    _("1 file has no digest of what was judged."),
    _("{count} files have no digest of what was judged."),
    _("1 finding is in band {band} or worse."),
    _("{count} findings are in band {band} or worse."),
    _("Nothing was found in band {band} or worse."),
    _("Nothing was found in band {band} or worse that nobody answers for."),
    _("Nothing was found in band {band} or worse that nobody answers for. {sentence}"),
    _("1 such finding is accepted in the baseline, and does not count."),
    _("{count} such findings are accepted in the baseline, and do not count."),
    _("Everything that holds data was read."),
    _("Allowed: {sentence}"),
)
"""Why a verdict is as it is."""

LIMITS = (
    _(
        "Pixels are not read: which images may show a name or a face is told from their headers "
        "alone."
    ),
    _("Of files that are no DICOM, those of known kinds are read; of all others names are judged."),
    _("A name in a shape or script that no rule knows can be missed."),
    _(
        "Some texts vary so much from file to file that not all of them were compared with the "
        "persons who are known from elsewhere on the volume."
    ),
)
"""What a version does not check."""

TITLES = (
    _("A table that names or numbers persons stands on the volume"),
    _("A table that maps persons to codes stands on the volume; no code of it was found here"),
    _("A table that maps former UIDs or paths to those of this volume stands on it"),
    _("A table that may map persons to codes of this volume stands on it"),
    _("{known} also stands in {there}"),
    _("{known} may also stand in {there}"),
    _("A person of the roster"),
    _("A person after whom a folder or file is named, as {path},"),
    _("A person listed in the table {path}"),
    _("A member of staff named in {place} of {path}"),
    _("A member of staff named in {place}"),
    _("A person named in {place} of {path}"),
    _("A person named in {place}"),
    _("The record number of a person in {place} of {path}"),
    _("The record number of a person in {place}"),
    _("The birth date of a person in {place} of {path}"),
    _("The birth date of a person in {place}"),
    _("{path} and {count} more"),
    _("names of folders"),
    _("names of files"),
    _("names of {things}"),
    _("targets of links"),
    _("the content of {things} ({place})"),
    _("bytes outside all elements ({place})"),
    _("{names} can be reckoned from {origins}: {scheme}"),
    _("Names of folders or files"),
    _("1 image lies under names of persons in {here}, and under neutral names {beside}"),
    _("{count} images lie under names of persons in {here}, and under neutral names {beside}"),
    _("1 image lies with headers that name persons in {here}, and with clean ones {beside}"),
    _("{count} images lie with headers that name persons in {here}, and with clean ones {beside}"),
    _("{what} (stage: {stage})"),
    _("beside them"),
    _("there too"),
    _("in {folder}"),
    _("the whole volume"),
)
"""What is claimed where a title is formed of what was met."""

ACCEPTANCES = (
    _("The acceptance ended on {day}."),
    _("The acceptance ends today, on {day}."),
    _("The acceptance ends tomorrow, on {day}."),
    _("The acceptance ends in {days} days, on {day}."),
    _("It was accepted as {before}, and is {now} now."),
    _(
        "It holds where it was not accepted: {entries} accepted, {others} now, and not all of them "
        "the same."
    ),
    _("It holds values that were not accepted."),
    _("Nothing that it covers was found."),
)
"""What became of an acceptance."""

EXPLANATIONS = (
    _("shape: {shape}"),
    *(_("two words with a caret between them"), _("two words with a comma between them")),
    *(_("two words side by side"), _("two words beside a date"), _("two words beside a number")),
    *(_("a word beside a UUID"), _("a word beside a digest"), _("a word beside a date")),
    *(_("a word beside a number"), _("a word with a short number, and nothing else")),
    *(_("a word with an initial"), _("a word behind one that announces a name")),
    *(_("a word among terms of an examination"), _("two words written as one")),
    _("a word by itself"),
    _("form: the expression of the rule fits"),
    _("none of the words is ordinary"),
    _("log-odds of being a name {points}, asked above 0"),
    _("it passes the check {check}"),
    _("the word is {classes}"),
    _("the first word is {classes}, the second is {second}"),
    _("the first word is {classes}, the second is {second}, the third is {third}"),
    _(
        "the first word is {classes}, the second is {second}, the third is {third}, the fourth is "
        "{fourth}"
    ),
    _("a {classes} and no vocabulary"),
    _("a {classes}, and {meanings} too"),
    *(_("common surname"), _("rare surname"), _("common given name"), _("rare given name")),
    *(_("vocabulary"), _("technical"), _("medical"), _("place"), _("initial"), _("cue")),
    *(_("weak cue"), _("particle"), _("in no list")),
    _("score {points}"),
    _("score {points} of which {parts}"),
    *(_("shape {points}"), _("words {points}"), _("capitals {points}"), _("company {points}")),
    *(_("what stands before {points}"), _("the file of a program {points}")),
    _("what the words are to each other {points}"),
    _("medium from {points}, high from {high}"),
    _("medium from {points}, never high alone"),
    _("in a tree of software, where words alone are of medium severity at most"),
    _("among a program's own words, where it is of {band} severity at most"),
    _("a single word in a text, where it is of {band} severity at most"),
    _(
        "{members} siblings share a form and vary in its words, {distinct} of them in different "
        "ones"
    ),
    _(
        "{members} of {siblings} siblings share a form and vary in its words, {distinct} of them "
        "in different ones"
    ),
    _("{members} siblings share a form and {differ}, {distinct} of them in different ones"),
    _(
        "{members} of {siblings} siblings share a form and {differ}, {distinct} of them in "
        "different ones"
    ),
    _("differ in dates that are spread as births are"),
    _("differ in initials and a date of birth"),
    _("differ in numbers of one length"),
    _("differ in numbers that grow as accession numbers do"),
    _("differ in UIDs that hold a time"),
    _("{share} % of the words at least are names"),
    _("log-likelihood gain {points}"),
    _("demands of {verdict}: {demands}"),
    _("{distinct} different words with gain {points}"),
    _("{distinct} different words with gain {points}, {share} % names"),
    _(
        "{distinct} different words with gain {points}, {share} % names, {clean} % nothing but "
        "names"
    ),
    _("{distinct} different words with gain {points}, {clean} % nothing but names"),
    _("no list knows enough of the words; by their letters {share} % are like names"),
    _("no list knows enough of the words"),
    _("by their letters {share} % are like names"),
    _("in a tree of software, where words alone are {verdict} at most"),
    _("it maps {names} (column {columns}) to codes (column {code})"),
    _("it maps {names} (columns {columns}) to codes (column {code})"),
    _("none of its {count} codes was found on this volume"),
    _("{count} of its {members} subjects are linked to this volume, with {files}"),
    _("{count} of its {members} codes are linked to this volume, with {files}"),
    _("the data set is pseudonymised at best (GDPR Art. 4(5), recital 26)"),
    *(_("names"), _("record numbers"), _("birth dates"), _("e-mail addresses")),
    *(_("former UIDs"), _("former paths")),
)
"""What a finding was judged by, clause by clause."""

HUNTED = (
    *(
        _("text documents"),
        _("spreadsheets"),
        _("presentations"),
        _("tables"),
        _("JSON files"),
        _("notebooks"),
        _("mail"),
        _("logs"),
        _("NIfTI files"),
        _("XML files"),
        _("databases"),
        _("pictures"),
        _("archives"),
        _("compressed files"),
        _("PDF documents"),
        _("pickled objects"),
        _("DICOM files"),
        _("values of unknown kind"),
        _("bytes behind the pixels"),
        _("bytes behind the last element"),
        _("bytes of sequences that are no items"),
        _("runs of text"),
        _("text files"),
        _("other files"),
    ),
)
"""In what persons are met behind all readers."""

DETAILS = (
    _("{flaw} (offset {offset})"),
    _("{cut} bytes of long values were not searched for text"),
    _("the deflated data set breaks off: what follows was not read"),
    _("a sequence holds something that is no item"),
    _("the transfer syntax is no UID"),
    _("the data set inflates to more than 64 MiB: the rest was not read"),
    _("the file meta group is not as long as it says"),
    _("an element without VR stands in an explicit data set"),
    _("the file meta group has no VRs"),
    _("an item is not as long as it says"),
    _("an element says that it is longer than what holds it"),
    _("more than 1 MiB follow the deflated data set: the rest was not read"),
    _("an end that a delimiter should mark was not marked"),
    _("sequences nest deeper than 64: the rest was not parsed"),
    _("there is no file meta group"),
    _("an element has a VR that the standard does not know"),
    _("the data set is not encoded as its transfer syntax says"),
    _("the file gave fewer bytes than its size promised"),
    _("a delimiter stands where nothing is to be delimited"),
    _("there are more than 2,000,000 elements: the rest was not parsed"),
    _("pixel data has more than 524,288 fragments: the rest was not read"),
    _("bytes follow the last element"),
    _("the file ends inside an element"),
    _("a sequence holds bytes that are no items: they were not read"),
    _("a packed value could not be unpacked to its end"),
    _("a packed value holds more than is searched"),
    _("a document inside the file could not be read"),
    _("pages of a document inside the file have no text that can be read"),
    _("a file inside it is of a kind that nothing here reads"),
    _("files inside it are more, larger or deeper than are read of one file"),
    _("it holds more text than is read of one file of its kind"),
    _("it, or a file inside it, is encrypted or asks for a password"),
    _("it, or a file inside it, is damaged: what stands behind the damage was not read"),
    _("what reads its kind is not installed"),
    _("something in it is written in a form that nothing here reads"),
    _("more of it than is searched in one file was left out"),
    _("a part of it is encrypted"),
    _("it is, or holds, an archive of a kind that is not opened"),
    _("an archive or a stream in it ends in damage"),
    _("pages of it have no text that can be read, as scans have"),
    _("there was no time left to read text in its picture: give more (--ocr-seconds)"),
    _("its picture could not be decoded, so that no text was read in it"),
    _("its picture was read at a smaller size: small letters in it were not read"),
    _("it is too long to be read by its keys, and was read as lines from there on"),
    _("the root is there no more"),
    _("the directory is one of its own parents"),
    _("its time of change is another than before"),
    _("it is no directory any more"),
    _("it is no link any more"),
    _("it is no regular file any more"),
    _("it is no regular file"),
    _("HIPAA Safe Harbor {letters} (by convention)"),
)
"""What a problem says beyond its code, and what a table says of a letter."""

PAGE = (
    _("No verdict yet: part of this data was not examined."),
    _("Nothing counts against this data but what somebody answers for."),
    _("Nothing was found that the policy counts against this data."),
    _("Do not share this data yet: its folders still name people."),
    _("Do not share this data yet: it can still lead back to people."),
    _("This scan did not come to its end. What it had not reached is not in this report."),
    _("Nothing was seen: there was no entry to examine. Check that the folder is right."),
    _("{found} must be settled first."),
    _("{found} must be settled first. 1 person is concerned."),
    _("{found} must be settled first. {count} people are concerned."),
    _("Of {entries} seen, {count} ({part}) were not examined in full."),
    _(
        "Of {entries} seen, {count} ({part}) were not examined in full. What was examined gave "
        "{found}."
    ),
    _("{entries} seen, and then the scan was over. What was examined gave {found}."),
    _(
        "{entries} seen, all examined in full by {rules}, with {found}. This is what the rules can "
        "tell, not a promise that nobody can be recognised."
    ),
    _(
        "{entries} seen, all but {count} examined in full by {rules}, with {found}. This is what "
        "the rules can tell, not a promise that nobody can be recognised."
    ),
    _("no finding of {band} risk or worse"),
    _("1 finding of {band} risk or worse"),
    _("{count} findings of {band} risk or worse"),
    _("{found} (and {count} accepted)"),
    *(_("1 rule"), _("{count} rules")),
    *(_("{share} %"), _("{band} {before} then"), _("{now} now")),
    _("{date} {month} {year}, {clock} UTC"),
    _("1 finding is accepted in {name}."),
    _("{count} findings are accepted in {name}."),
    _("{finding}: {detail}"),
    _("{finding} counts again ({state}): {detail}"),
    _("No longer needed: the acceptance of {rule} by {who} until {day}. {detail}"),
    _("GDPR Art. {article}"),
    _("GDPR Recital {recital}"),
)
"""What the page says of a review, made of figures."""

WORDS = (
    *(_("critical"), _("high"), _("medium"), _("low"), _("info")),
    *(_("certain"), _("likely"), _("review")),
    *(_("holds"), _("expires soon"), _("expired"), _("worse than accepted"), _("outgrown")),
    _("no longer needed"),
    *(_("walk"), _("read"), _("detect"), _("worker"), _("hunt"), _("end")),
    *(_("running"), _("interrupted"), _("complete")),
)
"""Words that stand by themselves: bands, verdicts, standings, stages, and states of a scan."""

JOINTS = (_("; "), _(", or "), _(", "), _(" > "), _(" and "))
"""What stands between the parts of a place or sentence, the widest first."""

FORMS = (
    *(
        *REASONS,
        *COUNTED,
        *VERDICTS,
        *LIMITS,
        *TITLES,
        *ACCEPTANCES,
        *EXPLANATIONS,
        *DETAILS,
        *PAGE,
        *WORDS,
    ),
)
