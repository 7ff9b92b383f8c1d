import { ValueError } from '../value-error';

/**
 * An autonomous system number, 16 or 32 bits (RFC 6793).
 *
 * Refused: 0 (RFC 7607), 23456 (AS_TRANS, RFC 6793), 65535 (RFC 7300) and 4294967295 (RFC 7300).
 *
 * @throws {@link ValueError}
 */
export function parseAsn(value: number): number {
  if (!Number.isInteger(value) || value < 1 || value > 4294967294 || value === 23456 || value === 65535) {
    throw new ValueError(
      'an autonomous system number from 1 to 4294967294 that is not reserved',
      String(value),
    );
  }
  return value;
}
