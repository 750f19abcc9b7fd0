// Package form is the screen of one log: its fields in groups, the value under the cursor, and the
// editors.
//
// It knows fields, the change set and the widgets. It must not know how a log is fetched or sent:
// it says what it wants in messages (ReviewMsg, ReloadMsg, StepMsg, BackMsg), and is given the
// outcome.
package form
