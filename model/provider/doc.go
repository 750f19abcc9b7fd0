// Package provider knows how providers of language models answer: where a response has its counts
// of tokens, its finish reason, its text, its tool calls, its own cost and its own latency.
//
// One table of dialects says it all; see Dialect. What is read from a response are its own
// literals and exact sums of them, never a float. The package knows JSON and providers, and no
// logs: it is pure functions of bytes.
package provider
