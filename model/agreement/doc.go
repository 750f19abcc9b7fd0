// Package agreement measures how much people agree who judge the same things: the share on which
// they agree, Cohen's kappa for two of them, and Krippendorff's alpha for any number of them, for
// names and for numbers, with judgments missing.
//
// It is arithmetic: it knows units, raters and values. It must not know logs or evaluators.
package agreement
