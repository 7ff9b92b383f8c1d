import { ValueError } from '../value-error';

/** An IPv4 address as an unsigned 32-bit number, and the text forms around it (RFC 791, RFC 4632). */

const DECIMAL_OCTET = /^(0|[1-9][0-9]{0,2})$/;

/**
 * The number of a dotted-quad address, or undefined if the text is not one.
 *
 * Leading zeros are refused, because half of the world's parsers read them as octal.
 */
export function ipv4Number(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    if (!DECIMAL_OCTET.test(octet) || Number(octet) > 255) return undefined;
    value = value * 256 + Number(octet);
  }
  return value;
}

/** The dotted quad of a 32-bit number. */
export function ipv4Text(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

/**
 * Checks a dotted-quad address and returns it.
 *
 * @throws {@link ValueError}
 */
export function parseIpv4(text: string): string {
  if (ipv4Number(text) === undefined) {
    throw new ValueError('an IPv4 address', text, {
      fix: text.includes(':') ? 'IPv6 is not built yet' : undefined,
    });
  }
  return text;
}
