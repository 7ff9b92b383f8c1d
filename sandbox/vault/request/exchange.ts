/** A JSON object, as bodies are. */
export type Json = Readonly<Record<string, unknown>>;

/** What a request does. Creating and updating are told apart by whether the thing is there. */
export type Operation = 'read' | 'list' | 'write' | 'patch' | 'delete' | 'help' | 'head';

/** A request to the simulated Vault, without the `/v1/` of its address. */
export interface VaultRequest {
  readonly operation: Operation;
  readonly path: string;
  /** Empty where there is none. */
  readonly token: string;
  readonly body?: Json;
  readonly query?: Readonly<Record<string, string>>;
  /** Of `X-Vault-Wrap-TTL`; the answer is then handed out behind a token that works once. */
  readonly wrapSeconds?: number;
  /** Where it came from. @default 127.0.0.1 */
  readonly remote?: string;
}

/** Status and body of a reply; no body means an empty one. */
export interface VaultReply {
  readonly status: number;
  readonly body?: Json;
}

/** What a handler answers; undefined is status 204. */
export type Answer =
  | {
      readonly status?: number;
      readonly data?: Json | null;
      readonly auth?: Json | null;
      readonly warnings?: readonly string[];
      readonly leaseSeconds?: number;
    }
  /** A body of its own, without the envelope that others have: health, seal status. */
  | { readonly status?: number; readonly bare: Json }
  | undefined;

/** A refusal: status and the messages of its body. They never hold a value that was sent. */
export class VaultError extends Error {
  readonly errors: readonly string[];

  constructor(
    readonly status: number,
    ...errors: readonly string[]
  ) {
    super(errors.join('; '));
    this.errors = errors;
  }
}

/** Go's way to print a list of errors, in which Vault wraps some of its refusals. */
export function oneError(message: string): string {
  return `1 error occurred:\n\t* ${message}\n\n`;
}

export function badRequest(message: string): VaultError {
  return new VaultError(400, message);
}

/** Nothing is there: Vault says so without words. */
export function notFound(): VaultError {
  return new VaultError(404);
}

/** For a token that is missing, unknown, revoked or expired. */
export function permissionDenied(): VaultError {
  return new VaultError(403, 'permission denied');
}
