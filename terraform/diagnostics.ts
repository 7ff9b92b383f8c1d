import type { Diagnostic } from './messages';

/** One of Terraform's errors, shortened to one line. */
export interface ErrorSummary {
  /** The resource's address, where the error is about one. */
  readonly address?: string;
  /** The cloud's own error code: `VpnConnectionLimitExceeded`. */
  readonly code?: string;
  readonly message: string;
}

/** Shortens a diagnostic of Terraform: where the cloud's own error is in it, its code and message; else Terraform's. */
export function shortError(diagnostic: Diagnostic): ErrorSummary {
  const text = `${diagnostic.summary}\n${diagnostic.detail}`;
  const cloud =
    /api error ([A-Za-z0-9.]+): ([^\n]+)/.exec(text) ??
    /\b([A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)*): ([^\n]+)\n\s*status code: \d+/.exec(text);
  const plain = [diagnostic.summary, diagnostic.detail.trim().split(/\n\n|\n\s*Lock Info:/)[0] ?? '']
    .filter((part) => part !== '')
    .join(': ');
  return {
    ...(diagnostic.address === undefined ? {} : { address: diagnostic.address }),
    ...(cloud === null ? {} : { code: cloud[1] as string }),
    message: (cloud === null ? plain : (cloud[2] as string)).replace(/\s*\n\s*/g, ' '),
  };
}

/** The error as a line for people: `aws_vpn_connection.Vpn: VpnConnectionLimitExceeded: …`. */
export function errorLine(error: ErrorSummary): string {
  return [error.address, error.code, error.message]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
}
