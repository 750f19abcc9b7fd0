// Package history is the screen that lists the PATCHes that were sent, the newest first, with the
// changes of the one under the cursor.
//
// It knows entries of the journal. It must not know where they are kept, nor how one is undone: its
// messages say what was decided.
package history
