/** A problem that the user can fix. Its message is one line, and is shown without a stack trace. */
export class SandboxError extends Error {}
