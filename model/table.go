package model

// The rows of the table. What this package itself has to tell apart has a name here; everything
// else goes by kind.
var (
	outputMessage = &Field{"output_message", "Output message", Conversation, Message, "", "The message that the provider returned."}
	promptTokens  = &Field{"prompt_tokens", "Prompt tokens", Usage, Integer, "tokens", "Tokens of the prompt."}
	reasonTokens  = &Field{"reasoning_tokens", "Reasoning tokens", Usage, Integer, "tokens", "Tokens spent on reasoning; they are part of the output tokens."}
	outputTokens  = &Field{"output_tokens", "Output tokens", Usage, Integer, "tokens", "Tokens of the output."}
	promptCost    = &Field{"prompt_cost", "Prompt cost", Usage, Decimal, "USD", "Cost of the prompt in dollars."}
	outputCost    = &Field{"output_cost", "Output cost", Usage, Decimal, "USD", "Cost of the output in dollars."}
	finishReason  = &Field{"finish_reason", "Finish reason", Outcome, Line, "", "Why the provider stopped: stop, length, tool_calls or other text."}
	messages      = &Field{"messages", "Messages", Conversation, Messages, "", "The messages that went to the provider."}
	toolChoice    = &Field{"tool_choice", "Tool choice", Outcome, ToolChoice, "", "Which tool the model was to call: none, auto, required, or one function."}
	output        = &Field{"output", "Output", Conversation, Text, "", "The text that came out; null for an error, or when it comes later."}
	createdAt     = &Field{"created_at", "Created", Timing, Datetime, "", "When the caller made the log; the filters by date go by it."}
	errorText     = &Field{"error", "Error", Outcome, Text, "", "The error, when there was one."}
	latency       = &Field{"provider_latency", "Provider latency", Timing, Decimal, "s", "How long the provider took, in seconds."}
	stdout        = &Field{"stdout", "Stdout", Outcome, Text, "", "What was captured of the standard output."}
	request       = &Field{"provider_request", "Provider request", Provider, Map, "", "The raw request to the provider."}
	response      = &Field{"provider_response", "Provider response", Provider, Map, "", "The raw response of the provider."}
	inputs        = &Field{"inputs", "Inputs", Context, Map, "", "The variables that filled the template."}
	source        = &Field{"source", "Source", Context, Line, "", "Where the call came from."}
	metadata      = &Field{"metadata", "Metadata", Context, Map, "", "Anything else worth keeping with the log."}
	startTime     = &Field{"start_time", "Start time", Timing, Datetime, "", "When the call started."}
	endTime       = &Field{"end_time", "End time", Timing, Datetime, "", "When the call ended."}
)

// The fields that other packages treat in a way of their own, by name: whatever goes by kind or by
// group holds for a new field as well, and these stay what they are when one is added.
var (
	PromptMessages = messages      // what went to the provider
	OutputMessage  = outputMessage // what came back
	Output         = output        // the text of it; a search of logs reads it
	Inputs         = inputs        // the variables of the template; a search of logs reads them
	Metadata       = metadata      // a search of the metadata reads it
	ErrorText      = errorText     // why there is no output
	CreatedAt      = createdAt     // lists of logs are ordered and filtered by it
	PromptTokens   = promptTokens  // a number that is counted
)

// fields is the order of the API's documentation.
var fields = []*Field{
	outputMessage, promptTokens, reasonTokens, outputTokens, promptCost, outputCost, finishReason, messages,
	toolChoice, output, createdAt, errorText, latency, stdout, request, response, inputs, source, metadata,
	startTime, endTime,
}

// form is the order of the form.
var form = []*Field{
	messages, outputMessage, output,
	errorText, finishReason, toolChoice, stdout,
	promptTokens, reasonTokens, outputTokens, promptCost, outputCost,
	createdAt, startTime, endTime, latency,
	inputs, metadata, source,
	request, response,
}

// ofModels are the fields that tell of a call to a model; a log of an evaluator has none of them.
var ofModels = []*Field{promptTokens, reasonTokens, outputTokens, promptCost, outputCost, finishReason, messages, toolChoice}
