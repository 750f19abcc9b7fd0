package cli

import "testing"

// A manual page shows what was written, whatever roff would read in it.
func TestRoffTakesTextAsItIs(t *testing.T) {
	const page = "## A head\n\n.dot begins, 'quote' and `\\d-*` and **strong\nover `two` lines**\n\n- an item\n  goes on\n\n" +
		"| key | does |\n|---|---|\n| `a` | " + "more than fits on a line of a table |\n\n```sh\n.a\n\n'b\n```\nbehind"
	const want = `.SH "A head"
\&.dot begins, \(aqquote\(aq and \fB\ed\-*\fR and \fBstrong
over \fR\fBtwo\fR\fB lines\fR
.IP \(bu 2
an item
goes on
.TS
allbox;
lb lb 
l l .
key	does
\fBa\fR	T{
more than fits on a line of a table
T}
.TE
.PP
.EX
\&.a

\(aqb
.EE
.PP
behind
`
	var r roff
	r.page(page)
	if got := r.String(); got != want {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
}
