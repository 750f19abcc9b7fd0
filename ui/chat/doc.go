// Package chat is the conversation editor: a list of messages, or one, as cards whose parts are
// edited in place.
//
// It knows the shape of chat messages, the tree of a JSON value and the widgets that edit a text or
// an outline. It must not know which log the messages belong to, nor how they are kept or sent:
// Root returns the edited value. Nothing that a key does grows with the value; only the rows of the
// window are laid out.
package chat
