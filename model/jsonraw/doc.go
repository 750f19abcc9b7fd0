// Package jsonraw reads and splices JSON without altering a byte that it was not asked to alter.
//
// It works on spans of the original text. Strings are decoded to UTF-8 in which a lone surrogate
// takes its generalised three-byte form (WTF-8), so that decoding and encoding again loses nothing.
// It is the only package that imports jsontext, and it knows nothing of logs.
package jsonraw
