/** The JSON object of a body. */
export type Json = Readonly<Record<string, unknown>>;

/** The operation of a request. A write creates or updates, depending on whether its target exists. */
export type Operation = 'read' | 'list' | 'scan' | 'write' | 'patch' | 'delete' | 'help' | 'head';

/** A request to the simulated Vault, without the `/v1/` of its address. */
export interface VaultRequest {
  readonly operation: Operation;
  readonly path: string;
  /** The token; empty if the request has none. */
  readonly token: string;
  readonly body?: Json;
  readonly query?: Readonly<Record<string, string>>;
  /** The value of `X-Vault-Wrap-TTL`. If it is set, the answer is wrapped: the caller gets a token for it that works once. */
  readonly wrapSeconds?: number;
  /** The IP address of the caller. @default 127.0.0.1 */
  readonly remote?: string;
}

/** Status and body of a reply. Without a body, the reply's is empty. */
export interface VaultReply {
  readonly status: number;
  readonly body?: Json;
}

/** The result of a handler. Undefined stands for status 204. */
export type Answer =
  | {
      readonly status?: number;
      readonly data?: Json | null;
      readonly auth?: Json | null;
      readonly warnings?: readonly string[];
      readonly leaseSeconds?: number;
    }
  /** A body without the usual envelope, for health and seal status. */
  | { readonly status?: number; readonly bare: Json }
  | undefined;

/** An error reply: its status and the messages in its body. The messages never hold a value of the request. */
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

/** A message in the form of Go's list of errors, which Vault uses for some of its errors. */
export function oneError(message: string): string {
  return `1 error occurred:\n\t* ${message}\n\n`;
}

export function badRequest(message: string): VaultError {
  return new VaultError(400, message);
}

/** 404 with an empty list of errors: there is nothing at the path. */
export function notFound(): VaultError {
  return new VaultError(404);
}

/** 403 for a token that is missing, unknown, revoked or expired. */
export function permissionDenied(): VaultError {
  return new VaultError(403, 'permission denied');
}
