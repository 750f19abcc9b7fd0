// Package index answers which logs of a store may hold a word, without reading them.
//
// # What is stored
//
// Each log has a signature of 4096 bits (512 bytes). Every three letters in a row of the searched
// text, a trigram, set the one bit that a hash gives them: "tide" sets the bits of TID and IDE.
// Case is folded away first. All text that a search can ask for (inputs, output, messages, error,
// metadata and id) hashes together, and the metadata, the id, the file and whether the log is
// part of a trace once more with a number of their own, their [Kind], for the filters that ask
// for one of them. A text of 1 KB sets about an eighth of the bits. Of a message its strings
// count, and of those no pictures and sounds in base64, in which any three letters can be found.
//
// A search of the inputs and the output alone has the candidates of one in all places: it reads
// some more logs, which hold the word elsewhere, and the index is no larger than one of the inputs
// and the output.
//
// To look for a word is to ask which signatures have all bits of the word's own trigrams. Reading
// 512 bytes of every log would be slow, so the signatures are kept turned on their side: 8000
// logs that follow one another make a block, and a block has 4096 slices of 1000 bytes. Slice b
// says which of the 8000 logs have bit b: it is the posting list of that bit, as a bitmap. A word
// of eight letters reads at most six slices of each block, joined with a bitwise AND; the rarest
// bits come first, and a bit that would rule out fewer logs than it costs to read is left out.
// Three tables:
//
//	signatures (seq, bits)   a log → its signature: logs of the newest block, and changed ones
//	slices     (seq, bits)   block*4096 + bit → the slice
//	blocks     (block)       the blocks that have slices
//
// # Why it is right
//
// It errs to one side only. Two trigrams may share a bit, and the trigrams of a word may be apart
// in a text, so a log without the word can pass: a false positive. A log with the word always
// passes, because all trigrams of the word are trigrams of the text, and both set bits by the same
// hash. What passes is a candidate. The store reads every candidate and looks for the word itself,
// with [Term], before it shows or counts it. So an answer does not depend on the hash, only the
// time it takes does.
//
// For that the two readings must agree on what a letter is: signatures and [Term] both see a value
// with escapes decoded and case folded, letter by letter. The tests compare them with a plain scan.
// The hash and the numbers of the kinds are part of the format on disk and never change.
//
// Words of one or two letters have no trigram (a pair of letters does when one of them is beyond
// ASCII, for scripts with words that short). They rule nothing out, and every log of the file is
// read.
//
// # How it is kept
//
// A transaction collects a [Change] for each log that it adds, changes or deletes, and hands all
// of them to [Writer.Write] before it commits. The index is never behind the logs, and a
// transaction that is undone takes its changes along.
//
//   - An import adds logs with new, growing numbers. Signatures are written one by one into the
//     newest block; when it is full its signatures become slices and are dropped. A large
//     import fills whole blocks in memory and writes their slices alone.
//   - A PATCH that changes a searched field writes one row: the new signature, which counts
//     more than what the slices say of that log. A PATCH of any other field writes nothing
//     here.
//   - A log that is deleted loses its signature and may stay a candidate, which is not there
//     when it is read. Its number is never given to another log.
//   - Every search reads the signatures of changed logs one by one, so they may not grow
//     without end: when there are 32,768 of them, the block with the most takes its own up into
//     its slices. That is done in steps of a few slices, one with each write, see [Merging], and
//     so are the slices of a block that fills up log by log.
//
// # How it is kept on a server
//
// To a database on a server several programs write at a time, and a number may be seen later than a
// larger one. There a signature is never changed: [Append] writes another one together with the
// log, in the same statement where one log is changed alone. A log is a candidate when any of its
// signatures has the bits, or the slices do. One program at a time moves signatures into slices
// ([TakeUp]), in a transaction of its own in which they are in either place for whoever looks;
// nobody waits for it, for it deletes only what nobody changes. What comes later to a block with
// slices has a signature of its own, so that a block may get its slices at any time. The server
// looks through the signatures, and sends the numbers of those with the bits.
//
// # What it costs beside FTS5
//
// SQLite's own full-text index, FTS5 with its trigram tokenizer (detail=none, contentless_delete),
// was measured in its place on 200,000 logs of 2 KB. A search takes about as long: with FTS5 1.4
// ms for a rare word, 0.3 ms for one that is nowhere, 25 ms in the metadata, 43 ms for a common
// word. To write takes FTS5 longer: an import stores 6,800 logs a second against 12,800, and a
// PATCH of a searched field comes to 220 a second when it is indexed at once and to 393 to 1,479
// when changes are gathered, where a bare UPDATE of SQLite comes to 2,300 to 3,000. This index
// keeps a PATCH above half of that. What FTS5 has beside it is ranking and words by their stem,
// which an editor of logs does not ask for.
//
// # What it knows
//
// It knows JSON values, letters, bits and its three tables. It does not know which fields are
// searched, how logs are stored or what a list is; the store says so. PostgreSQL has an index of
// trigrams of its own, pg_trgm. It took ten times as long to import a log, which has about a
// thousand different trigrams: each went into that index by itself.
package index
