import { constants } from 'node:http2';

/** The gRPC status codes that this project answers with or looks for (gRPC: "Status codes and their use"). */
export const Status = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  DEADLINE_EXCEEDED: 4,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** A call that ended with another status than OK. */
export class GrpcError extends Error {
  /** @param code one of {@link Status}, or another code as the peer sent it. @param details what the status message says */
  constructor(
    readonly code: number,
    readonly details: string,
  ) {
    super(`${nameOf(code)}: ${details}`);
  }
}

function nameOf(code: number): string {
  return Object.entries(Status).find(([, value]) => value === code)?.[0] ?? `status ${code}`;
}

/** In UTF-16 units. Node refuses header blocks of more than 64 KiB, and encoding can make nine bytes of one unit. */
const LONGEST_MESSAGE = 4096;

/** Text for the header `grpc-message`: UTF-8, and all but printable ASCII percent-encoded, as the gRPC protocol asks. */
export function encodeStatusMessage(text: string): string {
  const bytes = Buffer.from(text.slice(0, LONGEST_MESSAGE), 'utf8');
  const encoded = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return encoded.join('');
}

/** The text of a header `grpc-message`. A percent sign that starts no valid sequence stands for itself. */
export function decodeStatusMessage(header: string): string {
  const bytes = header.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The status for a stream that was reset without one (gRPC over HTTP/2: "Errors"). */
export function statusOfReset(code: number): number {
  switch (code) {
    case constants.NGHTTP2_REFUSED_STREAM:
      return Status.UNAVAILABLE;
    case constants.NGHTTP2_CANCEL:
      return Status.CANCELLED;
    case constants.NGHTTP2_ENHANCE_YOUR_CALM:
      return Status.RESOURCE_EXHAUSTED;
    case constants.NGHTTP2_INADEQUATE_SECURITY:
      return Status.PERMISSION_DENIED;
    default:
      return Status.INTERNAL;
  }
}

/** The status for an answer that is no gRPC answer (gRPC: "HTTP to gRPC status code mapping"). */
export function statusOfHttp(status: number): number {
  switch (status) {
    case 400:
      return Status.INTERNAL;
    case 401:
      return Status.UNAUTHENTICATED;
    case 403:
      return Status.PERMISSION_DENIED;
    case 404:
      return Status.UNIMPLEMENTED;
    case 429:
    case 502:
    case 503:
    case 504:
      return Status.UNAVAILABLE;
    default:
      return Status.UNKNOWN;
  }
}
