package redact

// Kinds lists the kinds that are known without settings, the most telling first.
func Kinds() []Kind { return kinds }
