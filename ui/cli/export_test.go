package cli

// WritePair is for the tests that stand outside of the package.
var WritePair = writePair
