/**
 * cdktf 0.21 captures a stack trace for every token. That makes building constructs seven to nine times slower and ends
 * up in no output; `App({stackTraces: false})` does not reach it. Our own app imports this before any construct. What the
 * package exports never does: in another app cdktf stays as it is (a test of the packed package holds this).
 */
const stackTrace = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace(): string[] };
stackTrace.captureStackTrace = () => [];
