/**
 * cdktf captures a stack trace for every token, which makes building constructs seven to nine times slower and ends
 * up in no output (facts of cdktf 0.21; `App({stackTraces: false})` does not reach it). Import this before any construct.
 */
const stackTrace = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace(): string[] };
stackTrace.captureStackTrace = () => [];
