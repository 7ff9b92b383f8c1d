/** A problem that the user can mend; its message is one line and needs no stack trace. */
export class SandboxError extends Error {}
