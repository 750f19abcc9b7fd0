package provider

// table is all that is known about how providers answer, one row a dialect. The order counts: the
// first row that recognises a response reads it. A new dialect is a row here and examples in
// testdata/examples.txt. It is read through dialects, which fills in what a row has of another.
var table = []*Dialect{
	vertex, gemini, interactions,
	converse,
	messages, complete,
	cohere2, cohere1, cohereGenerate,
	ollama, llamaServer, dashScope,
	perplexityResponses, bedrockResponses, xaiResponses, openRouterResponses, azureResponses, deepSeekResponses, responses,
	titan, watsonx, llama, mistralInvoke, j2, alephAlpha, tgi, replicateFiles, replicate,
	completions,
	liteLLM, bedrockChat, openRouter, perplexity, groq, cerebras, sambaNova, xai, geminiChat, deepSeek, mistral, moonshot,
	writer, azure, llamaChat, openAI, chat,
}

// The numbers of Gemini's finish reasons, those of Vertex, and of the reasons why a prompt was
// blocked. From 6 on the first two differ, and Gemini's are not taken: not every response of Vertex
// says that it is one.
var (
	geminiReasons = vertexReasons[:6]
	vertexReasons = []string{
		"FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS", "SAFETY", "RECITATION", "OTHER",
		"BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MALFORMED_FUNCTION_CALL", "MODEL_ARMOR", "IMAGE_SAFETY",
		"IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER", "UNEXPECTED_TOOL_CALL", "NO_IMAGE",
	}
	blockReasons = []string{"BLOCK_REASON_UNSPECIFIED", "SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT"}
)

// Milliseconds, nanoseconds, and xAI's ticks, ten thousand million of which are a dollar.
const (
	milli = -3
	nano  = -9
	ticks = -10
)

// What Bedrock measures of any model that is invoked: beside the response where that tells nothing.
var (
	invoked     = Measure{invocation + ".invocation_latency", milli}
	invocations = Reading{Prompt: invocation + ".input_token_count", Output: invocation + ".output_token_count"}
)

