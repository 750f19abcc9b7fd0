// Package agreement says how much people agree who judge the same things: the share on which they
// do, Cohen's kappa for two of them, and Krippendorff's alpha for any number, for names and for
// numbers, with judgments missing.
//
// It is arithmetic: it knows units, raters and values, and nothing of logs or evaluators.
package agreement