var (
	gemini = &Dialect{
		Provider: "Gemini", API: "generateContent", Slug: "google",
		Known:   []string{"candidates | usage_metadata | prompt_feedback"},
		Choices: "candidates",
		Counts: []Reading{{
			Prompt: "usage_metadata.prompt_token_count? + usage_metadata.tool_use_prompt_token_count?",
			Output: "usage_metadata.candidates_token_count | usage_metadata.response_token_count? + usage_metadata.thoughts_token_count?",
		}},
		Total:       "usage_metadata.total_token_count",
		Reasoning:   "usage_metadata.thoughts_token_count",
		Cached:      "usage_metadata.cached_content_token_count",
		Audio:       "usage_metadata.prompt_tokens_details[modality=AUDIO].token_count",
		CachedAudio: "usage_metadata.cache_tokens_details[modality=AUDIO].token_count",
		AudioOut:    "usage_metadata.candidates_tokens_details[modality=AUDIO].token_count",
		Finish:      "@.finish_reason | prompt_feedback.block_reason",
		Numbers:     [][]string{geminiReasons, blockReasons}, Pending: []string{"FINISH_REASON_UNSPECIFIED", "BLOCK_REASON_UNSPECIFIED"},
		Text:    "@.content.parts",
		Checked: "@google/genai 2.32, recorded responses",
	}
	vertex = &Dialect{
		Provider: "Vertex", Like: gemini, Slug: "google",
		Also:    []string{"usage_metadata.traffic_type | create_time^2"}, // the Go package writes the year 1 for none
		Numbers: [][]string{vertexReasons, blockReasons},
		Checked: "@google/genai 2.32, recorded responses",
	}
	interactions = &Dialect{
		Provider: "Gemini", API: "interactions", Slug: "google",
		Known: []string{"object=interaction | usage.total_input_tokens"},
		Counts: []Reading{
			{Prompt: "usage.total_input_tokens + usage.total_tool_use_tokens?", Output: "usage.total_output_tokens? + usage.total_thought_tokens?"},
			{Prompt: "usage.total_input_tokens", Output: "usage.total_output_tokens? + usage.total_thought_tokens? + usage.total_tool_use_tokens?"},
			{Prompt: "usage.total_input_tokens", Output: "usage.total_output_tokens? + usage.total_thought_tokens?"},
		},
		Total:     "usage.total_tokens",
		Reasoning: "usage.total_thought_tokens",
		Cached:    "usage.total_cached_tokens",
		Audio:     "usage.input_tokens_by_modality[modality=audio].tokens",
		Finish:    "status", Pending: []string{"in_progress", "queued", "requires_continuation"},
		Text:    "steps | outputs",
		Checked: "@google/genai 2.32, recorded responses",
	}
	converse = &Dialect{
		Provider: "Bedrock", API: "Converse", Slug: "bedrock",
		Known: []string{"output.message", "stop_reason | usage.input_tokens"},
		Counts: []Reading{{
			Prompt: "usage.input_tokens + usage.cache_read_input_tokens | usage.cache_read_input_token_count? + " +
				"usage.cache_write_input_tokens | usage.cache_write_input_token_count?",
			Output: "usage.output_tokens",
		}},
		Total:      "usage.total_tokens",
		Cached:     "usage.cache_read_input_tokens | usage.cache_read_input_token_count",
		CacheWrite: "usage.cache_write_input_tokens | usage.cache_write_input_token_count",
		CacheHour:  "usage.cache_details[ttl=1h].input_tokens",
		Finish:     "stop_reason",
		Text:       "output.message.content",
		Latency:    []Measure{{"metrics.latency_ms", milli}, invoked},
		Checked:    "@aws-sdk/client-bedrock-runtime 3.1164, recorded responses",
	}
	messages = &Dialect{
		Provider: "Anthropic", API: "messages", Slug: "anthropic",
		Known: []string{"type=message | role=assistant | usage.cache_read_input_tokens | usage.cache_creation_input_tokens", "content | usage.input_tokens"},
		Counts: []Reading{{
			Prompt: "usage.input_tokens + usage.cache_read_input_tokens? + usage.cache_creation_input_tokens?",
			Output: "usage.output_tokens",
		}},
		Reasoning:  "usage.output_tokens_details.thinking_tokens",
		Cached:     "usage.cache_read_input_tokens",
		CacheWrite: "usage.cache_creation_input_tokens",
		CacheHour:  "usage.cache_creation.ephemeral_1h_input_tokens",
		Finish:     "stop_reason",
		Text:       "content",
		Latency:    []Measure{invoked},
		Costs:      []Cost{{Total: "usage.pydantic_ai_gateway.cost_estimate"}},
		Checked:    "@anthropic-ai/sdk 1.14, recorded responses",
	}
	complete = &Dialect{
		Provider: "Anthropic", API: "complete", Slug: "anthropic",
		Known:  []string{"completion", "stop_reason | type=completion"},
		Counts: []Reading{invocations},
		Finish: "stop_reason", Text: "completion",
		Latency: []Measure{invoked},
		Checked: "recorded responses",
	}
	cohere2 = &Dialect{
		Provider: "Cohere", API: "2", Slug: "cohere",
		Known: []string{"message.role | message.content | usage.tokens | usage.billed_units",
			"finish_reason | usage.tokens | usage.billed_units", "!choices", "!done"},
		Counts: []Reading{
			{Prompt: "usage.tokens.input_tokens + usage.tokens.image_tokens?", Output: "usage.tokens.output_tokens"},
			{Prompt: "usage.billed_units.input_tokens", Output: "usage.billed_units.output_tokens"},
		},
		Reasoning: "usage.tokens.reasoning_tokens",
		Cached:    "usage.cached_tokens",
		Finish:    "finish_reason",
		Text:      "message.content", Thinking: "message.tool_plan", Calls: "message.tool_calls",
		Checked: "cohere-ai 8.1, recorded responses",
	}
	cohere1 = &Dialect{
		Provider: "Cohere", API: "1", Slug: "cohere",
		Known: []string{"text", "generation_id | response_id | meta.api_version | meta.tokens | meta.billed_units"},
		Counts: []Reading{
			{Prompt: "meta.tokens.input_tokens", Output: "meta.tokens.output_tokens"},
			{Prompt: "meta.billed_units.input_tokens", Output: "meta.billed_units.output_tokens"},
			invocations,
		},
		Cached: "meta.cached_tokens", Finish: "finish_reason", Text: "text", Calls: "tool_calls",
		Latency: []Measure{invoked},
		Checked: "cohere-ai 8.1, recorded responses",
	}
	cohereGenerate = &Dialect{
		Provider: "Cohere", Like: cohere1, API: "generate", Known: []string{"generations.0.text"},
		Finish: "generations.0.finish_reason", Text: "generations.0.text",
	}
	ollama = &Dialect{
		Provider: "Ollama", API: "chat and generate", Slug: "ollama",
		Known:  []string{"done", "model | message.role | response"},
		Counts: []Reading{{Prompt: "prompt_eval_count", Output: "eval_count"}},
		Finish: "done_reason", Pending: []string{"load", "unload"},
		Text: "message.content | response", Thinking: "message.thinking | thinking", Calls: "message.tool_calls",
		Latency: []Measure{{"total_duration", nano}},
		Checked: "ollama 0.6, recorded responses",
	}
	llamaServer = &Dialect{
		Provider: "llama.cpp", API: "completion",
		Known:  []string{"content", "tokens_predicted | tokens_evaluated"},
		Counts: []Reading{{Prompt: "tokens_evaluated", Output: "tokens_predicted"}},
		Finish: "stop_type", Pending: []string{"none"}, Text: "content",
		Latency: []Measure{{"timings.prompt_ms + timings.predicted_ms", milli}},
		Checked: "its documentation",
	}
	titan = &Dialect{
		Provider: "Bedrock", API: "Titan", Slug: "bedrock",
		Known:  []string{"results.0.output_text | output_text", "input_text_token_count | results.0.token_count | completion_reason"},
		Counts: []Reading{{Prompt: "input_text_token_count", Output: "results.0.token_count | total_output_text_token_count"}},
		Finish: "results.0.completion_reason | completion_reason", Text: "results.0.output_text | output_text",
		Latency: []Measure{invoked},
		Checked: "recorded responses",
	}
	watsonx = &Dialect{
		Provider: "watsonx", API: "generation",
		Known:  []string{"results.0.generated_text"},
		Counts: []Reading{{Prompt: "results.0.input_token_count", Output: "results.0.generated_token_count"}},
		Finish: "results.0.stop_reason", Pending: []string{"not_finished"}, Text: "results.0.generated_text",
		Checked: "recorded responses",
	}
	llama = &Dialect{
		Provider: "Bedrock", API: "Llama", Slug: "bedrock",
		Known:  []string{"generation", "stop_reason | generation_token_count"},
		Counts: []Reading{{Prompt: "prompt_token_count", Output: "generation_token_count"}},
		Finish: "stop_reason", Text: "generation",
		Latency: []Measure{invoked},
		Checked: "recorded responses",
	}
	mistralInvoke = &Dialect{
		Provider: "Bedrock", API: "Mistral", Slug: "bedrock",
		Known:  []string{"outputs.0.text", "outputs.0.stop_reason | " + invocation + ".invocation_latency"},
		Counts: []Reading{invocations},
		Finish: "outputs.0.stop_reason", Text: "outputs.0.text",
		Latency: []Measure{invoked},
		Checked: "recorded responses",
	}
	j2 = &Dialect{
		Provider: "AI21", API: "J2",
		Known:  []string{"completions.0.data.text"},
		Counts: []Reading{{Prompt: "prompt.tokens.#", Output: "completions.0.data.tokens.#"}},
		Finish: "completions.0.finish_reason.reason", Text: "completions.0.data.text",
		Checked: "recorded responses",
	}
	alephAlpha = &Dialect{
		Provider: "Aleph Alpha", API: "complete",
		Known:  []string{"completions.0.completion"},
		Counts: []Reading{{Prompt: "num_tokens_prompt_total", Output: "num_tokens_generated"}},
		Finish: "completions.0.finish_reason", Text: "completions.0.completion",
		Checked: "recorded responses",
	}
	tgi = &Dialect{
		Provider: "TGI", API: "generate",
		Known:  []string{"generated_text", "!results"},
		Counts: []Reading{{Prompt: "details.prefill.#", Output: "details.generated_tokens"}},
		Finish: "details.finish_reason", Text: "generated_text",
		Checked: "recorded responses",
	}
	// What a model for pictures or sound puts out is where its files are, which nobody said.
	replicateFiles = &Dialect{
		Provider: "Replicate", API: "files",
		Known:  []string{"urls.get | metrics.predict_time", "status", "output^" + delivery + " | output.0^" + delivery},
		Counts: []Reading{{Prompt: "metrics.input_token_count", Output: "metrics.output_token_count"}},
		Finish: "status", Pending: []string{"starting", "processing"},
		Latency: []Measure{{"metrics.predict_time", 0}},
		Checked: "replicate 1.4, recorded responses",
	}
	replicate = &Dialect{
		Provider: "Replicate", Like: replicateFiles, API: "predictions", Known: []string{"urls.get | metrics.predict_time", "status"}, Text: "output",
	}
)

// delivery is where Replicate keeps files.
const delivery = "https://replicate.delivery/"
